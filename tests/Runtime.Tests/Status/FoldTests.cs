using System.Threading.Tasks;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class FoldTests
{
    [Test]
    public async Task Subtask_states_are_merged_by_id_in_order()
    {
        foreach (var (early, late) in ((string, string)[])[("{\"T1\": \"pending\", \"T2\": \"done\"}", "{\"T1\": \"done\"}"),
            ("[{\"id\": \"T1\", \"status\": \"pending\"}, {\"id\": \"T2\", \"status\": \"done\"}]", "[{\"id\": \"T1\", \"status\": \"done\"}]")])
        {
            string a = Note("WP01", "2026-01-01T00:00:00+00:00", 1, early), b = Note("WP01", "2026-01-01T00:00:00+00:00", 2, late);
            foreach (var status in (MissionStatus[])[Rows.Good(a, b), Rows.Good(b, a), Rows.Good(b, a, b)])
            {
                await Assert.That(status.SubtaskState("WP01", "T1")).IsEqualTo("done");
                await Assert.That(status.SubtaskState("WP01", "T2")).IsEqualTo("done");
                await Assert.That(status.SubtaskState("WP01", "T3")).IsNull();
                await Assert.That(status.SubtaskState("WP02", "T1")).IsNull();
            }

            await Assert.That(Rows.Good(Note("WP01", "2026-01-02T00:00:00+00:00", 1, early), b).SubtaskState("WP01", "T1")).IsEqualTo("pending");
        }

        await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", "claimed")).SubtaskState("WP01", "T1")).IsNull();
    }

    [Test]
    public async Task Odd_annotations_do_no_harm()
    {
        var status = Rows.Good(
            "{\"kind\": \"annotation\"}", "{\"kind\": \"annotation\", \"delta\": null}", "{\"kind\": \"annotation\", \"delta\": {\"subtasks\": 5}}", "{\"kind\": \"annotation\", \"delta\": {\"subtasks\": []}}",
            "{\"kind\": \"annotation\", \"delta\": {\"subtasks\": {}}}", "{\"kind\": \"annotation\", \"wp_id\": \"WP01\", \"delta\": {\"subtasks\": {\"T1\": null}}}",
            "{\"kind\": \"annotation\", \"wp_id\": \"WP01\", \"delta\": {\"subtasks\": [5, {\"id\": \"T1\"}, {\"id\": 5, \"status\": \"done\"}]}}", "{\"kind\": \"annotation\", \"delta\": \"subtasks\"}");
        await Assert.That(status.SubtaskState("WP01", "T1")).IsNull();
        await Assert.That(status.EventCount).IsEqualTo(0);
    }

    [Test]
    public async Task Of_a_kind_that_is_not_known_nothing_is_taken()
    {
        foreach (string kind in (string[])["\"note\"", "\"annotations\"", "\"Annotation\"", "\"annotatiom\"", "\"\"", "5"])
        {
            string row = Note("WP01", "2026-01-01T00:00:00+00:00", 1, "{\"T1\": \"done\"}").Replace("\"annotation\"", kind, System.StringComparison.Ordinal);
            await Assert.That(Rows.Good(row).SubtaskState("WP01", "T1")).IsNull().Because(kind);
            await Assert.That(Rows.Good(row).NewestAt).IsNull().Because(kind);
        }
    }

    [Test]
    public async Task An_annotation_is_newest_if_it_is()
    {
        string move = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:00+00:00");
        await Assert.That(Rows.Good(move, Note("WP01", "2027-01-01T00:00:00+00:00", 1, "{}")).NewestAt).IsEqualTo("2027-01-01T00:00:00+00:00");
        await Assert.That(Rows.Good(move, Note("WP01", "2025-01-01T00:00:00+00:00", 1, "{}")).NewestAt).IsEqualTo("2026-01-01T00:00:00+00:00");
        await Assert.That(Rows.Good(move, "{\"event_type\": 1, \"at\": \"zzz\"}").NewestAt).IsEqualTo("2026-01-01T00:00:00+00:00");
    }

    [Test]
    public async Task Of_retrospectives_of_one_instant_the_greatest_id_is_the_latest_wherever_it_stands()
    {
        string completed = Retrospective("completed", "2026-01-01T00:00:00+00:00", 1), skipped = Retrospective("skipped", "2026-01-01T00:00:00+00:00", 2), failed = Retrospective("failed", "2026-01-02T00:00:00+00:00", 0);
        foreach (var status in (MissionStatus[])[Rows.Good(completed, skipped), Rows.Good(skipped, completed)])
        {
            await Assert.That(status.Reducer.Retrospective!.State).IsEqualTo(RetrospectiveState.Skipped);
        }

        await Assert.That(Rows.Good(failed, completed, skipped).Reducer.Retrospective!.State).IsEqualTo(RetrospectiveState.Failed);
        await Assert.That(Rows.Good(completed, skipped, failed).Reducer.Retrospective!.State).IsEqualTo(RetrospectiveState.Failed);
        await Assert.That(Rows.Good(skipped, Retrospective("failed", "2026-01-01T00:00:00+00:00", 2)).Reducer.Retrospective!.State).IsEqualTo(RetrospectiveState.Failed);
    }

    private static string Retrospective(string what, string at, int id) =>
        $$$"""{"event_name": "retrospective.{{{what}}}", "at": "{{{at}}}", "event_id": "{{{Rows.Id(id)}}}", "payload": {}}""";

    private static string Note(string wp, string at, int id, string subtasks) =>
        $$"""{"actor": "a", "at": "{{at}}", "delta": {"subtasks": {{subtasks}}}, "event_id": "{{Rows.Id(id)}}", "kind": "annotation", "wp_id": "{{wp}}"}""";
}
