namespace SpecKitty.Status;

/// <summary>Where a row stands.</summary>
internal readonly struct LogPosition
{
    public LogPosition(int line, long offset)
    {
        Line = line;
        Offset = offset;
    }

    public static LogPosition First => new(1, 0);

    /// <summary>From 1; every line feed counts.</summary>
    public int Line { get; }

    /// <summary>Of its first byte, from 0.</summary>
    public long Offset { get; }
}
