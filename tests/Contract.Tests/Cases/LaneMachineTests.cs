using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Every ordered pair of lanes, through the executable: with all guards satisfied, with none, and by force (HOST §4).</summary>
public sealed class LaneMachineTests
{
    private static readonly string[] Lanes =
        ["genesis", "planned", "claimed", "in_progress", "for_review", "in_review", "approved", "done", "blocked", "canceled"];

    private static readonly string Blank = " ";

    /// <summary>The edges, written down once more, each with what it says when nothing it asks for is there; null if it asks for nothing.</summary>
    private static readonly Dictionary<(string From, string To), string?> Edges = new()
    {
        [("genesis", "planned")] = null,
        [("genesis", "canceled")] = null,
        [("planned", "claimed")] = "Transition requires actor identity",
        [("planned", "blocked")] = null,
        [("planned", "canceled")] = null,
        [("claimed", "in_progress")] = null,
        [("claimed", "blocked")] = null,
        [("claimed", "canceled")] = null,
        [("in_progress", "for_review")] = "Transition in_progress -> for_review requires completed subtasks or force with reason",
        [("in_progress", "approved")] = "Transition to approved/done requires evidence (reviewer identity and approval reference)",
        [("in_progress", "planned")] = "Transition in_progress -> planned requires reason",
        [("in_progress", "blocked")] = null,
        [("in_progress", "canceled")] = null,
        [("for_review", "in_review")] = "Transition requires actor identity",
        [("for_review", "blocked")] = null,
        [("for_review", "canceled")] = null,
        [("in_review", "approved")] = "Transition from in_review requires review_result (structured review outcome)",
        [("in_review", "done")] = "Transition from in_review requires review_result (structured review outcome)",
        [("in_review", "in_progress")] = "Transition from in_review requires review_result (structured review outcome)",
        [("in_review", "planned")] = "Transition from in_review requires review_result (structured review outcome)",
        [("in_review", "blocked")] = "Transition from in_review requires review_result (structured review outcome)",
        [("in_review", "canceled")] = "Transition from in_review requires review_result (structured review outcome)",
        [("approved", "done")] = "Transition to approved/done requires evidence (reviewer identity and approval reference)",
        [("approved", "in_progress")] = "Transition requires review_ref (review feedback reference)",
        [("approved", "planned")] = "Transition requires review_ref (review feedback reference)",
        [("approved", "blocked")] = null,
        [("approved", "canceled")] = null,
        [("blocked", "in_progress")] = null,
        [("blocked", "canceled")] = null,
    };

    public static IEnumerable<string> Sources() => Lanes;

    internal static IEnumerable<string> EdgeNames => Edges.Keys.Select(edge => $"{edge.From}>{edge.To}");

    [Test]
    [MethodDataSource(nameof(Sources))]
    public async Task With_every_guard_satisfied_the_edges_are_open_and_nothing_else(string from)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = MissionIn(sandbox, from);

