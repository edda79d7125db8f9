using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>
/// Callers that close stdin, stdout or stderr, that give a full disk or a reader that has gone for stdout: what the call does to the
/// project is done or not, whole, and no file of the project is taken for stdout.
/// </summary>
internal sealed class Descriptors : Part
{
    public override string Name => "descriptors";

    public override string Subject => "closed standard descriptors, /dev/full and /dev/null as stdout";

    public override void Run(Options options, Report report)
    {
        Work.Each(options.Share(Mutations.All.Where(m => options.Matches(m.Name)), 4), options.Jobs, mutation =>
        {
            for (int closed = 1; closed < 8; closed++)
            {
                using var scene = mutation.Arrange();
                var aftermath = new Aftermath(mutation, scene);
                var call = scene.Call(mutation.Argv(scene), null, mutation.Environment);
                var answer = new Launch { Argv = call.Argv, Directory = call.Directory, Environment = call.Environment, StandardInputFile = call.StandardInputFile, Closed = closed }.Run();
                bool isMute = (closed & 2) != 0, lacksInput = (closed & 1) != 0 && scene.Input is not null;
                string? problem = isMute ? Mute(aftermath, answer) : lacksInput ? WithoutInput(aftermath, answer) : aftermath.Answered(answer);
                report.Case(problem ?? aftermath.Again(), $"{mutation.Name}: closed descriptors, mask {closed}", answer);
            }

            foreach (string output in new[] { "/dev/full", "/dev/null" })
            {
                using var scene = mutation.Arrange();
                var aftermath = new Aftermath(mutation, scene);
                var call = scene.Call(mutation.Argv(scene), null, mutation.Environment);
                var answer = new Launch { Argv = call.Argv, Directory = call.Directory, Environment = call.Environment, StandardInputFile = call.StandardInputFile, StandardOutputFile = output }.Run();
                report.Case(Mute(aftermath, answer) ?? aftermath.Again(), $"{mutation.Name}: stdout is {output}", answer);
            }
        });
    }

    /// <summary>Whoever gives it nothing to read is told so.</summary>
    private static string? WithoutInput(Aftermath aftermath, Answer answer) =>
        aftermath.Unharmed() ?? answer.Envelope.Problem
            ?? (answer.Envelope.Reason != "USAGE_ERROR" ? "a call that was given nothing is answered with " + answer.Envelope.Reason
                : aftermath.Seen != Seen.Nothing ? $"the scene shows {aftermath.Seen}"
                : aftermath.Untouched() is { Length: > 0 } changes ? changes : null);

    private static string? Mute(Aftermath aftermath, Answer answer) =>
        answer.Hung ? "it hung" : aftermath.Unharmed()
            ?? (aftermath.Seen == Seen.Wrong ? "a part of the call took effect"
                : answer.ExitCode == 0 && aftermath.Seen != Seen.Done ? "exit 0, and nothing done"
                : answer.ExitCode != 0 && aftermath.Seen == Seen.Done ? $"exit {answer.ExitCode}, and it is done" : null);
}
