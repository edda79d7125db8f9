using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>Every kind of call that changes something.</summary>
internal static class Mutations
{
    private static readonly SceneKind Plain = new();
    private static readonly SceneKind Git = new(Git: true);
    private static readonly SceneKind Coordination = new(Git: true, Coordination: true);

    /// <summary>Rows in the primary checkout.</summary>
    public static IReadOnlyList<Mutation> OfStatus { get; } =
    [
        Mutation.Status("start-implementation", Git, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")),
        Mutation.Status("start-implementation, first row ever", Git with { Seeded = false }, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")),
        Mutation.Status("start-review, no git", Plain, _ => Calls.Review("WP01", "rev", Mutation.Tag), ToReview, ("for_review", "in_review")),
        Mutation.Status("transition", Plain, _ => Calls.Move("WP01", "blocked", "ann", Mutation.Tag, "--note", "n"), null, ("planned", "blocked")) with { DoneIs = Rejected },
        // A refused call puts the tail back where it was; where even that is refused, it stays aside, whole.
        Mutation.Status("transition after a torn tail", Plain, _ => Calls.Move("WP01", "blocked", "ann", Mutation.Tag), s => File.AppendAllText(s.Log, TornTail), ("planned", "blocked")) with { DoneIs = Rejected, MayChange = ["/status.events.jsonl", "/status.events.jsonl.torn-"] },
        Long("transition on a log that has grown long", null),
        Long("transition on a long log behind a checkpoint", s => s.Prepare(Calls.Force("WP02", "blocked", "ann", "before"))),
        Mutation.Status("transition after a missing line feed", Plain, _ => Calls.Move("WP01", "blocked", "ann", Mutation.Tag), DropLastLineFeed, ("planned", "blocked")) with { DoneIs = Rejected },
    ];

    /// <summary>A work package is not moved to the lane it is in.</summary>
    private const string Rejected = "TRANSITION_REJECTED";

    public const string TornTail = "{\"actor\": \"torn";

    /// <summary>Rows on a coordination branch.</summary>
    public static IReadOnlyList<Mutation> OfCoordination { get; } =
    [
        Mutation.Status("coordination: start-implementation, no worktree yet", Coordination, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")),
        Mutation.Status("coordination: transition", Coordination, _ => Calls.Move("WP01", "blocked", "ann", Mutation.Tag), WithWorktree, ("planned", "blocked")) with { DoneIs = Rejected },
        Mutation.Status("coordination: start-review", Coordination, _ => Calls.Review("WP01", "rev", Mutation.Tag), ToReview, ("for_review", "in_review")),
        Mutation.Status("coordination: start-implementation, first row ever", Coordination with { Seeded = false }, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")),
    ];

    /// <summary>What changes other files, or lanes too.</summary>
    public static IReadOnlyList<Mutation> OfFiles { get; } =
    [
        new()
        {
            Name = "append-history on a protected branch", Kind = Git, WritesLog = false, Argv = _ => Calls.History("WP01", "ann", Mutation.Tag), Observe = Noted,
        },
        new()
        {
            Name = "append-history with a commit", Kind = Git with { Branch = "work" }, WritesLog = false, Argv = _ => Calls.History("WP01", "ann", Mutation.Tag), Observe = Noted,
        },
        new()
        {
            Name = "append-history as a row", Kind = Git, Environment = ["SPEC_KITTY_CONTRACT=1.3.0"], Argv = _ => Calls.History("WP01", "ann", Mutation.Tag),
            Observe = s => Occurs(s.Log, Mutation.Tag),
        },
        new()
        {
            Name = "append-history as a row of a coordination branch", Kind = Coordination, Environment = ["SPEC_KITTY_CONTRACT=1.3.0"], Prepare = WithWorktree,
            Argv = _ => Calls.History("WP01", "ann", Mutation.Tag), Observe = s => Occurs(s.Log, Mutation.Tag),
        },
        new()
        {
            Name = "append-history, no git", Kind = Plain, WritesLog = false, Argv = _ => Calls.History("WP01", "ann", Mutation.Tag), Observe = Noted,
        },
        new()
        {
            Name = "accept-mission, coordination", Kind = Coordination, WritesLog = false, Prepare = AllDone, Argv = _ => Calls.Accept(Mutation.Tag),
            Observe = s => Occurs(s.MissionDirectory + "/meta.json", "\"accepted_by\": \"" + Mutation.Tag),
        },
        new()
        {
            Name = "accept-mission", Kind = Git, WritesLog = false, Prepare = AllDone, Argv = _ => Calls.Accept(Mutation.Tag),
            Observe = s => Occurs(s.MissionDirectory + "/meta.json", "\"accepted_by\": \"" + Mutation.Tag),
        },
        WithEnvironment(Mutation.Status("start-implementation with a new lane", Git with { Lanes = true }, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")), "SPEC_KITTY_CONTRACT=1.1.0"),
        // git turns on that worktrees may have settings of their own, for the whole repository: others may rely on it by the time the lane is taken back.
        WithEnvironment(Mutation.Status("coordination: start-implementation with a new lane", Coordination with { Lanes = true }, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")), "SPEC_KITTY_CONTRACT=1.1.0") with { MayChange = ["/.git/config: [extensions]", "/.git/config: worktreeConfig = true"] },
        WithEnvironment(Mutation.Status("start-implementation in a lane that builds on another", Git with { Lanes = true, LaneWork = true, Chain = true }, _ => Calls.Start("WP02", "ann", Mutation.Tag), s => s.Prepare(Calls.Force("WP01", "approved", "ann", "before")), ("planned", "claimed"), ("claimed", "in_progress")), "SPEC_KITTY_CONTRACT=1.1.0"),
        WithEnvironment(Mutation.Status("start-implementation in a lane that has its branch", Git with { Lanes = true, LaneWork = true }, _ => Calls.Start("WP01", "ann", Mutation.Tag), null, ("planned", "claimed"), ("claimed", "in_progress")), "SPEC_KITTY_CONTRACT=1.1.0"),
    ];

    /// <summary>Calls that carry a key are asked for again with it; in a batch they come from standard input.</summary>
    public static IReadOnlyList<Mutation> OfExtensions { get; } =
    [
        Mutation.Status("transition with a key", Git, _ => Calls.WithKey(Calls.Move("WP01", "blocked", "ann", Mutation.Tag)), null, ("planned", "blocked")),
        Mutation.Status("coordination: transition with a key", Coordination, _ => Calls.WithKey(Calls.Move("WP01", "blocked", "ann", Mutation.Tag)), WithWorktree, ("planned", "blocked")),
        Mutation.Status("claim-next with a key", Plain, _ => Calls.WithKey(Calls.ClaimNext("ann", Mutation.Tag)), null, ("planned", "claimed"), ("claimed", "in_progress")),
        new()
        {
            Name = "append-history with a key", Kind = Plain, WritesLog = false, Argv = _ => Calls.WithKey(Calls.History("WP01", "ann", Mutation.Tag)), Observe = Noted,
        },
        Mutation.Status("batch", Git, _ => [Calls.BatchCommand], null, ("planned", "claimed"), ("claimed", "in_progress")) with { Input = () => Calls.BatchLine(Calls.Start("WP01", "ann", Mutation.Tag)) },
    ];

    /// <summary>Everything lands, or nothing.</summary>
    public static IReadOnlyList<Mutation> OfMerge { get; } =
    [
        Merge("merge-mission", Git with { Lanes = true, LaneWork = true }),
        Merge("merge-mission --strategy squash", Git with { Lanes = true, LaneWork = true }, "--strategy", "squash"),
        Merge("coordination: merge-mission", Coordination with { Lanes = true, LaneWork = true }),
    ];

    public static IReadOnlyList<Mutation> All { get; } = [.. OfStatus, .. OfCoordination, .. OfFiles, .. OfExtensions, .. OfMerge];

    private static Mutation Merge(string name, SceneKind kind, params string[] more) => new()
    {
        Name = name, Kind = kind, WritesLog = false, Prepare = AllApproved, Argv = _ => Calls.Merge(more), Observe = Landed, Settled = Swept,
    };

    /// <summary>How many of the lanes' files the target has; all of them or none.</summary>
    private static Seen Landed(Scene scene)
    {
        int landed = scene.Git("ls-tree", "--name-only", "main").Split('\n').Count(f => f.StartsWith("work-", StringComparison.Ordinal));
        return landed == scene.Kind.Wps ? Seen.Done : landed == 0 ? Seen.Nothing : Seen.Wrong;
    }

    /// <summary>A landed mission leaves no branch, no worktree, nothing uncommitted, and its rows in the target.</summary>
    private static string? Swept(Scene scene)
    {
        string branches = scene.Git("branch", "--format=%(refname:short)").Trim(), changes = scene.Git("status", "--porcelain").Trim();
        string log = scene.Git("show", $"main:kitty-specs/{Scene.Mission}/status.events.jsonl");
        int done = log.Split('\n').Count(r => r.Contains("\"to_lane\": \"done\"", StringComparison.Ordinal));
        bool isLeft = Directory.Exists(scene.Root + "/.worktrees") && Directory.EnumerateFileSystemEntries(scene.Root + "/.worktrees").Any();
        return branches != "main" ? "branches are left: " + branches.ReplaceLineEndings(" ")
            : changes.Length > 0 ? "uncommitted: " + changes.ReplaceLineEndings(" ")
            : isLeft ? "worktrees are left"
            : done != scene.Kind.Wps ? $"{done} rows say done" : null;
    }

    private static Mutation WithEnvironment(Mutation mutation, params string[] environment) => mutation with { Environment = environment };

    /// <summary>Long enough for a checkpoint beside the lock (docs/adr/0011), which holds for this file only and so is made in each scene anew.</summary>
    private static Mutation Long(string name, Action<Scene>? checkpoint) =>
        Mutation.Status(name, Git, _ => Calls.Move("WP01", "blocked", "ann", Mutation.Tag), Lengthen, ("planned", "blocked")) with { DoneIs = Rejected, Warm = checkpoint ?? (_ => { }) };

    private static void Lengthen(Scene scene)
    {
        const int Length = 96 * 1024;
        const string Row = "{\"kind\": \"filler\", \"text\": \"0123456789012345678901234567890123456789\"}\n";
        File.AppendAllText(scene.Log, string.Concat(Enumerable.Repeat(Row, Length / Row.Length)));
    }

    private static Seen Noted(Scene scene) => Occurs(scene.TaskFile("WP01"), "ann: " + Mutation.Tag);

    private static Seen Occurs(string path, string text) => File.Exists(path) && File.ReadAllText(path).Contains(text, StringComparison.Ordinal) ? Seen.Done : Seen.Nothing;

    private static void WithWorktree(Scene scene) => scene.Prepare(Calls.Force("WP02", "blocked", "ann", "before"));

    private static void AllApproved(Scene scene)
    {
        for (int i = 1; i <= scene.Kind.Wps; i++)
        {
            scene.Prepare(Calls.Force(Templates.Wp(i), "approved", "ann", "before-" + i));
        }
    }

    private static void AllDone(Scene scene)
    {
        for (int i = 1; i <= scene.Kind.Wps; i++)
        {
            scene.Prepare(Calls.Force(Templates.Wp(i), "done", "ann", "before-" + i));
        }
    }

    private static void ToReview(Scene scene)
    {
        scene.Prepare(Calls.Start("WP01", "ann", "before-1"));
        scene.Prepare(Calls.ForReview("WP01", "ann", "before-2"));
    }

    private static void DropLastLineFeed(Scene scene)
    {
        using var log = new FileStream(scene.Log, FileMode.Open);
        log.SetLength(log.Length - 1);
    }
}
