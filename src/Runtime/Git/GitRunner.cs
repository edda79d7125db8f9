using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// Runs git in one directory: found once, its environment cleaned, its output captured and never inherited, ended with the deadline (DESIGN §9). A status
/// other than 0 is an outcome; only what keeps git from running at all, or from ending in time, is a failure.
/// </summary>
internal sealed class GitRunner : IDisposable
{
    /// <summary>Milliseconds that git waits for a lock on a reference that another git holds; git's own defaults are 100 and 1000.</summary>
    private const string LockWait = "5000";

    /// <summary>Milliseconds that taking back may need beyond a deadline that is over.</summary>
    private const int UndoGrace = 3000;

    private readonly string _executable;
    private readonly GitEnvironment _environment;
    private readonly string _directory;
    private Deadline _deadline;

    private GitRunner(string executable, GitEnvironment environment, string directory, Deadline deadline)
    {
        _executable = executable;
        _environment = environment;
        _directory = directory;
        _deadline = deadline;
    }

    /// <summary>After a signal to this process no git is started and one that hangs is ended, and the call with it. Off once refs have moved: then the call is finished.</summary>
    public bool IsInterruptible { get; set; } = true;

    public Deadline Deadline => _deadline;

    /// <summary>
    /// What is run from here on takes back what the call did: the signal or the deadline that made it necessary does not stop it, and it has a moment of its own.
    /// </summary>
    public void BeginUndo()
    {
        IsInterruptible = false;
        if (_deadline.Remaining < UndoGrace)
        {
            _deadline = new Deadline(UndoGrace);
        }
    }

    /// <summary>A runner for <paramref name="directory"/>, with this process's environment.</summary>
    public static Result<GitRunner> Create(string directory, Deadline deadline) =>
        GitEnvironment.OfThisProcess().Try(out var environment, out var failure) ? Create(directory, deadline, environment) : failure;

    /// <summary>A runner with an environment of the caller's choice, which it then owns.</summary>
    public static Result<GitRunner> Create(string directory, Deadline deadline, GitEnvironment environment) =>
        GitExecutable.Find(environment.Find("PATH")).Try(out string? executable, out var failure)
            ? new GitRunner(executable, environment, directory, deadline)
            : failure;

    /// <summary>Runs a command to its end, with nothing to read.</summary>
    public Result<GitOutcome> Run(params ReadOnlySpan<string> arguments) => Run(default, arguments);

    /// <summary>Runs a command to its end.</summary>
    public Result<GitOutcome> Run(GitOptions options, params ReadOnlySpan<string> arguments)
    {
        if (!Start(options, arguments).Try(out var running, out var failure))
        {
            return failure;
        }

        using (running)
        {
            return running.Finish();
        }
    }

    /// <summary>Starts a command; its input is written, and stays open if <see cref="GitOptions.KeepInputOpen"/> says so.</summary>
    public Result<GitProcess> Start(GitOptions options, params ReadOnlySpan<string> arguments)
    {
        if (IsInterruptible && Signals.Failure() is { } signal)
        {
            return signal;
        }

        string directory = options.Directory ?? _directory;
        string[] undisturbed = options.IndexFile is null ? [] : ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"];
        string[] all =
        [
            "git", "-C", directory, "-c", "core.fsync=committed", "-c", "core.filesRefLockTimeout=" + LockWait, "-c", "core.packedRefsTimeout=" + LockWait,
            .. undisturbed, .. options.Configuration, .. arguments,
        ];
        using var native = new NativeStrings(all);
        var environment = options.IndexFile is { } index ? _environment.WithIndex(index) : options.RunsHooks ? _environment.Localized : _environment.Plain;
        bool hasInput = options.KeepInputOpen || !options.Input.IsEmpty;
        if (!ChildProcess.Start(_executable, native, environment, hasInput, options.HeldLock, _deadline, IsInterruptible).Try(out var child, out var failure))
        {
            return failure;
        }

        var process = new GitProcess(child, NameOf(arguments));
        failure = options.Input.IsEmpty ? null : child.Write(options.Input.Span);
        if (failure is not null)
        {
            child.Linger();
            process.Dispose();
            return failure;
        }

        if (!options.KeepInputOpen)
        {
            child.CloseInput();
        }

        return process;
    }

    public void Dispose() => _environment.Dispose();

    /// <summary>The subcommand, for messages.</summary>
    private static string NameOf(ReadOnlySpan<string> arguments)
    {
        foreach (string argument in arguments)
        {
            if (!argument.StartsWith('-'))
            {
                return argument;
            }
        }

        return "";
    }
}
