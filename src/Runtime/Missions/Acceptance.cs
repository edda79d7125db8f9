using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace SpecKitty.Missions;

/// <summary>The acceptance that meta.json records (HOST §6.8): who accepted the mission, when, and the last twenty times.</summary>
internal static class Acceptance
{
    /// <summary>What this interface writes as acceptance_mode; its answers say "auto".</summary>
    public const string Mode = "orchestrator";

    private const int KeptEntries = 20;

    /// <summary>When <paramref name="actor"/> accepted it, if that is the latest acceptance; else null.</summary>
    public static string? LatestBy(JsonObjectEdit meta, string actor) =>
        TextOf(meta.Find(MetaKeys.AcceptedBy)) == actor && TextOf(meta.Find(MetaKeys.AcceptedAt)) is { Length: > 0 } at ? at : null;

    /// <summary>Records an acceptance.</summary>
    /// <returns>Null, or what is wrong with meta.json.</returns>
    public static string? Record(JsonObjectEdit meta, string actor, string at)
    {
        if (!TryHistory(meta.Find(MetaKeys.AcceptanceHistory), out var history))
        {
            return $"{MetaKeys.AcceptanceHistory} is no list";
        }

        byte[] mode = JsonObjectEdit.Text(Mode), by = JsonObjectEdit.Text(actor), when = JsonObjectEdit.Text(at);
        string? indent = meta.Indent;
        history.Add(Entry(mode, when, by, indent));
        if (history.Count > KeptEntries)
        {
            history.RemoveRange(0, history.Count - KeptEntries);
        }

        meta.Set(MetaKeys.AcceptanceHistory, List(history, indent));
        meta.Set(MetaKeys.AcceptanceMode, mode);
        meta.Set(MetaKeys.AcceptedAt, when);
        meta.Set(MetaKeys.AcceptedBy, by);
        meta.Remove(MetaKeys.AcceptedFromCommit);
        meta.Remove(MetaKeys.AcceptCommit);
        return null;
    }

    /// <summary>The entries as they stand.</summary>
    private static bool TryHistory(ReadOnlySpan<byte> list, out List<byte[]> entries)
    {
        entries = [];
        if (list.IsEmpty)
        {
            return true;
        }

        // Well-formed: the whole file was read already.
        var reader = new Utf8JsonReader(list, new JsonReaderOptions { MaxDepth = 1000 });
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return reader.TokenType == JsonTokenType.Null;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            int start = (int)reader.TokenStartIndex;
            reader.Skip();
            entries.Add(list[start..(int)reader.BytesConsumed].ToArray());
        }

        return true;
    }

    private static byte[] Entry(byte[] mode, byte[] at, byte[] by, string? indent)
    {
        string inner = indent is null ? "" : indent + Step(indent) + Step(indent), outer = indent is null ? "" : indent + Step(indent);
        string gap = indent is null ? " " : "";
        return
        [
            .. Encoding.UTF8.GetBytes("{" + inner), .. JsonObjectEdit.Text(MetaKeys.AcceptanceMode), .. ": "u8, .. mode,
            .. Encoding.UTF8.GetBytes("," + gap + inner), .. JsonObjectEdit.Text(MetaKeys.AcceptedAt), .. ": "u8, .. at,
            .. Encoding.UTF8.GetBytes("," + gap + inner), .. JsonObjectEdit.Text(MetaKeys.AcceptedBy), .. ": "u8, .. by,
            .. Encoding.UTF8.GetBytes(outer + "}"),
        ];
    }

    private static byte[] List(List<byte[]> entries, string? indent)
    {
        var list = new List<byte>("["u8.ToArray());
        for (int i = 0; i < entries.Count; i++)
        {
            string lead = indent is null ? (i > 0 ? ", " : "") : (i > 0 ? "," : "") + indent + Step(indent);
            list.AddRange(Encoding.UTF8.GetBytes(lead));
            list.AddRange(entries[i]);
        }

        list.AddRange(Encoding.UTF8.GetBytes((indent ?? "") + "]"));
        return [.. list];
    }

    /// <summary>One level of indentation: what a member's line begins with, less its line end.</summary>
    private static string Step(string indent) => indent.TrimStart('\r', '\n');

    private static string? TextOf(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || value[0] != (byte)'"')
        {
            return null;
        }

        var reader = new Utf8JsonReader(value);
        reader.Read();
        return reader.GetString();
    }
}
