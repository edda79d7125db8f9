using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// Whether event ids stand in a log. An id is random enough to be nowhere else, so bytes are compared and rows are not read: a log with a row that cannot be
/// read answers all the same.
/// </summary>
internal static class LogSearch
{
    private const int ChunkBytes = 64 * 1024;

    /// <summary>Whether a log file names every id; no file names none.</summary>
    public static Result<bool> Names(string projectRoot, string relativeLogPath, string[] eventIds)
    {
        int descriptor = ProjectFiles.Open(projectRoot, relativeLogPath, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0)
        {
            var outcome = ReadOutcome.Of(descriptor);
            return outcome.IsMissing ? false : outcome.ToFailure("read", projectRoot + "/" + relativeLogPath);
        }

        var missing = new List<byte[]>(Encode(eventIds));
        var chunk = new byte[ChunkBytes];
        int kept = 0, read;
        while (missing.Count > 0 && (read = Posix.Read(descriptor, chunk.AsSpan(kept))) != 0)
        {
            if (read < 0)
            {
                Posix.Close(descriptor);
                return new ReadOutcome(ReadStatus.Failed, -read).ToFailure("read", projectRoot + "/" + relativeLogPath);
            }

            var seen = chunk.AsSpan(0, kept + read);
            Strike(missing, seen);

            // An id may lie across the border.
            kept = Math.Min(seen.Length, EventId.TextLength - 1);
            seen[^kept..].CopyTo(chunk);
        }

        Posix.Close(descriptor);
        return missing.Count == 0;
    }

    /// <summary>The same for bytes at hand.</summary>
    public static bool Names(ReadOnlySpan<byte> log, string[] eventIds)
    {
        var missing = new List<byte[]>(Encode(eventIds));
        Strike(missing, log);
        return missing.Count == 0;
    }

    private static byte[][] Encode(string[] eventIds)
    {
        var encoded = new byte[eventIds.Length][];
        for (int i = 0; i < encoded.Length; i++)
        {
            encoded[i] = Encoding.UTF8.GetBytes(eventIds[i]);
        }

        return encoded;
    }

    private static void Strike(List<byte[]> missing, ReadOnlySpan<byte> bytes)
    {
        for (int i = missing.Count - 1; i >= 0; i--)
        {
            if (bytes.IndexOf(missing[i]) >= 0)
            {
                missing.RemoveAt(i);
            }
        }
    }
}