        for (var i = 0; i < Lanes.Length; i++)
        {
            var to = Lanes[i];
            var before = mission.Log;
            var call = await mission.MoveAsync(
                Wp(i), to, "--note", "n", "--review-ref", "r", "--evidence-json", Mission.Evidence, "--subtasks-complete", "--implementation-evidence-present");
            if (Edges.ContainsKey((from, to)))
            {
                await MovedAsync(mission, call, Wp(i), from, to, forced: false);
            }
            else
            {
                call.Fails("TRANSITION_REJECTED", $"Illegal transition: {from} -> {to}");
                await Assert.That(mission.Log).IsEqualTo(before);
            }
        }
    }

    [Test]
    [MethodDataSource(nameof(Sources))]
    public async Task With_no_guard_satisfied_each_says_what_it_lacks(string from)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = MissionIn(sandbox, from);

        for (var i = 0; i < Lanes.Length; i++)
        {
            var to = Lanes[i];
            if (!Edges.TryGetValue((from, to), out var complaint))
            {
                continue;
            }

            var before = mission.Log;
            var call = await mission.MoveAsync(Wp(i), to, "--actor", Blank, "--no-subtasks-complete", "--no-implementation-evidence-present");
            if (complaint is null)
            {
                await MovedAsync(mission, call, Wp(i), from, to, forced: false);
            }
            else
            {
                call.Fails("TRANSITION_REJECTED", complaint);
                await Assert.That(mission.Log).IsEqualTo(before);
            }
        }
    }

    [Test]
    [MethodDataSource(nameof(Sources))]
    public async Task Force_reaches_everything_but_genesis(string from)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = MissionIn(sandbox, from);

        for (var i = 0; i < Lanes.Length; i++)
        {
            var to = Lanes[i];
            var call = await mission.MoveAsync(Wp(i), to, "--force", "--note", "because");
            if (to == "genesis")
            {
                call.Fails("TRANSITION_REJECTED", $"Illegal transition: {from} -> genesis");
            }
            else
            {
                await MovedAsync(mission, call, Wp(i), from, to, forced: true);
            }
        }
    }

    [Test]
    [Arguments("--note", "", "codex")]
    [Arguments("--note", " \t", "codex")]
    [Arguments("--review-ref", "r", "codex")]
    [Arguments("--note", "n", "")]
    [Arguments("--note", "n", " ")]
    public async Task Force_needs_an_actor_and_a_reason(string flag, string value, string actor)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Write();

        (await mission.MovePlainAsync("WP01", "done", "--force", flag, value, "--actor", actor)).Fails("TRANSITION_REJECTED", "Force transitions require actor and reason");
        await Assert.That(mission.Rows.Length).IsEqualTo(3);
    }

    [Test]
    public async Task The_second_guard_speaks_when_the_first_is_satisfied()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = MissionIn(sandbox, "in_progress");

        (await mission.MoveAsync(Wp(0), "for_review", "--no-implementation-evidence-present")).Fails(
            "TRANSITION_REJECTED", "Transition in_progress -> for_review requires implementation evidence or force with reason");
        (await mission.MoveAsync(Wp(0), "for_review")).Ok();
    }

    [Test]
    [Arguments("done")]
    [Arguments("canceled")]
    public async Task Force_leaves_a_terminal_lane_and_stays_in_it(string lane)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = MissionIn(sandbox, lane);

        (await mission.MovePlainAsync(Wp(0), lane, "--force", "--note", "again")).Ok();
        (await mission.MovePlainAsync(Wp(0), "planned", "--force", "--note", "reopened")).Ok();
        await Assert.That(await mission.LaneAsync(Wp(0))).IsEqualTo("planned");
    }

    private static async Task MovedAsync(Mission mission, Call call, string wp, string from, string to, bool forced)
    {
        var data = call.Ok();
        await Assert.That(data.GetProperty("wp_id").GetString()).IsEqualTo(wp);
        await Assert.That(data.GetProperty("from_lane").GetString()).IsEqualTo(from);
        await Assert.That(data.GetProperty("to_lane").GetString()).IsEqualTo(to);
        var row = mission.Rows[^1];
        await Assert.That($"{row.GetProperty("wp_id")} {row.GetProperty("from_lane")} {row.GetProperty("to_lane")} {row.GetProperty("force")}").IsEqualTo($"{wp} {from} {to} {forced}");
        await Assert.That(StrictJson.Parse(mission.Read("status.json")).GetProperty("work_packages").GetProperty(wp).GetProperty("lane").GetString()).IsEqualTo(to);
    }

    private static Mission MissionIn(Sandbox sandbox, string lane)
    {
        var builder = sandbox.Mission();
        for (var i = 0; i < Lanes.Length; i++)
        {
            builder.Wp(Wp(i));
        }

        var mission = builder.Write();
        foreach (var i in Enumerable.Range(0, Lanes.Length))
        {
            mission.Put(Wp(i), lane, actor: "codex");
        }

        return mission;
    }

    private static string Wp(int i) => $"WP{i + 1:D2}";
}
