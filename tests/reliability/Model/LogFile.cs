using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;

namespace SpecKitty.Reliability.Model;

/// <summary>
/// A reader of status.events.jsonl that shares nothing with the product: HOST §1.3.2 and DESIGN §7 as they are written, slow and plain.
/// </summary>
internal sealed class LogFile
{
    private static readonly string[] Required = ["event_id", "wp_id", "from_lane", "to_lane", "at", "actor", "force", "execution_mode"];

    private LogFile(byte[] bytes) => Bytes = bytes;

    public byte[] Bytes { get; }

    public List<LogRow> Rows { get; } = [];

    /// <summary>Rows of other kinds.</summary>
    public int Foreign { get; private set; }

    /// <summary>Bytes after the last LF that are no whole JSON value.</summary>
    public int TornTail { get; private set; }

    /// <summary>What makes the log unreadable, or null.</summary>
    public string? Problem { get; private set; }

    /// <summary>No file is an empty log.</summary>
    public static LogFile Read(string path) => Parse(File.Exists(path) ? File.ReadAllBytes(path) : []);

    public static LogFile Parse(byte[] bytes)
    {
        var log = new LogFile(bytes);
        int line = 0;
        for (int start = 0; start < bytes.Length && log.Problem is null;)
        {
            int length = bytes.AsSpan(start).IndexOf((byte)'\n');
            bool ended = length >= 0;
            length = ended ? length : bytes.Length - start;
            line++;
            log.Line(bytes.AsMemory(start, length), ended, line);
            start += length + 1;
        }

        return log;
    }

    /// <summary>The order in which every reader applies rows: by time and id as text, the first of equal ids only (HOST §5).</summary>
    public List<LogRow> Sorted()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rows = Rows.FindAll(r => seen.Add(r.EventId));
        var places = new Dictionary<LogRow, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < rows.Count; i++)
        {
            places[rows[i]] = i;
        }

        rows.Sort((a, b) => string.CompareOrdinal(a.At, b.At) is not 0 and var byTime ? byTime
            : string.CompareOrdinal(a.EventId, b.EventId) is not 0 and var byId ? byId : places[a].CompareTo(places[b]));
        return rows;
    }

    /// <summary>Lane and actor of every work package that has events.</summary>
    public Dictionary<string, WpState> Reduce()
    {
        var state = new Dictionary<string, WpState>(StringComparer.Ordinal);
        var last = new Dictionary<string, LogRow>(StringComparer.Ordinal);
        foreach (var row in Sorted())
        {
            if (last.TryGetValue(row.Wp, out var before) && before.At == row.At && IsRollback(before) && !IsRollback(row))
            {
                continue;
            }

            last[row.Wp] = row;
            state[row.Wp] = new WpState(row.To, row.Actor);
        }

        return state;
    }

    private static bool IsRollback(LogRow row) =>
        row.To == "in_progress" && (row.From == "in_review" || (row.From == "for_review" && row.ReviewRef is not null));

    private void Line(ReadOnlyMemory<byte> line, bool ended, int number)
    {
        if (line.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return;
        }

        JsonElement row;
        try
        {
            row = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 100_000 }).RootElement;
        }
        catch (JsonException error)
        {
            if (ended)
            {
                Problem = $"line {number}: {error.Message}";
            }
            else
            {
                TornTail = line.Length;
            }

            return;
        }

        if (row.ValueKind != JsonValueKind.Object)
        {
            Problem = $"line {number}: no object";
        }
        else if (IsForeign(row))
        {
            Foreign++;
        }
        else if (Array.Find(Required, key => !row.TryGetProperty(key, out _)) is { } missing)
        {
            Problem = $"line {number}: no {missing}";
        }
        else
        {
            string? tag = row.TryGetProperty("policy_metadata", out var policy) && policy.ValueKind == JsonValueKind.Object ? Text(policy, "orchestrator_id") : null;
            Rows.Add(new LogRow(
                Text(row, "event_id")!, Text(row, "wp_id")!, Text(row, "from_lane")!, Text(row, "to_lane")!, Text(row, "at")!, Text(row, "actor"),
                row.GetProperty("force").ValueKind == JsonValueKind.True, Text(row, "review_ref"), tag, Text(row, "reason")));
        }
    }

    private static bool IsForeign(JsonElement row) =>
        row.TryGetProperty("event_type", out _) || row.TryGetProperty("kind", out _)
        || (Text(row, "event_name") ?? "").StartsWith("retrospective.", StringComparison.Ordinal)
        || Text(row, "type") is "RetrospectiveCaptured" or "RetrospectiveCaptureFailed" or "RetrospectiveSkipped";

    private static string? Text(JsonElement row, string key) =>
        row.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
