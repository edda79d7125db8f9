using System;
using System.Globalization;
using SpecKitty.Contract;

namespace SpecKitty.Platform;

/// <summary>When a call must have answered, and how long it may wait for a lock. Milliseconds; both from the environment.</summary>
internal readonly struct Deadline
{
    private readonly long _end;

    public Deadline(int milliseconds)
    {
        Milliseconds = milliseconds;
        _end = Clock.MonotonicMilliseconds() + milliseconds;
    }

    /// <summary>The whole span, counted from the construction.</summary>
    public int Milliseconds { get; }

    /// <summary>What is left of it; 0 when it is over.</summary>
    public int Remaining
    {
        get
        {
            long left = _end - Clock.MonotonicMilliseconds();
            return left > 0 ? (int)left : 0;
        }
    }

    public bool IsOver => Remaining == 0;

    /// <summary>SPEC_KITTY_DEADLINE_MS from now on; the default where it is not a whole number above 0.</summary>
    public static Deadline FromEnvironment() =>
        new(Setting(EnvironmentVariables.DeadlineUtf8, EnvironmentVariables.DeadlineDefault, smallest: 1));

    /// <summary>SPEC_KITTY_LOCK_TIMEOUT_MS; 0 does not wait at all; the default where it is no whole number.</summary>
    public static int LockTimeout() => Setting(EnvironmentVariables.LockTimeoutUtf8, EnvironmentVariables.LockTimeoutDefault, smallest: 0);

    /// <summary>DEADLINE_EXCEEDED while <paramref name="activity"/>.</summary>
    public Failure Exceeded(string activity) =>
        new(ErrorCode.DeadlineExceeded, Messages.DeadlineExceeded(Milliseconds.ToString(CultureInfo.InvariantCulture), activity));

    private static int Setting(ReadOnlySpan<byte> name, int byDefault, int smallest)
    {
        string? text = Posix.Variable(name);
        return text is not null && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= smallest
            ? value
            : byDefault;
    }
}
