using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Tools;

namespace SpecKitty.Runtime.Tests.Tools;

/// <summary>Times and counts of a run, from logs small enough to reckon by hand.</summary>
internal sealed class RunTests
{
    [Test]
    public async Task Rows_take_effect_by_time_and_id_and_each_id_once()
    {
        var moves = Read(
            Row("B", 20, "claimed", "in_progress"),
            Row("A", 10, "planned", "claimed"),
            Row("A", 10, "planned", "claimed"),
            Row("C", 20, "in_progress", "for_review"));
        await Assert.That(string.Concat(moves.ToArray().Select(static move => move.EventId[^1]))).IsEqualTo("ABC");
        await Assert.That(Of(moves).Find("WP01")!.Lane).IsEqualTo(Lane.ForReview);
    }

    [Test]
    public async Task A_reviewers_return_is_not_undone_by_a_forward_move_of_the_same_instant()
    {
        var run = Of(Read(
            Row("A", 10, "planned", "in_review"),
            Row("B", 20, "in_review", "in_progress", "rita", ", \"review_ref\": \"feedback://1\""),
            Row("C", 20, "in_review", "approved")));
        await Assert.That(run.Find("WP01")!.Lane).IsEqualTo(Lane.InProgress);
    }

    [Test]
    public async Task Work_after_a_return_is_the_implementers_and_not_the_reviewers()
    {
        var run = Of(Read(
            Row("A", 0, "planned", "in_progress", "codex"),
            Row("B", 100, "in_progress", "for_review", "codex"),
            Row("C", 110, "for_review", "in_review", "rita"),
            Row("D", 150, "in_review", "in_progress", "rita"),
            Row("E", 400, "in_progress", "for_review", "codex")));
        var package = run.Find("WP01")!;
        await Assert.That((package.WorkSeconds, package.QueueSeconds, package.ReviewSeconds, package.Rework)).IsEqualTo((350, 10, 40, 1));
        await Assert.That(run.Actors.ToArray().Single(static actor => actor.Name == "codex").WorkSeconds).IsEqualTo(350);
        await Assert.That(run.Actors.ToArray().Single(static actor => actor.Name == "rita").WorkSeconds).IsEqualTo(0);
        await Assert.That(package.CycleSeconds).IsNull();
    }

    [Test]
    public async Task The_cycle_ends_with_the_last_approval_and_merging_does_not_lengthen_it()
    {
        var run = Of(Read(
            Row("A", 0, "planned", "claimed"),
            Row("B", 100, "in_review", "approved"),
            Row("C", 150, "approved", "in_progress"),
            Row("D", 300, "in_review", "approved"),
            Row("E", 900, "approved", "done", "merge")));
        await Assert.That(run.Find("WP01")!.CycleSeconds).IsEqualTo(300);
    }

    [Test]
    public async Task Ready_counts_from_the_moment_the_dependencies_were_satisfied()
    {
        var run = Of(
            Read(
                Row("A", 0, "genesis", "planned"), Row("B", 0, "genesis", "planned", wp: "WP02"),
                Row("C", 500, "in_review", "approved"), Row("D", 800, "planned", "claimed", wp: "WP02")),
            new RunPackage { WpId = "WP02", Dependencies = ["WP01"] });
        await Assert.That(run.Find("WP02")!.ReadySeconds).IsEqualTo(300);
    }

    [Test]
    public async Task A_time_that_cannot_be_understood_moves_the_lane_and_takes_no_time()
    {
        var run = Of(Read(Row("A", 0, "planned", "claimed"), Row("B", 100, "claimed", "in_progress").Replace("2026-04-08T12:01:40+00:00", "soon", System.StringComparison.Ordinal)));
        await Assert.That(run.Find("WP01")!.Lane).IsEqualTo(Lane.InProgress);
        await Assert.That(run.Find("WP01")!.WorkSeconds).IsEqualTo(0);
    }

    [Test]
    public async Task The_hundredth_work_package_stands_behind_the_ninety_ninth()
    {
        var run = Of([], new RunPackage { WpId = "WP100" }, new RunPackage { WpId = "WP99" }, new RunPackage { WpId = "WP10" });
        await Assert.That(string.Join(' ', run.Packages.Texts(static package => package.WpId))).IsEqualTo("WP10 WP99 WP100");
    }

    [Test]
    public async Task An_empty_log_is_a_run_in_which_nothing_happened()
    {
        var run = Of([], new RunPackage { WpId = "WP01" });
        await Assert.That((run.End, run.StartedAt, run.Find("WP01")!.Lane)).IsEqualTo((0L, null, Lane.Planned));
    }

    [Test]
    [Arguments("2026-04-08T12:00:00+00:00", 1775649600000000)]
    [Arguments("2026-04-08T12:00:00.000001+00:00", 1775649600000001)]
    [Arguments("2026-04-08T12:00:00Z", 1775649600000000)]
    [Arguments("2026-04-08T14:30:00.5+02:30", 1775649600500000)]
    [Arguments("1969-12-31T23:59:59+00:00", -1000000)]
    [Arguments("2026-02-30T12:00:00+00:00", null)]
    [Arguments("2026-04-08T12:00:00", null)]
    [Arguments("2026-04-08 12:00:00Z", null)]
    [Arguments("", null)]
    public async Task Times_are_read_as_logs_have_them(string text, long? expected) => await Assert.That(LogTime.Parse(text)).IsEqualTo(expected);

    [Test]
    [Arguments(0, "0 s")]
    [Arguments(59, "59 s")]
    [Arguments(61, "1 min 1 s")]
    [Arguments(1201, "20 min")]
    [Arguments(3660, "1 h 1 min")]
    [Arguments(90_000, "1 d 1 h")]
    public async Task Spans_are_told_in_two_units(long seconds, string expected) => await Assert.That(LogTime.Span(seconds)).IsEqualTo(expected);

    private static Run Of(Items<RunMove> moves, params Items<RunPackage> packages) => Run.Of(packages, moves);

    private static Items<RunMove> Read(params string[] rows) =>
        RunLog.Read(Encoding.UTF8.GetBytes(string.Concat(rows)), "log", "/log").Try(out var moves, out var failure) ? moves : throw new System.InvalidOperationException(failure.Message);

    private static string Row(string id, int second, string from, string to, string actor = "codex", string more = "", string wp = "WP01")
    {
        string at = new System.DateTime(2026, 4, 8, 12, 0, 0).AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:ss'+00:00'", System.Globalization.CultureInfo.InvariantCulture);
        return $"{{\"actor\": \"{actor}\", \"at\": \"{at}\", \"event_id\": \"01JQ8Z0000000000000000000{id}\", \"execution_mode\": \"worktree\", \"force\": false, \"from_lane\": \"{from}\", \"to_lane\": \"{to}\", \"wp_id\": \"{wp}\"{more}}}\n";
    }
}
