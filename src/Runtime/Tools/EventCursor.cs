using System;
using System.Globalization;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>
/// A place in a log: behind a row, of which the length and a hash are part, so that a log in which another row stands there is not taken for the same.
/// Callers keep it as it is; it survives everything that adds rows.
/// </summary>
/// <param name="Offset">The first byte behind the row.</param>
/// <param name="Line">The line that the offset is in.</param>
/// <param name="Length">Bytes of the row before it, with its line feed if it has one.</param>
/// <param name="Hash">Of these bytes without the line feed.</param>
internal readonly record struct EventCursor(long Offset, int Line, int Length, ulong Hash)
{
    private const string Version = "e1";

    /// <summary>The beginning of every log.</summary>
    public static EventCursor First => new(0, 1, 0, 0);

    /// <summary>Where the row before it begins.</summary>
    public long RowStart => Offset - Length;

    public LogPosition Position => new(Line, Offset);

    /// <summary>As callers get it.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{Version}-{Offset:x}-{Line:x}-{Length:x}-{Hash:x16}");

    /// <summary>The cursor of a text; false for a text that was never one.</summary>
    public static bool TryParse(string text, out EventCursor cursor)
    {
        cursor = First;
        Span<Range> parts = stackalloc Range[6];
        var span = text.AsSpan();
        if (span.Split(parts, '-') != 5 || !span[parts[0]].SequenceEqual(Version)
            || !long.TryParse(span[parts[1]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long offset)
            || !int.TryParse(span[parts[2]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int line)
            || !int.TryParse(span[parts[3]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int length)
            || !ulong.TryParse(span[parts[4]], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash)
            || offset < 0 || line < 1 || length < 0 || length > offset)
        {
            return false;
        }

        cursor = new EventCursor(offset, line, length, hash);
        return true;
    }

    /// <summary>FNV-1a: not against forgery, which needs no log.</summary>
    public static ulong HashOf(ReadOnlySpan<byte> row)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in row)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash;
    }
}
