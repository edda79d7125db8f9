using System;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Model;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>What has to hold after a call was disturbed, whatever it answered. Each check returns the problem, or null.</summary>
internal sealed class Aftermath
{
    private readonly Mutation _mutation;
    private readonly Scene _scene;
    private readonly TreeState _before;
    private readonly byte[] _log;
    private readonly int _wholeLength;
    private readonly string[] _ignored;

    /// <summary>To be made before the call.</summary>
    /// <param name="mutation">The call.</param>
    /// <param name="scene">Where it is made.</param>
    /// <param name="ignored">Parts of paths that are the trial's own business.</param>
    public Aftermath(Mutation mutation, Scene scene, params string[] ignored)
    {
        _mutation = mutation;
        _ignored = ignored;
        _scene = scene;
        _before = TreeState.Of(scene);
        _log = File.Exists(scene.Log) ? File.ReadAllBytes(scene.Log) : [];
        _wholeLength = _log.Length - LogFile.Parse(_log).TornTail;
    }

    /// <summary>What the scene shows now.</summary>
    public Seen Seen { get; private set; }

    /// <summary>An answered call: the envelope is true.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="withoutDirectory">Whether it was the working directory that could not be told.</param>
    public string? Answered(Answer answer, bool withoutDirectory = false)
    {
        if (answer.Hung)
        {
            return "it hung";
        }

        if (answer.Envelope.Problem is { } problem)
        {
            return "no envelope: " + problem;
        }

        if (Unharmed() is { } harm)
        {
            return harm;
        }

        string effect = answer.Succeeded ? "committed" : answer.Envelope.Effect;
        if (answer.Envelope.Reason == "INTERNAL_ERROR")
        {
            return "INTERNAL_ERROR";
        }

        // Without a working directory there is no project to find anything in.
        if (!withoutDirectory && answer.Envelope.Reason is ("MISSION_NOT_FOUND" or "WP_NOT_FOUND" or "EVENT_LOG_CORRUPT" or "PROJECT_SCHEMA_UNSUPPORTED" or "TASK_FILE_INVALID" or "META_INVALID" or "LANES_INVALID" or "USAGE_ERROR"))
        {
            return "a fault of the machine is blamed on the caller or the files: " + answer.Envelope.Reason;
        }

        // What may be an answer for want of git is no word on the files, and lasts as long as the want.
        if (!withoutDirectory && effect == "none" && answer.Envelope.Reason != "GIT_NOT_FOUND" && answer.Envelope.Flag("retryable") == false)
        {
            return "a fault that has passed is called lasting: " + answer.Envelope.Reason;
        }

        return (effect, Seen) switch
        {
            ("committed", Seen.Done) => answer.Succeeded ? Recorded() : null,
            ("indeterminate", _) => null,
            ("none", Seen.Nothing) => Untouched() is { Length: > 0 } changes ? "effect none, yet " + changes : null,
            _ => $"{(answer.Succeeded ? "success" : "effect " + effect)}, and the scene shows {Seen}",
        };
    }

    /// <summary>Nothing that was acknowledged before is lost, and the log can be read.</summary>
    public string? Unharmed()
    {
        byte[] now = LogNow();
        if (now.Length < _wholeLength || !now.AsSpan(0, _wholeLength).SequenceEqual(_log.AsSpan(0, _wholeLength)))
        {
            return "rows that were there are gone or changed";
        }

        var log = LogFile.Parse(now);
        if (log.Problem is { } problem)
        {
            return "the log is broken: " + problem;
        }

        if (_scene.Kind.Git ? Directory.Exists(_scene.Root + "/.kittify/spec-kitty-locks") : Directory.Exists(_scene.Root + "/.git"))
        {
            return "it took another lock than everyone else";
        }

        if (!TornTailIsKept(now))
        {
            return "the torn tail is gone";
        }

        Seen = _mutation.Observe(_scene);
        return null;
    }

