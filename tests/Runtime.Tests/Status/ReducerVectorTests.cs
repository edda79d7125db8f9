using System.Threading.Tasks;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Status;

/// <summary>The table of HOST §5.</summary>
internal sealed class ReducerVectorTests
{
    private static readonly string A = Rows.Id(1), B = Rows.Id(2);

    [Test]
    [Arguments("in_review", "approved", "null", "in_review", "in_progress", "null", Lane.InProgress, 2)]
    [Arguments("in_review", "in_progress", "null", "in_review", "approved", "null", Lane.InProgress, 1)]
    [Arguments("in_review", "in_progress", "null", "in_review", "in_progress", "null", Lane.InProgress, 2)]
    [Arguments("for_review", "in_progress", "null", "for_review", "in_review", "null", Lane.InReview, 2)]
    [Arguments("for_review", "in_progress", "\"r\"", "for_review", "in_review", "null", Lane.InProgress, 1)]
    [Arguments("for_review", "in_progress", "\"\"", "for_review", "in_review", "null", Lane.InProgress, 1)]
    [Arguments("planned", "done", "null", "done", "planned", "null", Lane.Planned, 2)]
    public async Task Two_rows_of_one_instant(string fromA, string toA, string refA, string fromB, string toB, string refB, Lane lane, int winner)
    {
        var a = Rows.Lane("WP01", fromA, toA, id: A, reviewRef: refA);
        var b = Rows.Lane("WP01", fromB, toB, id: B, reviewRef: refB);
        foreach (var status in new[] { Rows.Good(a, b), Rows.Good(b, a) })
        {
            await Assert.That(status.LaneOf("WP01")).IsEqualTo(lane);
            await Assert.That(status.WorkPackages[0].LastEventId).IsEqualTo(winner == 1 ? A : B);
            await Assert.That(status.LastEventId).IsEqualTo(B);
            await Assert.That(status.EventCount).IsEqualTo(2);
        }
    }

    [Test]
    public async Task Of_equal_ids_the_first_in_the_file_counts()
    {
        var first = Rows.Lane("WP01", "planned", "claimed", id: A);
        var other = Rows.Lane("WP01", "planned", "blocked", id: A, at: "2027-01-01T00:00:00+00:00");
        await Assert.That(Rows.Good(first, other).LaneOf("WP01")).IsEqualTo(Lane.Claimed);
        await Assert.That(Rows.Good(other, first).LaneOf("WP01")).IsEqualTo(Lane.Blocked);
        await Assert.That(Rows.Good(first, other).EventCount).IsEqualTo(1);
    }

    /// <summary>More of them, and longer ones, than there is room for at first.</summary>
    [Test]
    public async Task Many_rows_in_the_wrong_order_are_put_in_order()
    {
        var rows = new string[300];
        for (int i = 0; i < rows.Length; i++)
        {
            string actor = '"' + new string((char)('a' + (i % 26)), 100 + i) + '"';
            rows[i] = Rows.Lane("WP" + (i % 7), Lanes.Name((Lane)(i % Lanes.Count)), Lanes.Name((Lane)((i + 1) % Lanes.Count)), $"2026-01-01T00:{i / 60:D2}:{i % 60:D2}+00:00", Rows.Id(i), actor, slug: "s" + i);
        }

        string inOrder = Describe(rows);
        System.Array.Reverse(rows);
        await Assert.That(Describe(rows)).IsEqualTo(inOrder);
        System.Array.Reverse(rows, 0, 150);
        await Assert.That(Describe(rows)).IsEqualTo(inOrder);

        static string Describe(string[] rows) => Rows.Describe(Rows.Good(rows));
    }

    [Test]
    public async Task Times_are_compared_as_text()
    {
        var z = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:00Z", B);
        var fraction = Rows.Lane("WP01", "claimed", "in_progress", "2026-01-01T00:00:00.500000+00:00", A);
        await Assert.That(Rows.Good(z, fraction).LaneOf("WP01")).IsEqualTo(Lane.Claimed);
        await Assert.That(Rows.Good(fraction, z).LaneOf("WP01")).IsEqualTo(Lane.Claimed);

        var whole = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:55+00:00", B);
        var later = Rows.Lane("WP01", "claimed", "in_progress", "2026-01-01T00:00:55.000001+00:00", A);
        await Assert.That(Rows.Good(later, whole).LaneOf("WP01")).IsEqualTo(Lane.InProgress);
    }

    [Test]
    public async Task A_forward_move_after_a_rollback_counts()
    {
        var rollback = Rows.Lane("WP01", "in_review", "in_progress", "2026-01-01T00:00:00+00:00", B);
        var forward = Rows.Lane("WP01", "in_progress", "for_review", "2026-01-01T00:00:00.000001+00:00", A);
        await Assert.That(Rows.Good(rollback, forward).LaneOf("WP01")).IsEqualTo(Lane.ForReview);
    }

    [Test]
    public async Task Forced_moves_are_counted_when_they_are_applied()
    {
        var status = Rows.Good(
            Rows.Lane("WP01", "planned", "done", "2026-01-01T00:00:01+00:00", Rows.Id(1), force: "true"),
            Rows.Lane("WP01", "in_review", "in_progress", "2026-01-01T00:00:02+00:00", Rows.Id(2), force: "true"),
            Rows.Lane("WP01", "in_review", "approved", "2026-01-01T00:00:02+00:00", Rows.Id(3), force: "true"),
            Rows.Lane("WP01", "planned", "done", "2026-01-01T00:00:03+00:00", Rows.Id(4)));
        await Assert.That(status.WorkPackages[0].ForceCount).IsEqualTo(2);
        await Assert.That(status.EventCount).IsEqualTo(4);
    }

    [Test]
    public async Task An_empty_log_has_nothing()
    {
        foreach (var log in new[] { Rows.Log(), Rows.Log("", "  ", "\r") })
        {
            var status = Rows.Good(log);
            await Assert.That(status.EventCount).IsEqualTo(0);
            await Assert.That(status.LastEventId).IsNull();
            await Assert.That(status.MaterializedAt).IsEqualTo("");
            await Assert.That(status.MissionSlug).IsEqualTo("");
            await Assert.That(status.NewestAt).IsNull();
            await Assert.That(status.HasEvents("WP01")).IsFalse();
            await Assert.That(status.LaneOf("WP01")).IsEqualTo(Lane.Planned);
        }
    }

    [Test]
    public async Task The_slug_is_the_first_rows_in_order()
    {
        var late = Rows.Lane("WP01", "planned", "claimed", "2026-01-02T00:00:00+00:00", A, slug: "late");
        var early = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:00+00:00", B, slug: "early");
        await Assert.That(Rows.Good(late, early).MissionSlug).IsEqualTo("early");
        await Assert.That(Rows.Good(late, early).WorkPackages[0].LastTransitionAt).IsEqualTo("2026-01-02T00:00:00+00:00");
    }
}
