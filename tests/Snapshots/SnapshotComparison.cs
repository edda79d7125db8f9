using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace VerifyTests;

/// <summary>Compares a test's texts with the verified files of its place, leaves received files, and says what differs.</summary>
internal static class SnapshotComparison
{
    private const int ContextLines = 3;
    private const int MaxDifferenceLines = 40;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false);

    /// <exception cref="VerifyException">A text differs, has no verified file, or a verified file has no text.</exception>
    internal static void Run(SnapshotPlace place, IReadOnlyList<Target> targets, bool accept)
    {
        Directory.CreateDirectory(place.Directory);
        var complaints = new StringBuilder();
        var wanted = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < targets.Count; i++)
        {
            var target = targets[i];
            var stem = Stem(place.Prefix, target, i, targets.Count);
            if (!wanted.Add($"{stem}.verified.{target.Extension}"))
            {
                throw new InvalidOperationException($"Two targets of one test are called {stem}.");
            }

            CompareOne(Path.Combine(place.Directory, stem), target, accept, complaints);
        }

        foreach (var stale in FilesOf(place).Where(name => !wanted.Contains(name)))
        {
            if (accept)
            {
                File.Delete(Path.Combine(place.Directory, stale));
            }
            else
            {
                complaints.Append("Stale: ").Append(stale).Append(" was verified once; the test no longer gives it.\n");
            }
        }

        if (complaints.Length > 0)
        {
            throw new VerifyException($"In {place.Directory}\n{complaints}Read the received files; accept with {SnapshotAcceptance.Switch}=1 if they are right.");
        }
    }

    private static void CompareOne(string stem, Target target, bool accept, StringBuilder complaints)
    {
        var verifiedPath = $"{stem}.verified.{target.Extension}";
        var receivedPath = $"{stem}.received.{target.Extension}";
        // Verify's convention: a file is never empty, so that an empty one cannot be mistaken for a verified answer.
        var received = target.Data.Length == 0 ? "emptyString" : target.Data;
        var verified = File.Exists(verifiedPath) ? new Target(target.Extension, File.ReadAllText(verifiedPath, Utf8)).Data : null;
        if (received == verified)
        {
            File.Delete(receivedPath);
            return;
        }

        if (accept)
        {
            File.WriteAllText(verifiedPath, received, Utf8);
            File.Delete(receivedPath);
            return;
        }

        File.WriteAllText(receivedPath, received, Utf8);
        var name = Path.GetFileName(stem);
        if (verified is null)
        {
            complaints.Append("New: ").Append(name).Append(" has no verified file.\n");
            return;
        }

        complaints.Append("NotEqual: ").Append(name).Append('\n');
        AppendDifference(verified.Split('\n'), received.Split('\n'), complaints);
    }

    private static string Stem(string prefix, Target target, int index, int count) => target.Name is not null
        ? $"{prefix}#{target.Name}"
        : count == 1 ? prefix : $"{prefix}#{index.ToString("D2", CultureInfo.InvariantCulture)}";

    private static IEnumerable<string> FilesOf(SnapshotPlace place) => Directory.EnumerateFiles(place.Directory)
        .Select(path => Path.GetFileName(path))
        .Where(name => name.StartsWith(place.Prefix, StringComparison.Ordinal)
            && (name.AsSpan(place.Prefix.Length).StartsWith(".verified.")
                || (name.AsSpan(place.Prefix.Length).StartsWith("#") && name.Contains(".verified.", StringComparison.Ordinal))))
        .Order(StringComparer.Ordinal);

    private static void AppendDifference(string[] verified, string[] received, StringBuilder complaints)
    {
        var head = 0;
        while (head < verified.Length && head < received.Length && verified[head] == received[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < verified.Length - head && tail < received.Length - head && verified[^(tail + 1)] == received[^(tail + 1)])
        {
            tail++;
        }

        complaints.Append(CultureInfo.InvariantCulture, $"  first difference at line {head + 1}\n");
        Append("  ", verified, Math.Max(0, head - ContextLines), head, complaints);
        Append("- ", verified, head, verified.Length - tail, complaints);
        Append("+ ", received, head, received.Length - tail, complaints);
    }

    private static void Append(string mark, string[] lines, int from, int to, StringBuilder complaints)
    {
        for (var i = from; i < to; i++)
        {
            if (i - from == MaxDifferenceLines)
            {
                complaints.Append(CultureInfo.InvariantCulture, $"  {mark}… {to - i} lines more\n");
                return;
            }

            complaints.Append("  ").Append(mark).Append(lines[i]).Append('\n');
        }
    }
}
