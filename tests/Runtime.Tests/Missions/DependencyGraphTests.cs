using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class DependencyGraphTests
{
    private static readonly string[] Ids = ["WP01", "WP02", "WP03", "WP04", "WP05", "WP06"];

    /// <summary>Up to six work packages that depend on each other at random, on themselves, and on ones that do not exist.</summary>
    private static readonly Gen<Sample> Samples = Gen.Select(
        Gen.Int[0, 6],
        Gen.OneOf([.. Ids, "WP07", "nobody"]).Array[0, 3].Array[6],
        Gen.Int[-1, 9].Array[7],
        static (count, edges, lanes) => new Sample(count, edges, lanes));

    [Test]
    public void It_agrees_with_a_plain_search() => Samples.Sample(
        static sample =>
        {
            var tasks = sample.Tasks();
            var graph = new DependencyGraph(tasks);
            var lanes = sample.Lanes();
            foreach (var file in tasks.Files)
            {
                var expected = file.Dependencies.Where(d => !IsSatisfied(file.WpId, d)).ToArray();
                if (!graph.Unsatisfied(file, lanes).SequenceEqual(expected) || graph.IsReady(file, lanes) != (expected.Length == 0))
                {
                    return false;
                }
            }

            // Every work package on a cycle is named by a cycle, and no other.
            var warnings = new List<string>();
            graph.AddWarnings(lanes, warnings);
            string cycles = string.Join('\n', warnings.Where(static w => w.Contains("cycle")));
            foreach (var file in tasks.Files)
            {
                bool isOnCycle = file.Dependencies.Any(d => d != file.WpId && tasks.IndexOf(d) >= 0 && Reaches(d, file.WpId, []));
                bool isSelf = file.Dependencies.Contains(file.WpId);
                var unknown = file.Dependencies.Distinct().Where(d => tasks.IndexOf(d) < 0 && !lanes.TryGetLane(d, out _));
                if (isOnCycle != cycles.Contains(file.WpId)
                    || isSelf != warnings.Contains($"{file.WpId} depends on itself")
                    || !unknown.All(d => warnings.Contains($"{file.WpId} depends on {d}, which is no work package of this mission")))
                {
                    return false;
                }
            }

            return warnings.Distinct().Count() == warnings.Count;

            bool IsSatisfied(string wp, string dependency) =>
                lanes.TryGetLane(dependency, out var lane) && lane is Lane.Approved or Lane.Done && dependency != wp
                && !(tasks.IndexOf(dependency) >= 0 && Reaches(dependency, wp, []));

            bool Reaches(string from, string to, HashSet<string> seen) =>
                tasks.TryGet(from, out var file) && file.Dependencies.Any(d => d == to || (seen.Add(d) && Reaches(d, to, seen)));
        },
        iter: 20_000);

    [Test]
    [Arguments(Lane.Planned, false)]
    [Arguments(Lane.Claimed, false)]
    [Arguments(Lane.InProgress, false)]
    [Arguments(Lane.ForReview, false)]
    [Arguments(Lane.InReview, false)]
    [Arguments(Lane.Approved, true)]
    [Arguments(Lane.Done, true)]
    [Arguments(Lane.Blocked, false)]
    [Arguments(Lane.Canceled, false)]
    [Arguments(Lane.Genesis, false)]
    public async Task Approved_and_done_satisfy(Lane lane, bool satisfies)
    {
        var tasks = Tasks(("WP01", []), ("WP02", ["WP01"]));
        await Assert.That(new DependencyGraph(tasks).IsReady(tasks.Files[1], new Lookup(("WP01", lane)))).IsEqualTo(satisfies);
    }

    [Test]
    public async Task A_cycle_is_never_satisfied_even_if_all_of_it_is_done()
    {
        var tasks = Tasks(("WP01", ["WP02"]), ("WP02", ["WP01"]), ("WP03", ["WP01"]), ("WP04", ["WP04"]));
        var graph = new DependencyGraph(tasks);
        var lanes = new Lookup(("WP01", Lane.Done), ("WP02", Lane.Done), ("WP04", Lane.Done));
        await Assert.That(graph.IsReady(tasks.Files[0], lanes)).IsFalse();
        await Assert.That(graph.IsReady(tasks.Files[1], lanes)).IsFalse();
        await Assert.That(graph.IsReady(tasks.Files[3], lanes)).IsFalse();
        // Behind the cycle, not on it.
        await Assert.That(graph.IsReady(tasks.Files[2], lanes)).IsTrue();
        var warnings = new List<string>();
        graph.AddWarnings(lanes, warnings);
        await Assert.That(string.Join('\n', warnings)).IsEqualTo("WP04 depends on itself\nWP01 is on a dependency cycle: WP01 -> WP02 -> WP01");
    }

    [Test]
    public async Task Order_and_repetition_are_kept()
    {
        var tasks = Tasks(("WP01", []), ("WP02", []), ("WP03", ["WP02", "WP01", "WP02", "nobody"]));
        var unsatisfied = new DependencyGraph(tasks).Unsatisfied(tasks.Files[2], new Lookup(("WP01", Lane.Done)));
        await Assert.That(string.Join(' ', unsatisfied)).IsEqualTo("WP02 WP02 nobody");
    }

    [Test]
    public async Task A_work_package_that_only_the_log_knows_can_satisfy()
    {
        var tasks = Tasks(("WP02", ["WP01"]));
        var graph = new DependencyGraph(tasks);
        await Assert.That(graph.IsReady(tasks.Files[0], new Lookup(("WP01", Lane.Done)))).IsTrue();
        var warnings = new List<string>();
        graph.AddWarnings(new Lookup(("WP01", Lane.Done)), warnings);
        await Assert.That(warnings.Count).IsEqualTo(0);
        graph.AddWarnings(new Lookup(), warnings);
        await Assert.That(warnings[0]).IsEqualTo("WP02 depends on WP01, which is no work package of this mission");
    }

    [Test]
    public async Task A_broken_file_is_never_ready_and_does_not_hold_others_back()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        var broken = new TaskFile(mission, "WP01", "WP01.md");
        broken.Reject("broken");
        var tasks = new TaskSet([broken, File(mission, "WP02", ["WP01"])]);
        var graph = new DependencyGraph(tasks);
        await Assert.That(graph.IsReady(tasks.Files[0], new Lookup())).IsFalse();
        await Assert.That(graph.IsReady(tasks.Files[1], new Lookup(("WP01", Lane.Done)))).IsTrue();
    }

    [Test]
    public async Task A_chain_of_any_length_needs_no_stack()
    {
        const int Count = 50_000;
        var all = new (string, string[])[Count];
        for (int i = 0; i < Count; i++)
        {
            all[i] = ($"WP{i:00000}", [$"WP{(i + 1) % Count:00000}"]);
        }

        var tasks = Tasks(all);
        var warnings = new List<string>();
        new DependencyGraph(tasks).AddWarnings(new Lookup(), warnings);
        await Assert.That(warnings.Count).IsEqualTo(1);
        await Assert.That(warnings[0]).EndsWith("WP00010 -> WP00011 -> … -> WP00000");
    }

    [Test]
    public async Task Warnings_about_cycles_are_bounded()
    {
        var all = new List<(string, string[])>();
        for (int i = 0; i < 1000; i += 2)
        {
            all.Add(($"WP{i:000}", [$"WP{i + 1:000}"]));
            all.Add(($"WP{i + 1:000}", [$"WP{i:000}"]));
        }

        var warnings = new List<string>();
        new DependencyGraph(Tasks([.. all])).AddWarnings(new Lookup(), warnings);
        await Assert.That(warnings.Count).IsEqualTo(100);
    }

    private static TaskSet Tasks(params (string Id, string[] Dependencies)[] files)
    {
        var mission = new Mission(new Project("/nowhere", null), "077-x", MissionMeta.None);
        return new TaskSet([.. files.Select(f => File(mission, f.Id, f.Dependencies))]);
    }

    private static TaskFile File(Mission mission, string id, string[] dependencies)
    {
        var file = new TaskFile(mission, id, id + ".md");
        file.Accept(YamlValue.Mapping(["work_package_id", "dependencies"], [YamlValue.Of(id), YamlValue.Sequence([.. dependencies.Select(YamlValue.Of)])]));
        return file.Problem is null ? file : throw new InvalidOperationException(file.Problem);
    }

    private sealed class Lookup(params (string Id, Lane Lane)[] lanes) : ILaneLookup
    {
        private readonly Dictionary<string, Lane> _lanes = lanes.ToDictionary(static l => l.Id, static l => l.Lane);

        public bool TryGetLane(string wpId, out Lane lane) => _lanes.TryGetValue(wpId, out lane);
    }

    private sealed record Sample(int Count, string[][] Edges, int[] LaneNumbers)
    {
        public TaskSet Tasks() => DependencyGraphTests.Tasks([.. Enumerable.Range(0, Count).Select(i => (Ids[i], Edges[i]))]);

        public Lookup Lanes() =>
            new([.. Enumerable.Range(0, 7).Where(i => LaneNumbers[i] >= 0).Select(i => (i == 6 ? "WP07" : Ids[i], LaneNumbers[i] > 6 ? Lane.Done : (Lane)LaneNumbers[i]))]);
    }
}
