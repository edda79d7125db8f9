using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// The same for commands that only read: they tell the truth or they fail. Nothing is ever written, an unreadable log is no empty log,
/// and no work package is called ready because its dependencies could not be read.
/// </summary>
internal sealed class ReadFaults : Part
{
    private static readonly string[] Errors = ["EIO", "EMFILE", "ENFILE", "ENOMEM", "EACCES", "ELOOP", "EINTR", "ESTALE"];

    public override string Name => "read-faults";

    public override string Subject => "each system call of each reading command fails with each errno";

    public override void Run(Options options, Report report)
    {
        var kind = new SceneKind(Git: true, Chain: true);
        var trials = new List<(string[] Argv, string Call, int First, string Error, string Truth)>();
        foreach (string[] argv in new[] { Calls.State(), Calls.Ready(), ["contract-version"] })
        {
            using var scene = MakeScene(kind);
            string truth = Normal(scene.Call(argv).Run().Envelope.Data);
            foreach (var (call, first) in Tracing.OwnCalls(scene, argv))
            {
                var errors = options.Scale == Scale.Sample ? [Errors[(trials.Count + options.Seed) % Errors.Length]] : Errors;
                trials.AddRange(errors.Select(e => (argv, call, first, e, truth)));
            }
        }

        Work.Each(trials, options.Jobs, trial =>
        {
            using var scene = MakeScene(kind);
            var before = TreeState.Of(scene.Root);
            const int Sane = 1000;
            for (int n = trial.First; n < Sane && Try(report, scene, before, trial, n); n++)
            {
            }
        });
    }

    private static Scene MakeScene(SceneKind kind)
    {
        var scene = new Scene(kind);
        scene.Prepare(Calls.Start("WP01", "ann", "before"));
        return scene;
    }

    private static bool Try(Report report, Scene scene, TreeState before, (string[] Argv, string Call, int First, string Error, string Truth) trial, int number)
    {
        string trace = scene.Top + "/trace";
        var answer = scene.Call(trial.Argv, Tracing.Disturb(trace, trial.Call, "error=" + trial.Error, number)).Run();
        var traced = Tracing.Read(trace, trial.Call, number);
        bool lost = traced.Line.StartsWith("write(1<", StringComparison.Ordinal) && trial.Error != "EINTR";
        string? problem = lost ? (answer.Output.Length == 0 ? null : "a partial answer") : Judge(answer, trial, report);
        problem ??= string.Join(", ", before.Changes(TreeState.Of(scene.Root))) is { Length: > 0 } changes ? "a read wrote: " + changes : null;
        report.Case(problem, $"{trial.Argv[0]}: {trial.Call} number {number} fails with {trial.Error}", traced.Line + "\n     " + answer);
        return traced.Fired;
    }

    private static string? Judge(Answer answer, (string[] Argv, string Call, int First, string Error, string Truth) trial, Report report)
    {
        string truth = trial.Truth, command = trial.Argv[0];
        var envelope = answer.Envelope;
        if (envelope.Problem is { } problem)
        {
            return problem;
        }

        if (!envelope.Success)
        {
            report.Tally("· " + envelope.Reason);
            return envelope.Effect != "none" ? "effect " + envelope.Effect
                : envelope.Reason is "IO_FAILED" ? null
                : envelope.Reason == "MISSION_NOT_FOUND" && trial.Call == "getcwd" ? null : "a fault of the machine is called " + envelope.Reason;
        }

        if (Normal(envelope.Data) == truth)
        {
            report.Tally("· the truth");
            return null;
        }

        report.Tally("· a part of the truth, with a warning");
        bool warned = envelope.Data.TryGetProperty("warnings", out var warnings) && warnings.GetArrayLength() > 0;
        return !warned ? "not the truth, and no warning: " + Normal(envelope.Data)
            : command == "list-ready" && Ids(envelope.Data).Except(Ids(JsonDocument.Parse(truth).RootElement)).Any() ? "ready, and not so: " + Normal(envelope.Data)
            : command == "mission-state" && Lanes(envelope.Data) != Lanes(JsonDocument.Parse(truth).RootElement) ? "other lanes: " + Normal(envelope.Data)
            : null;
    }

    private static IEnumerable<string?> Ids(JsonElement data) => data.GetProperty("ready_work_packages").EnumerateArray().Select(w => w.GetProperty("wp_id").GetString());

    private static string Lanes(JsonElement data) =>
        string.Join(' ', data.GetProperty("work_packages").EnumerateArray().Select(w => w.GetProperty("wp_id").GetString() + "=" + w.GetProperty("lane").GetString()));

    private static string Normal(JsonElement data) => data.ValueKind == JsonValueKind.Undefined ? "" : data.GetRawText();
}
