using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>How a run went: the figures, and the page in a real browser.</summary>
public sealed class ReportTests
{
    private const string Hostile = "</title><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">'\"&\u202e\u001b[2J";

    [Test]
    public async Task The_figures_are_those_of_the_log()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await RunAsync(sandbox);
        var report = await sandbox.DocumentAsync(0, "report", "077", "--json");
        await Assert.That(report.GetProperty("duration_seconds").GetInt64()).IsEqualTo(6000);
        var first = report.GetProperty("work_packages").EnumerateArray().First();
        await Assert.That(string.Join(' ', new[] { "cycle", "ready", "work", "queue", "review", "blocked" }.Select(name => first.GetProperty(name + "_seconds").GetInt64()))).IsEqualTo("4200 300 2400 600 1200 0");
        await Assert.That((first.GetProperty("rework").GetInt32(), first.GetProperty("forced").GetInt32())).IsEqualTo((1, 1));
        await Assert.That(string.Join(' ', first.GetProperty("implementers").EnumerateArray())).IsEqualTo("codex");
        await Assert.That(string.Join(' ', first.GetProperty("reviewers").EnumerateArray())).IsEqualTo("rita");
        var second = report.GetProperty("work_packages").EnumerateArray().ElementAt(1);
        await Assert.That(second.GetProperty("ready_seconds").GetInt64()).IsEqualTo(1800);
        await Assert.That(second.GetProperty("cycle_seconds").ValueKind).IsEqualTo(JsonValueKind.Null);
        var rita = report.GetProperty("actors").EnumerateArray().Single(actor => actor.GetProperty("actor").GetString() == "rita");
        await Assert.That((rita.GetProperty("reviewed").GetInt32(), rita.GetProperty("returned").GetInt32(), rita.GetProperty("approved").GetInt32(), rita.GetProperty("review_seconds").GetInt64())).IsEqualTo((2, 1, 1, 1200L));
        await Assert.That(mission.Rows.Length).IsEqualTo(report.GetProperty("rows").GetInt32());
    }

    [Test]
    public async Task The_page_holds_everything_and_nothing_from_the_log_becomes_markup()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await RunAsync(sandbox, Hostile);
        sandbox.Write($"kitty-specs/{MissionBuilder.DefaultSlug}/tasks/WP02-do-the-thing.md", MissionBuilder.TaskFile("WP02", "WP01").Replace("Work package WP02", "\"" + Hostile.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\u001b", "", StringComparison.Ordinal) + "\"", StringComparison.Ordinal));
        string page = await PageAsync(sandbox);
        await Assert.That(page).DoesNotContain("<script").And.DoesNotContain("<img").And.DoesNotContain("\u202e").And.DoesNotContain("\u001b").And.DoesNotContain("http:").And.DoesNotContain("https:");
        await Assert.That(page).Contains("&lt;script&gt;").And.Contains("WP03").And.Contains("Every move").And.Contains("<svg");
        await Assert.That(mission.Rows.Length).IsGreaterThan(0);

        using var browser = await Browser.OpenAsync(sandbox.At("../report.html"), sandbox.Top);
        await Assert.That(browser.Dom).Contains("<h1>").And.DoesNotContain("<script>").And.Contains("class=\"timeline\"");
        await Assert.That(browser.Title).DoesNotContain("owned");
        await Assert.That(browser.Complaints).IsEmpty();
    }

    /// <summary>What was seen in pictures of a run with long names, and is not to come back: columns cut off, titles across the frames of their boxes, headings over one another.</summary>
    [Test]
    public async Task Long_names_are_cut_off_nowhere_and_run_into_nothing()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await RunAsync(sandbox, "reviewer-rita@very-long-organisation-name.example.com");
        mission.Append(mission.Event("WP02", "claimed", "in_progress", Mission.SeedTime(60_000), ("actor", "claude-opus-with-a-rather-long-name-of-an-agent")));
        sandbox.Write($"kitty-specs/{MissionBuilder.DefaultSlug}/tasks/WP02-do-the-thing.md", MissionBuilder.TaskFile("WP02", "WP01").Replace("Work package WP02", "Index every document in the repository, including the generated ones", StringComparison.Ordinal));
        await PageAsync(sandbox);
        using var browser = await Browser.OpenAsync(sandbox.At("../report.html"), sandbox.Top);

        // On a desk everything is seen at once; on a telephone the page itself does not scroll sideways, and what is wider than it can be reached with the keyboard.
        const string Wide = "[...page.querySelectorAll('*')].filter(e => e.scrollWidth > e.clientWidth + 1 && !['hidden', 'visible'].includes(f.contentWindow.getComputedStyle(e).overflowX))";
        await Assert.That(await browser.EvaluateAsync(1280, Wide + ".length")).IsEqualTo("0");
        await Assert.That(await browser.EvaluateAsync(400, "page.documentElement.scrollWidth")).IsEqualTo("400");
        await Assert.That(await browser.EvaluateAsync(400, Wide + ".filter(e => e.tabIndex !== 0 || e.getAttribute('role') !== 'region' || !page.getElementById(e.getAttribute('aria-labelledby'))).length")).IsEqualTo("0");
        await Assert.That(await browser.EvaluateAsync(400, Wide + ".length > 0")).IsEqualTo("true");

        const string Inside = """
            [...page.querySelectorAll('.graph g')].every(g => { const box = g.querySelector('.box').getBoundingClientRect(), text = g.querySelector('div').getBoundingClientRect();
              return text.width > 0 && text.left >= box.left && text.right <= box.right && text.bottom <= box.bottom; })
            """;
        await Assert.That(await browser.EvaluateAsync(1280, Inside)).IsEqualTo("true");

        const string Apart = """
            (() => { const range = page.createRange(); range.selectNodeContents(page.querySelector('.timeline .name'));
              const spots = [range, ...page.querySelectorAll('.axis span')].map(e => e.getBoundingClientRect()).filter(r => r.width > 0).sort((a, b) => a.left - b.left);
              return spots.length > 1 && spots.every((r, i) => i === 0 || r.left >= spots[i - 1].right); })()
            """;
        await Assert.That(await browser.EvaluateAsync(1280, Apart)).IsEqualTo("true");
        await Assert.That(await browser.EvaluateAsync(400, Apart)).IsEqualTo("true");
    }

    [Test]
    public async Task Two_hundred_work_packages_and_ten_thousand_rows_make_a_page_that_a_browser_shows()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var builder = sandbox.Mission();
        for (int i = 1; i <= 200; i++)
        {
            builder.Wp(Wp(i), i > 5 ? [Wp(i - 5)] : []);
        }

        var mission = builder.Write();
        string[] lanes = ["planned", "in_progress", "for_review", "in_review", "in_progress"];
        mission.Append(Enumerable.Range(1, 10_000).Select(i => (object)mission.Event(Wp(1 + (i % 200)), lanes[i / 200 % 4], lanes[(i / 200 % 4) + 1], Mission.SeedTime(1000 + i), ("actor", $"agent-{i % 7}"))));
        string page = await PageAsync(sandbox);
        await Assert.That(page.Split("<rect class=").Length).IsGreaterThan(9_000);
        using var browser = await Browser.OpenAsync(sandbox.At("../report.html"), sandbox.Top);
        await Assert.That(browser.Complaints).IsEmpty();
        await Assert.That(browser.Dom).Contains("WP200");
        await Assert.That(await browser.ColoursAsync()).IsGreaterThan(20);

        static string Wp(int i) => "WP" + i.ToString("00", CultureInfo.InvariantCulture);
    }

    [Test]
    public async Task A_mission_in_which_nothing_has_happened_has_a_page_too()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await sandbox.Mission().Unseeded().CommitAsync();
        await Assert.That(await PageAsync(sandbox)).Contains("Nothing has happened yet");
        var call = await sandbox.ToolAsync("report", "077");
        await Assert.That((call.ExitStatus, call.StderrText)).IsEqualTo((0, ""));
        await Assert.That(call.StdoutText).Contains("nothing has been claimed yet");
    }

    [Test]
    public async Task A_page_that_cannot_be_written_is_a_failure_and_the_old_one_stays()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await RunAsync(sandbox);
        var call = await sandbox.ToolAsync("report", "077", "--html", "nowhere/report.html");
        await Assert.That(call.ExitStatus).IsEqualTo(1);
        await Assert.That(call.StderrText).Contains("nowhere");
        await Assert.That((await sandbox.ToolAsync("report", "077", "--html", "x", "--json")).ExitStatus).IsEqualTo(2);
    }

    private static async Task<string> PageAsync(Sandbox sandbox)
    {
        var call = await sandbox.ToolAsync("report", "077", "--html", "../report.html");
        await Assert.That((call.ExitStatus, call.StdoutText, call.StderrText)).IsEqualTo((0, "", ""));
        string page = await File.ReadAllTextAsync(sandbox.At("../report.html"));
        await Assert.That((await sandbox.ToolAsync("report", "077", "--html", "-")).StdoutText).IsEqualTo(page);
        return page;
    }

    /// <summary>WP01 is sent back once and approved by force; WP02 begins half an hour later.</summary>
    private static async Task<Mission> RunAsync(Sandbox sandbox, string note = "fine")
    {
        var mission = await sandbox.Mission().CommitAsync();
        mission.Append(
            mission.Event("WP01", "planned", "claimed", Mission.SeedTime(300), ("actor", "codex")),
            mission.Event("WP01", "claimed", "in_progress", Mission.SeedTime(301), ("actor", "codex")),
            mission.Event("WP01", "in_progress", "for_review", Mission.SeedTime(1500), ("actor", "codex")),
            mission.Event("WP01", "for_review", "in_review", Mission.SeedTime(1800), ("actor", "rita")),
            mission.Event("WP01", "in_review", "in_progress", Mission.SeedTime(2400), ("actor", "rita"), ("review_ref", "feedback://1"), ("reason", note)),
            mission.Event("WP01", "in_progress", "for_review", Mission.SeedTime(3600), ("actor", "codex")),
            mission.Event("WP01", "for_review", "in_review", Mission.SeedTime(3900), ("actor", "rita")),
            mission.Event("WP01", "in_review", "approved", Mission.SeedTime(4500), ("actor", "rita"), ("force", true), ("reason", note)),
            mission.Event("WP02", "planned", "claimed", Mission.SeedTime(6300), ("actor", note)));
        return mission;
    }
}
