using System;
using System.Buffers;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// The union of two event logs (HOST §6.9, DESIGN §9): every row of either, once. Rows are the same when their ids are, and then they must say the same;
/// rows without an id are the same when their bytes are. Rows of unknown kinds are kept like any other, byte for byte.
/// </summary>
internal static class EventLogMerge
{
    /// <summary>The union, sorted by (<c>at</c> or <c>timestamp</c>, id); the same whichever log is given first.</summary>
    /// <param name="ours">A log, and what messages call it.</param>
    /// <param name="theirs">Another, and what messages call it.</param>
    /// <param name="merged">The union's bytes.</param>
    /// <returns>Null, or why there is no union.</returns>
    public static string? TryMerge((ReadOnlyMemory<byte> Bytes, string Name) ours, (ReadOnlyMemory<byte> Bytes, string Name) theirs, out ReadOnlyMemory<byte> merged)
    {
        merged = default;
        var rows = new Rows();
        if ((rows.Add(ours.Bytes, ours.Name) ?? rows.Add(theirs.Bytes, theirs.Name)) is { } problem)
        {
            return problem;
        }

        rows.All.Sort(static (a, b) => a.CompareTo(b));
        merged = Write(rows.All);
        return null;
    }

    /// <summary>The rows of <paramref name="other"/> that <paramref name="log"/> lacks, sorted, to be appended to it; empty for none.</summary>
    /// <returns>Null, or why the two do not go together.</returns>
    public static string? TryMissing((ReadOnlyMemory<byte> Bytes, string Name) log, (ReadOnlyMemory<byte> Bytes, string Name) other, out ReadOnlyMemory<byte> missing)
    {
        missing = default;
        // The usual case: a branch has the log as it was when the branch was made.
        if (log.Bytes.Span.StartsWith(other.Bytes.Span) && (other.Bytes.IsEmpty || other.Bytes.Span[^1] == (byte)'\n'))
        {
            return null;
        }

        // In a log by itself the first of two rows with one id counts (HOST §5.1); it is no business of a merge.
        var rows = new Rows();
        if (rows.Add(log.Bytes, log.Name, firstCounts: true) is { } problem)
        {
            return problem;
        }

        int known = rows.All.Count;
        if (rows.Add(other.Bytes, other.Name) is { } conflict)
        {
            return conflict;
        }

        var added = rows.All.Part(known, rows.All.Count);
        added.Sort(static (a, b) => a.CompareTo(b));
        missing = Write(added);
        return null;
    }

    private static ReadOnlyMemory<byte> Write(Items<Row> rows)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        foreach (var row in rows)
        {
            output.Write(row.Line.Span);
            output.Write("\n"u8);
        }

