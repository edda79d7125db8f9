using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>merge-driver-event-log as git calls it, configured as the other host configures it (HOST §6.9).</summary>
public sealed class MergeDriverTests
{
    private const string Log = "status.events.jsonl";

    [Test]
    public async Task Git_merges_two_logs_into_their_union()
    {
        using var sandbox = await ConfiguredAsync();
        await CommitAsync(sandbox, "main", Row("01B", "2026-01-02", "b"), Row("01D", "2026-01-04", "d"));
        await CommitAsync(sandbox, "side", Row("01C", "2026-01-03", "c"), """{"event_type": "Foreign", "event_id": "01E", "timestamp": "2026-01-01T12"}""", Row("01F", "2026-01-04", "f"));

        await sandbox.GitAsync("merge", "-q", "--no-edit", "side");

        string[] ids = [.. sandbox.Read(Log).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => StrictJson.Parse(line).GetProperty("event_id").GetString()!)];
        await Assert.That(string.Join(' ', ids)).IsEqualTo("01A 01E 01B 01C 01D 01F");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    [Test]
    public async Task Git_leaves_a_conflict_where_one_id_has_two_contents()
    {
        using var sandbox = await ConfiguredAsync();
        await CommitAsync(sandbox, "main", Row("01B", "2026-01-02", "ours"));
        await CommitAsync(sandbox, "side", Row("01B", "2026-01-02", "theirs"));

        var merge = await Spawn.RunAsync("git", ["merge", "-q", "--no-edit", "side"], sandbox.Root, sandbox.Environment);

        await Assert.That(merge.ExitStatus).IsEqualTo(1);
        await Assert.That(merge.StderrText + merge.StdoutText).Contains("two different rows have the event id 01B");
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo($"UU {Log}\n");
        await Assert.That(sandbox.Read(Log)).Contains("ours").And.DoesNotContain("theirs");
    }

    [Test]
    public async Task The_status_tells_and_ours_is_changed_only_by_success()
    {
        using var sandbox = Sandbox.Empty();
        sandbox.Write("base", "");
        sandbox.Write("ours", Row("01B", "2026-01-02", "b") + "\n" + Row("01B", "2026-01-02", "b"));
        sandbox.Write("theirs", "\n" + Row("01A", "2026-01-01", "a") + "\r\n");

        var united = await sandbox.RunAsync(sandbox.Root, ["merge-driver-event-log", "base", "ours", "theirs"], []);

        await Assert.That((united.ExitStatus, united.StdoutText, united.StderrText)).IsEqualTo((0, "", ""));
        await Assert.That(sandbox.Read("ours")).IsEqualTo(Row("01A", "2026-01-01", "a") + "\n" + Row("01B", "2026-01-02", "b") + "\n");

        foreach (string theirs in (string[])["{\n", "[]\n", Row("01A", "2026-01-01", "another") + "\n"])
        {
            string before = sandbox.Read("ours");
            sandbox.Write("theirs", theirs);

            var refused = await sandbox.RunAsync(sandbox.Root, ["merge-driver-event-log", "base", "ours", "theirs"], []);

            await Assert.That((refused.ExitStatus, refused.StdoutText, refused.StderrText.Count(c => c == '\n'))).IsEqualTo((1, "", 1));
            await Assert.That(sandbox.Read("ours")).IsEqualTo(before);
        }
    }

    [Test]
    [Arguments("")]
    [Arguments("one two")]
    [Arguments("one two three four")]
    public async Task Other_than_three_files_is_a_usage_error(string arguments)
    {
        using var sandbox = Sandbox.Empty();

        var call = await sandbox.RunAsync(sandbox.Root, ["merge-driver-event-log", .. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)], []);

        await Assert.That((call.ExitStatus, call.StdoutText)).IsEqualTo((2, ""));
        await Assert.That(call.StderrText).Contains("%O %A %B");
    }

    [Test]
    public async Task A_file_that_is_not_there_is_named()
    {
        using var sandbox = Sandbox.Empty();
        sandbox.Write("ours", "");

        var call = await sandbox.RunAsync(sandbox.Root, ["merge-driver-event-log", "base", "ours", "nowhere"], []);

        await Assert.That(call.ExitStatus).IsEqualTo(1);
        await Assert.That(call.StderrText).Contains(sandbox.At("nowhere"));
        await Assert.That(File.Exists(sandbox.At("nowhere"))).IsFalse();
    }

    private static string Row(string id, string at, string actor) => $$"""{"actor": "{{actor}}", "at": "{{at}}T00:00:00+00:00", "event_id": "{{id}}"}""";

    private static async Task<Sandbox> ConfiguredAsync()
    {
        var sandbox = await Sandbox.WithGitAsync();
        string executable = await PublishedExecutable.PathAsync();
        await sandbox.GitAsync("config", "merge.spec-kitty-event-log.name", "event logs");
        await sandbox.GitAsync("config", "merge.spec-kitty-event-log.driver", $"'{executable}' merge-driver-event-log %O %A %B");
        sandbox.Write(".gitattributes", Log + " merge=spec-kitty-event-log\n");
        sandbox.Write(Log, Row("01A", "2026-01-01", "a") + "\n");
        await sandbox.CommitAsync("log");
        await sandbox.GitAsync("branch", "side");
        return sandbox;
    }

    private static async Task CommitAsync(Sandbox sandbox, string branch, params string[] rows)
    {
        await sandbox.GitAsync("checkout", "-q", branch);
        File.AppendAllLines(sandbox.At(Log), rows);
        await sandbox.CommitAsync("rows");
        await sandbox.GitAsync("checkout", "-q", "main");
    }
}
