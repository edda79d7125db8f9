using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// A child with its three streams on pipes of ours, in a process group of its own, which ends with the deadline at the latest. Reading and writing go on at
/// the same time, so that neither side can block the other. One thread, no signal handler.
/// </summary>
internal sealed unsafe partial class ChildProcess : IDisposable
{
    /// <summary>What is kept of the error output: a message, not a log.</summary>
    private const int KeptErrorBytes = 64 * 1024;

    /// <summary>Milliseconds that a group has to end after SIGTERM before SIGKILL, after which git's lock files stay: enough for a busy machine to let it run.</summary>
    private const int Grace = 2000;

    /// <summary>
    /// Milliseconds that a signal to this process leaves the child to come to its end by itself, many times what git needs without hooks. Ended between making a lock file and
    /// taking note of it, git leaves it behind.
    /// </summary>
    private const int FinishingTime = 1000;

    /// <summary>Longest sleep, in milliseconds: how soon a signal to this process, or the end of a child on an old kernel, is noticed.</summary>
    private const int Slice = 50;

    private readonly ChildOutput _output = new(8 * 1024);
    private readonly ChildOutput _error = new(1024, KeptErrorBytes);
    private readonly Deadline _deadline;
    private readonly bool _isInterruptible;
    private readonly int _pid;
    private int _input;
    private int _outputEnd;
    private int _errorEnd;
    private int _process;
    private int _status;
    private bool _reaped;
    private int _unread;
    private long _interruptedAt = -1;

    private ChildProcess(int pid, int input, int output, int error, Deadline deadline, bool isInterruptible)
    {
        _pid = pid;
        _input = input;
        _outputEnd = output;
        _errorEnd = error;
        _process = SpawnNative.OpenProcess(pid);
        _deadline = deadline;
        _isInterruptible = isInterruptible;
    }

    /// <summary>How many children this process has started.</summary>
    public static int Started { get; private set; }

    /// <summary>What came on its output and was not taken yet.</summary>
    public ChildOutput Output => _output;

    /// <summary>What it said on its error output.</summary>
    public ReadOnlySpan<byte> ErrorOutput => _error.Span;

    /// <summary>The exit status; valid after <see cref="Finish"/>, and 0 when a signal ended it.</summary>
    public int ExitStatus => (_status >> 8) & 0xFF;

    /// <summary>The signal that ended it, 0 for none; valid after <see cref="Finish"/>.</summary>
    public int Signal => _status & 0x7F;

