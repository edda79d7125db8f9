using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Model;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// What a power cut can leave: the rows of one append cut off at each byte, or their end replaced by zeros. Reads answer from the whole
/// rows and write nothing, the next mutation works, and not a byte of what was there is gone.
/// </summary>
internal sealed class TornTails : Part
{
    public override string Name => "torn-tails";

    public override string Subject => "the last append cut off at each byte, or its end zeroed";

    public override void Run(Options options, Report report)
    {
        byte[] before, after;
        using (var scene = new Scene(new SceneKind()))
        {
            before = File.ReadAllBytes(scene.Log);
            scene.Prepare(Calls.Start("WP01", "ann", Mutation.Tag));
            after = File.ReadAllBytes(scene.Log);
        }

        int step = options.Count(23, 3, 1);
        var cuts = Enumerable.Range(before.Length, after.Length - before.Length).Where(i => (i - before.Length) % step == 0 || i >= after.Length - 3 || after[i] == '\n' || after[i - 1] == '\n').ToList();
        var trials = cuts.SelectMany(cut => new[] { (Cut: cut, Zeros: false), (Cut: cut, Zeros: true) }).ToList();
        Work.Each(trials, options.Jobs, trial =>
        {
            byte[] damaged = trial.Zeros ? [.. after[..trial.Cut], .. new byte[after.Length - trial.Cut]] : after[..trial.Cut];
            report.Case(Try(damaged), $"cut at byte {trial.Cut} of {after.Length}{(trial.Zeros ? ", zeros behind" : "")}");
        });
        report.Figure("bytes of the append", (after.Length - before.Length).ToString(CultureInfo.InvariantCulture));
    }

    private static string? Try(byte[] damaged)
    {
        using var scene = new Scene(new SceneKind());
        File.WriteAllBytes(scene.Log, damaged);
        var log = LogFile.Parse(damaged);
        if (log.Problem is not null)
        {
            return "a bad trial: " + log.Problem;
        }

        var tree = TreeState.Of(scene.Root);
        if (States.Differ(scene) is { } difference)
        {
            return difference;
        }

        if (tree.Changes(TreeState.Of(scene.Root)) is { Count: > 0 } changes)
        {
            return "a read wrote: " + string.Join(' ', changes);
        }

        var answer = scene.Call(Calls.Force("WP02", "blocked", "bob", "next")).Run();
        if (!answer.Succeeded)
        {
            return "the next mutation fails: " + answer;
        }

        int whole = damaged.Length - log.TornTail;
        byte[] now = File.ReadAllBytes(scene.Log);
        if (!now.AsSpan(0, whole).SequenceEqual(damaged.AsSpan(0, whole)))
        {
            return "whole rows are gone";
        }

        List<string> aside = [.. Directory.EnumerateFiles(scene.MissionDirectory, "status.events.jsonl.torn-*")];
        return log.TornTail == 0 && aside.Count > 0 ? "something was moved aside for nothing"
            : log.TornTail > 0 && (aside.Count != 1 || !File.ReadAllBytes(aside[0]).AsSpan().SequenceEqual(damaged.AsSpan(whole))) ? "the torn tail was not moved aside as it was"
            : scene.ReadLog().Rows.Count != log.Rows.Count + 1 ? "the new row is not there, or not alone"
            : States.Differ(scene);
    }
}
