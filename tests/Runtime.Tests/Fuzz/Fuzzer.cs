using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>
/// Runs a target on its kept cases, on its seeds, and on mutations of both. A target answers what it made of an input, and throws where an oracle does not
/// hold; an input with an answer that was not seen before becomes a seed itself, so that the search goes where the code under test decides something new.
/// <para>
/// <c>FUZZ_EXECUTIONS</c> and <c>FUZZ_SEED</c> set how many and which. What breaks a target is made smaller and kept in <c>FUZZ_CRASHES</c>, or else below
/// artifacts/fuzz; once understood it belongs into Data/, under the target's name.
/// </para>
/// </summary>
internal static class Fuzzer
{
    private const int DefaultExecutions = 10_000;
    private const int MostSeeds = 4_000;
    private const int MostShrinks = 3_000;

    /// <summary>How many inputs a target gets.</summary>
    public static int Executions { get; } = Number("FUZZ_EXECUTIONS", DefaultExecutions);

    /// <summary>Where the kept cases are, a directory a target.</summary>
    public static string Data { get; } = Path.Combine(AppContext.BaseDirectory, "Fuzz", "Data");

    private static int Seed { get; } = Number("FUZZ_SEED", 1);

    /// <summary>Runs <paramref name="target"/>; throws with the smallest input found that breaks it.</summary>
    /// <param name="target">What is fuzzed.</param>
    public static void Run(FuzzTarget target)
    {
        var pool = new List<byte[]>([.. Kept(target.Name), .. target.Seeds]);
        var answers = new HashSet<string>(StringComparer.Ordinal);
        foreach (byte[] seed in pool)
        {
            answers.Add(Try(target, seed));
        }

        // Not the process's own hash, which differs from run to run.
        var mutator = new Mutator(Seed + (target.Name[0] * 31) + target.Name.Length, target.Words);
        var clock = Stopwatch.StartNew();
        double slowest = 0;
        for (int i = 0; i < Executions; i++)
        {
            byte[] input = mutator.Mutate(pool);
            double before = clock.Elapsed.TotalMilliseconds;
            bool isNew = answers.Add(Try(target, input));
            slowest = Math.Max(slowest, clock.Elapsed.TotalMilliseconds - before);
            if (isNew && pool.Count < MostSeeds)
            {
                pool.Add(input);
            }
        }

        string tally = string.Create(
            CultureInfo.InvariantCulture, $"{target.Name}: {Executions} inputs, {answers.Count} different answers, {clock.Elapsed.TotalSeconds:F0} s, slowest {slowest:F1} ms");
        if (Environment.GetEnvironmentVariable("FUZZ_TALLY") is { Length: > 0 } file)
        {
            File.AppendAllText(file, tally + "\n");
        }
    }

    /// <summary>The cases that broke a target once, by the names of their files.</summary>
    public static IEnumerable<byte[]> Kept(string target)
    {
        string folder = Path.Combine(Data, target);
        return Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes) : [];
    }

    private static string Try(FuzzTarget target, byte[] input)
    {
        if (Problem(target, input, out string answer) is not { } problem)
        {
            return answer;
        }

        byte[] smallest = Shrink(target, input, problem.GetType());
        problem = Problem(target, smallest, out _)!;
        string folder = Environment.GetEnvironmentVariable("FUZZ_CRASHES") is { Length: > 0 } set ? set : Path.Combine(AppContext.BaseDirectory, "../../../fuzz");
        Directory.CreateDirectory(folder);
        string file = Path.GetFullPath(Path.Combine(folder, target.Name + "-" + Convert.ToHexStringLower(SHA256.HashData(smallest))[..8]));
        File.WriteAllBytes(file, smallest);
        throw new InvalidOperationException($"{target.Name}: {problem.Message}\ninput ({smallest.Length} bytes, {file}): {Escape(smallest)}", problem);
    }

    /// <summary>What is wrong with the target's work on this input; null if nothing is.</summary>
    private static Exception? Problem(FuzzTarget target, byte[] input, out string answer)
    {
        answer = "";
        try
        {
            answer = target.Run(input);
            return null;
        }
#pragma warning disable CA1031 // Whatever comes out of it is the finding.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            return problem;
        }
    }

    /// <summary>Takes out whatever it still breaks without.</summary>
    private static byte[] Shrink(FuzzTarget target, byte[] input, Type kind)
    {
        int tries = 0;
        for (int size = Math.Max(1, input.Length / 2); size > 0; size = size == 1 ? 0 : (size + 1) / 2)
        {
            for (int at = 0; at + size <= input.Length && tries < MostShrinks; tries++)
            {
                byte[] smaller = [.. input[..at], .. input[(at + size)..]];
                if (Problem(target, smaller, out _)?.GetType() == kind)
                {
                    input = smaller;
                }
                else
                {
                    at += size;
                }
            }
        }

        return input;
    }

    private static string Escape(byte[] input)
    {
        var text = new StringBuilder();
        foreach (byte b in input.Take(600))
        {
            text.Append(b is >= 0x20 and < 0x7F and not (byte)'\\' ? ((char)b).ToString() : b == (byte)'\n' ? "\\n" : b == (byte)'\\' ? "\\\\" : $"\\x{b:x2}");
        }

        return text.ToString();
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
