using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Commands;

/// <summary>
/// An idempotency key's file: lines of JSON, each one write and synced before anything else happens; the last whole line counts. It is the key's lock too, so it is appended
/// to and never replaced.
/// </summary>
internal static class IdempotencyFile
{
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The last record; null where there is none. A part of a line, left by a killed call, is passed over.</summary>
    public static Result<IdempotencyEntry?> ReadLast(string path)
    {
        int slash = path.LastIndexOf('/');
        var outcome = ProjectFiles.TryRead(path[..slash], path[(slash + 1)..], MaxBytes, out var bytes);
        using (bytes)
        {
            if (!outcome.IsOk)
            {
                return outcome.ToFailure("read", path);
            }

            var rest = bytes.Span;
            for (int feed; (feed = rest.LastIndexOf((byte)'\n')) >= 0; rest = rest[..feed])
            {
                int start = rest[..feed].LastIndexOf((byte)'\n') + 1;
                if (Parse(rest[start..feed]) is { } entry)
                {
                    return entry;
                }
            }

            return (IdempotencyEntry?)null;
        }
    }

    /// <summary>Adds a line, durably. Null when it is there.</summary>
    public static Failure? Append(string path, ReadOnlySpan<byte> line)
    {
        int file = Posix.Open(path, OpenFlags.ReadWrite | OpenFlags.Append);
        if (file < 0)
        {
            return FileErrors.ToFailure("write", path, file);
        }

        int error = Posix.Stat(file, out var facts);
        bool isFirst = error >= 0 && facts.Size == 0;
        Span<byte> last = stackalloc byte[1];
        if (error >= 0 && !isFirst && Posix.ReadAt(file, last, facts.Size - 1) == 1 && last[0] != (byte)'\n')
        {
            // Behind a part of a line.
            error = Posix.WriteAll(file, "\n"u8);
        }

        if (error >= 0)
        {
            error = Posix.WriteAll(file, line);
        }

        if (error >= 0)
        {
            error = Posix.SyncData(file);
        }

        Posix.Close(file);
        if (error >= 0 && isFirst)
        {
            error = SyncDirectory(path[..path.LastIndexOf('/')]);
        }

        return error < 0 ? FileErrors.ToFailure("write", path, error) : null;
    }

    /// <summary>Takes away a file that nothing was recorded in; whoever waits for its lock makes another.</summary>
    public static void RemoveEmpty(string path)
    {
        if (Posix.Stat(path, out var facts, followLink: false) >= 0 && facts.IsRegular && facts.Size == 0)
        {
            Posix.Unlink(path);
        }
    }

    private static int SyncDirectory(string path)
    {
        int directory = Posix.Open(path, OpenFlags.ReadOnly | OpenFlags.Directory);
        if (directory < 0)
        {
            return directory;
        }

        int error = Posix.Sync(directory);
        Posix.Close(directory);
        return error;
    }

    private static IdempotencyEntry? Parse(ReadOnlySpan<byte> line)
    {
        if (!JsonInput.TryRead(Encoding.UTF8.GetString(line), out var root, out _)
            || root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(IdempotencyRecordFields.At, out var at) || at.ValueKind != JsonValueKind.String
            || !root.TryGetProperty(IdempotencyRecordFields.Call, out var call) || call.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty(IdempotencyRecordFields.Data, out var data) || data.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        List<string>? ids = null;
        if (root.TryGetProperty(IdempotencyRecordFields.EventIds, out var listed) && listed.ValueKind == JsonValueKind.Array)
        {
            ids = [];
            foreach (var id in listed.EnumerateArray())
            {
                if (id.ValueKind != JsonValueKind.String)
                {
                    return null;
                }

                ids.Add(id.GetString()!);
            }
        }

        string? entry = root.TryGetProperty(IdempotencyRecordFields.HistoryEntryId, out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return new IdempotencyEntry(at.GetString()!, Encoding.UTF8.GetBytes(call.GetRawText() + "\n"), ids?.ToArray(), entry, data);
    }
}