    /// <summary>Gives it <paramref name="bytes"/> to read.</summary>
    public Failure? Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int written = _input < 0 ? -Errno.BrokenPipe : Posix.Write(_input, bytes);
            if (written >= 0)
            {
                bytes = bytes[written..];
            }
            else if (written == -Errno.BrokenPipe)
            {
                // It ended or closed its input. What it says about that comes with its end.
                CloseInput();
                return null;
            }
            else if (written != -Errno.TryAgain)
            {
                return FileErrors.ToFailure("write to", "a child's input", written);
            }
            else if (Wait(forWriting: true) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    /// <summary>Tells it that there is no more to read.</summary>
    public void CloseInput() => Close(ref _input);

    /// <summary>Waits for more output: true when there is some, false when there will be none.</summary>
    public Result<bool> ReadMore()
    {
        int before = _output.Length;
        while (_output.Length == before)
        {
            if (_outputEnd < 0)
            {
                return false;
            }

            if (Wait(forWriting: false) is { } failure)
            {
                return failure;
            }
        }

        return true;
    }

    /// <summary>Reads everything to its end and waits for the child's.</summary>
    public Failure? Finish()
    {
        CloseInput();
        while (!_reaped || _outputEnd >= 0 || _errorEnd >= 0)
        {
            int ended = _reaped ? 0 : SpawnNative.TryReap(_pid, out _status);
            if (ended < 0)
            {
                // How it ended nobody can say, so nobody may take it for a success.
                Linger();
                return FileErrors.ToFailure("wait for", "a child", ended);
            }

            if (ended > 0)
            {
                _reaped = true;
                // What it wrote is in the pipes; something it left running may hold them open for ever.
                Drain(ref _outputEnd, _output);
                Drain(ref _errorEnd, _error);
                Close(ref _outputEnd);
                Close(ref _errorEnd);
                break;
            }

            if (Wait(forWriting: false) is { } failure)
            {
                return failure;
            }
        }

        // A part of what it said is nothing to go by.
        return _unread < 0 ? FileErrors.ToFailure("read", "a child's output", _unread) : null;
    }

    /// <summary>Lets it come to its end by itself, within the time that git needs at most; then ends it.</summary>
    public void Linger()
    {
        long end = Clock.MonotonicMilliseconds() + FinishingTime;
        int ended;
        while ((ended = SpawnNative.TryReap(_pid, out _status)) == 0 && Clock.MonotonicMilliseconds() < end)
        {
            Posix.Sleep(1_000_000);
        }

        _reaped = ended > 0;
        if (!_reaped)
        {
            End();
        }
    }

    /// <summary>Ends the whole group, if it still runs, and frees everything.</summary>
    public void Dispose()
    {
        // Before its input ends: it may have read a part, and would go to work on that.
        if (!_reaped)
        {
            End();
        }

        CloseInput();
        Close(ref _outputEnd);
        Close(ref _errorEnd);
        Close(ref _process);
    }

    /// <summary>SIGTERM, a moment's grace, SIGKILL; the leader is reaped in any case.</summary>
    private void End()
    {
        SpawnNative.KillGroup(_pid, SpawnNative.SigTerm);
        long end = Clock.MonotonicMilliseconds() + Grace;
        while (SpawnNative.TryReap(_pid, out _status) == 0)
        {
            if (Clock.MonotonicMilliseconds() >= end)
            {
                SpawnNative.KillGroup(_pid, SpawnNative.SigKill);
                SpawnNative.Reap(_pid, out _status);
                break;
            }

            Posix.Sleep(1_000_000);
        }

        _reaped = true;
        // What git had started outlives it by as long as it takes to remove locks; whoever is left after that ignored the signal. While one is left the group's id cannot be another's.
        while (SpawnNative.KillGroup(_pid, signal: 0) >= 0 && Clock.MonotonicMilliseconds() < end)
        {
            Posix.Sleep(1_000_000);
        }

        SpawnNative.KillGroup(_pid, SpawnNative.SigKill);
    }

    /// <summary>Waits until something can be done, reads what came; a failure ends the child.</summary>
    private Failure? Wait(bool forWriting)
    {
        Span<SpawnNative.PollEntry> entries =
        [
            new() { Descriptor = _outputEnd, Events = SpawnNative.PollIn },
            new() { Descriptor = _errorEnd, Events = SpawnNative.PollIn },
            new() { Descriptor = forWriting ? _input : -1, Events = SpawnNative.PollOut },
            new() { Descriptor = _process, Events = SpawnNative.PollIn },
        ];
        int left = _deadline.Remaining;
        var stop = left == 0 ? _deadline.Exceeded("git was running") : Interruption();
        if (stop is not null)
        {
            End();
            return stop;
        }

        bool endsUnseen = _process < 0 && _outputEnd < 0 && _errorEnd < 0;
        int result = SpawnNative.Poll(entries, endsUnseen ? 1 : Math.Min(left, Slice));
        if (result < 0 && result != -Errno.Interrupted)
        {
            return FileErrors.ToFailure("wait for", "a child", result);
        }

        if (result > 0)
        {
            if (entries[0].Returned != 0)
            {
                ReadOnce(ref _outputEnd, _output);
            }

            if (entries[1].Returned != 0)
            {
                ReadOnce(ref _errorEnd, _error);
            }
        }

        return null;
    }

    /// <summary>The signal that came, once the child has had its time to finish; null until then.</summary>
    private Failure? Interruption()
    {
        if (!_isInterruptible || Signals.Failure() is not { } signal)
        {
            return null;
        }

        long now = Clock.MonotonicMilliseconds();
        _interruptedAt = _interruptedAt < 0 ? now : _interruptedAt;
        return now - _interruptedAt >= FinishingTime ? signal : null;
    }

    private void Drain(ref int descriptor, ChildOutput into)
    {
        while (descriptor >= 0 && ReadOnce(ref descriptor, into))
        {
        }
    }

    /// <summary>One read; closes at the end, or where reading fails. False when there is nothing to read now.</summary>
    private bool ReadOnce(ref int descriptor, ChildOutput into)
    {
        int read = Posix.Read(descriptor, into.Free());
        if (read > 0)
        {
            into.Added(read);
            return true;
        }

        if (read != -Errno.TryAgain)
        {
            _unread = read < 0 ? read : _unread;
            Close(ref descriptor);
        }

        return false;
    }

    private static void Close(ref int descriptor)
    {
        if (descriptor >= 0)
        {
            Posix.Close(descriptor);
        }

        descriptor = -1;
    }
}
