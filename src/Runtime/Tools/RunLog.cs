using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>The lane rows of a log in the order in which they take effect: by time and id as text, each id once (HOST §5).</summary>
internal sealed class RunLog : LogSink
{
    private readonly Items<RunMove> _moves = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private readonly ReadOnlyMemory<byte> _log;

    private RunLog(ReadOnlyMemory<byte> log) => _log = log;

    /// <summary>Reads a whole log.</summary>
    public static Result<Items<RunMove>> Read(ReadOnlyMemory<byte> bytes, string name, string path)
    {
        using var reader = new EventLogReader(bytes, LogPosition.First);
        var log = new RunLog(bytes);
        reader.Read(log, out _);
        if (reader.Fault != RowFault.None)
        {
            return LogFaults.Corrupt(reader.Fault, reader.Position, reader.FaultKey, reader.FaultColumn, name, path);
        }

        log._moves.Sort(static (a, b) => CodePointOrder.Compare(a.At, b.At) is not 0 and var order ? order : CodePointOrder.Compare(a.EventId, b.EventId));
        return log._moves;
    }

    public override bool Take(in LogRow row, LogPosition position)
    {
        if (row.Kind == RowKind.Lane && _ids.Add(JsonText.Text(row.EventId)))
        {
            var line = _log[(int)position.Offset..];
            int end = line.Span.IndexOf((byte)'\n');
            var reason = Text(end < 0 ? line : line[..end], LaneEventFields.Reason);
            _moves.Add(new RunMove
            {
                At = JsonText.Text(row.At),
                Time = LogTime.Parse(JsonText.Text(row.At)),
                EventId = JsonText.Text(row.EventId),
                WpId = JsonText.Text(row.WpId),
                From = row.From,
                To = row.To,
                Force = row.Force,
                IsRollback = row.IsRollback,
                Actor = row.Actor.Length > 1 && row.Actor[0] == (byte)'"' ? JsonText.OfToken(row.Actor) : JsonText.Text(row.Actor),
                Reason = reason,
            });
        }

        return true;
    }

    /// <summary>A member that is a text; null for anything else, and where the row has what only Python's reader takes.</summary>
    private static string? Text(ReadOnlyMemory<byte> line, ReadOnlySpan<byte> key)
    {
        var reader = new Utf8JsonReader(line.Span);
        if (line.Span.IndexOf(key) < 0 || !JsonDocument.TryParseValue(ref reader, out var document))
        {
            return null;
        }

        using (document)
        {
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String
                ? JsonText.OfToken(System.Text.Encoding.UTF8.GetBytes(value.GetRawText()))
                : null;
        }
    }
}