        return output.WrittenMemory;
    }

    /// <summary>A row, and what it is sorted by.</summary>
    private sealed record Row(ReadOnlyMemory<byte> Line, byte[] At, byte[] Id)
    {
        public int CompareTo(Row other)
        {
            int order = At.AsSpan().SequenceCompareTo(other.At);
            order = order != 0 ? order : Id.AsSpan().SequenceCompareTo(other.Id);
            return order != 0 ? order : Line.Span.SequenceCompareTo(other.Line.Span);
        }

        /// <summary>Whether both say the same, however they are spelled.</summary>
        public bool SaysTheSameAs(Row other)
        {
            if (Line.Span.SequenceEqual(other.Line.Span))
            {
                return true;
            }

            try
            {
                var options = new JsonDocumentOptions { MaxDepth = JsonScanner.MaxDepth };
                using var mine = JsonDocument.Parse(Line, options);
                using var others = JsonDocument.Parse(other.Line, options);
                return JsonElement.DeepEquals(mine.RootElement, others.RootElement);
            }
            catch (Exception problem) when (problem is JsonException or InvalidOperationException)
            {
                // What only Python reads as JSON (NaN, half of a surrogate pair) is compared by its bytes.
                return false;
            }
        }
    }

    private sealed class Rows
    {
        private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);

        public Items<Row> All { get; } = [];

        /// <summary>Takes the rows of a log; null, or what is wrong with one.</summary>
        public string? Add(ReadOnlyMemory<byte> log, string name, bool firstCounts = false)
        {
            byte[] scratch = [];
            for (int line = 1; !log.IsEmpty; line++)
            {
                int end = log.Span.IndexOf((byte)'\n');
                var row = Trim(end < 0 ? log : log[..end]);
                log = end < 0 ? default : log[(end + 1)..];
                if (!row.IsEmpty && Add(row, firstCounts, ref scratch) is { } problem)
                {
                    return Messages.EventLogUnmergeable(name, line.ToString(CultureInfo.InvariantCulture), problem);
                }
            }

            return null;
        }

        private string? Add(ReadOnlyMemory<byte> line, bool firstCounts, ref byte[] scratch)
        {
            if (!Utf8.IsValid(line.Span))
            {
                return Messages.RowNotUtf8();
            }

            if (!TryRead(line, ref scratch, out var row))
            {
                return Messages.RowNotObject();
            }

            // Behind a mark that no id has, rows without one.
            string key = row.Id.Length != 0 ? JsonText.Text(row.Id) : "\n" + System.Text.Encoding.UTF8.GetString(line.Span);
            if (!_known.TryGetValue(key, out int at))
            {
                _known[key] = All.Count;
                All.Add(row);
                return null;
            }

            if (firstCounts)
            {
                return null;
            }

            if (!All[at].SaysTheSameAs(row))
            {
                return Messages.EventIdConflict(key);
            }

            // Two spellings of one row: whichever side it came from, the same one stays.
            All[at] = All[at].CompareTo(row) <= 0 ? All[at] : row;
            return null;
        }

        private static bool TryRead(ReadOnlyMemory<byte> line, ref byte[] scratch, out Row row)
        {
            row = new Row(line, [], []);
            var text = line.Span;
            var json = new JsonScanner(text, noControls: false);
            if (!json.TryTake((byte)'{'))
            {
                return false;
            }

            JsonSlice id = default, at = default, timestamp = default;
            if (!json.TryTake((byte)'}'))
            {
                do
                {
                    if (!json.TryKey(out var key) || !json.TryValue(out var value))
                    {
                        return false;
                    }

                    var name = Unescape(text, key, ref scratch);
                    if (name.SequenceEqual(LaneEventFields.EventId))
                    {
                        id = value;
                    }
                    else if (name.SequenceEqual(LaneEventFields.At))
                    {
                        at = value;
                    }
                    else if (name.SequenceEqual(ForeignKeys.Timestamp))
                    {
                        timestamp = value;
                    }
                }
                while (json.TryTake((byte)','));
                if (!json.TryTake((byte)'}'))
                {
                    return false;
                }
            }

            if (!json.AtEnd())
            {
                return false;
            }

            byte[] time = Text(text, at, ref scratch);
            row = new Row(line, time.Length != 0 ? time : Text(text, timestamp, ref scratch), Text(text, id, ref scratch));
            return true;
        }

        /// <summary>A string's content; empty for anything else.</summary>
        private static byte[] Text(ReadOnlySpan<byte> line, JsonSlice value, ref byte[] scratch) =>
            value.IsPresent && line[value.Start] == (byte)'"' ? Unescape(line, value, ref scratch).ToArray() : [];

        private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> line, JsonSlice token, ref byte[] scratch)
        {
            var inside = line.Slice(token.Start + 1, token.Length - 2);
            if (!token.IsEscaped)
            {
                return inside;
            }

            if (scratch.Length < inside.Length)
            {
                scratch = new byte[inside.Length];
            }

            return scratch.AsSpan(0, JsonText.Unescape(inside, scratch));
        }

        private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
        {
            const byte Space = (byte)' ', Tab = (byte)'\t', Return = (byte)'\r';
            var span = line.Span;
            int start = span.IndexOfAnyExcept(Space, Tab, Return);
            return start < 0 ? default : line[start..(span.LastIndexOfAnyExcept(Space, Tab, Return) + 1)];
        }
    }
}
