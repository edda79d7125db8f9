using System;
using System.Globalization;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Cli;

/// <summary>
/// Whatever this executable does not do, it leaves to the host it was put in front of: SPEC_KITTY_FALLBACK, else the next spec-kitty on PATH. Never to
/// itself, by whatever name or link (docs/adr/0008).
/// </summary>
internal static class Handover
{
    /// <summary>More handovers inside one another than any use of the other host needs: something calls back for ever.</summary>
    private const int MaxDepth = 16;

    /// <summary>Stands for SPEC_KITTY_FALLBACK, which is on no position of PATH.</summary>
    private const int BehindFallback = int.MaxValue;

    /// <summary>The program to hand over to; null when there is none.</summary>
    public static Candidate? Find()
    {
        if (Posix.Stat("/proc/self/exe", out var self) < 0)
        {
            return null;
        }

        var (tried, depth) = Trail();
        if (depth >= MaxDepth)
        {
            return null;
        }

        if (Named is { } named)
        {
            bool isNext = tried != BehindFallback && ProcessImage.IsExecutable(named, out var facts) && !facts.IsSameFileAs(self);
            return isNext ? new Candidate(named, Mark(BehindFallback, depth)) : null;
        }

        return OnPath(self, tried, depth);
    }

    /// <summary>The program that SPEC_KITTY_FALLBACK names; null for none.</summary>
    public static string? Named => Posix.Variable(EnvironmentVariables.FallbackUtf8) is { Length: > 0 } named ? named : null;

    /// <summary>Becomes <paramref name="candidate"/>; comes back only with the reason why not.</summary>
    public static string Become(Candidate candidate) => new FileError(-ProcessImage.Become(candidate.Path, candidate.Marker)).Text;

    private static Candidate? OnPath(in FileFacts self, int resumeBehind, int depth)
    {
        string path = Posix.Variable("PATH\0"u8) ?? "";
        int firstOther = -1;
        string firstOtherPath = "";
        int index = 0;
        foreach (var range in path.AsSpan().Split(':'))
        {
            string directory = path[range];
            string program = (directory.Length == 0 ? "." : directory) + "/" + ContractConstants.Executable;
            int here = index++;
            if (!ProcessImage.IsExecutable(program, out var facts))
            {
                continue;
            }

            if (facts.IsSameFileAs(self))
            {
                // "The next one" is the one behind us: what stands before us on PATH would only come back here.
                firstOther = -1;
            }
            else if (firstOther < 0 && here > resumeBehind)
            {
                firstOther = here;
                firstOtherPath = program;
            }
        }

        return firstOther < 0 ? null : new Candidate(firstOtherPath, Mark(firstOther, depth));
    }

    /// <summary>
    /// What this very process has tried already, -1 for nothing, and how many handovers led here. What we hand over to may be a script that calls back: by exec, which
    /// keeps the process id, we go on behind it; as its child, which it may do with good reason, we only count.
    /// </summary>
    private static (int Tried, int Depth) Trail()
    {
        string marker = Posix.Variable(EnvironmentVariables.HandoverUtf8) ?? "";
        Span<Range> parts = stackalloc Range[4];
        if (marker.AsSpan().Split(parts, ':') != 3
            || !int.TryParse(marker.AsSpan()[parts[1]], NumberStyles.None, CultureInfo.InvariantCulture, out int position)
            || !int.TryParse(marker.AsSpan()[parts[2]], NumberStyles.None, CultureInfo.InvariantCulture, out int depth))
        {
            return (-1, 0);
        }

        return (marker.AsSpan()[parts[0]].SequenceEqual(Text(Environment.ProcessId)) ? position : -1, depth);
    }

    private static (string Name, string Value) Mark(int position, int depth) =>
        (EnvironmentVariables.Handover, $"{Text(Environment.ProcessId)}:{Text(position)}:{Text(depth + 1)}");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A program to hand over to.</summary>
    /// <param name="Path">Where it is.</param>
    /// <param name="Marker">What to leave in the environment for ourselves.</param>
    internal sealed record Candidate(string Path, (string Name, string Value) Marker);
}