    /// <summary>The log; of a mission that has landed, where it landed.</summary>
    private byte[] LogNow()
    {
        if (File.Exists(_scene.Log))
        {
            return File.ReadAllBytes(_scene.Log);
        }

        string landed = _scene.MissionDirectory + "/status.events.jsonl";
        return _mutation.Settled is not null && _log.Length > 0 && File.Exists(landed) ? File.ReadAllBytes(landed) : [];
    }

    /// <summary>The same call again, undisturbed: it succeeds, or is refused as such a call is that is done; and nothing is left lying about.</summary>
    public string? Again()
    {
        bool wasDone = Seen == Seen.Done;
        var answer = _scene.Call(_mutation.Argv(_scene), null, _mutation.Environment).Run();
        if (answer.Envelope.Problem is { } bad)
        {
            return $"the retry gave no envelope: {bad} {answer}";
        }

        if (!answer.Succeeded && !(wasDone && answer.Envelope.Reason == _mutation.DoneIs && answer.Envelope.Effect == "none"))
        {
            return "the retry failed: " + answer;
        }

        if (Unharmed() is { } harm)
        {
            return "after the retry " + harm;
        }

        if (Seen != Seen.Done)
        {
            return $"after the retry the scene shows {Seen}";
        }

        if (_mutation.Settled is { } settled)
        {
            string left = string.Join(' ', TreeState.Of(_scene).Leftovers());
            return left.Length > 0 ? "left behind: " + left : settled(_scene) ?? States.Differ(_scene);
        }

        if (Tidy() is { } untidy)
        {
            return untidy;
        }

        if (!_scene.Kind.Coordination)
        {
            return null;
        }

        // Rows that a killed call had no time to commit go with the next commit.
        _scene.Prepare(Calls.Force("WP03", "planned", "sweeper", "sweeper-2"));
        return !_scene.CommittedLog().AsSpan().SequenceEqual(File.ReadAllBytes(_scene.Log)) ? "after two more calls there are rows in no commit" : null;
    }

    /// <summary>No temporary file or stale lock once another call has changed something, and what the executable tells is what the log says.</summary>
    public string? Tidy()
    {
        if (TreeState.Of(_scene).Leftovers().Any())
        {
            _scene.Prepare(Calls.Force("WP03", "blocked", "sweeper", "sweeper"));
        }

        string left = string.Join(' ', TreeState.Of(_scene).Leftovers());
        return left.Length > 0 ? "left behind: " + left : States.Differ(_scene);
    }

    /// <summary>With a coordination branch, what is in its worktree's log is in its tip.</summary>
    private string? Recorded() =>
        _scene.Kind.Coordination && _mutation.WritesLog && !_scene.CommittedLog().AsSpan().SequenceEqual(File.ReadAllBytes(_scene.Log)) ? "success, and the rows are in no commit" : null;

    /// <summary>What was answered, what is seen of it, and every file that is not as it was: two runs with one trail left the same behind.</summary>
    public string Trail(Answer answer) => $"{answer.Envelope.Reason} {answer.Envelope.Effect} {Seen} {string.Join(' ', _before.Changes(TreeState.Of(_scene)))}";

    public string Untouched() => string.Join(", ", _before.Changes(TreeState.Of(_scene), [.. _mutation.MayChange, .. _ignored]));

    private bool TornTailIsKept(byte[] now)
    {
        var torn = _log.AsSpan(_wholeLength);
        if (torn.IsEmpty || (now.Length >= _log.Length && now.AsSpan(_wholeLength, torn.Length).SequenceEqual(torn)))
        {
            return true;
        }

        byte[] wanted = torn.ToArray();
        return Directory.EnumerateFiles(_scene.StatusDirectory, "status.events.jsonl.torn-*").Any(f => File.ReadAllBytes(f).AsSpan().SequenceEqual(wanted));
    }
}
