using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace SpecKitty.Reliability;

/// <summary>How much to do, with what, and where.</summary>
internal sealed class Options
{
    private readonly List<string> _mutations = [];

    public Scale Scale { get; private set; } = Scale.Normal;

    /// <summary>Absolute path of the executable under test.</summary>
    public string Binary { get; private set; } = "";

    /// <summary>Where scenes are built: in memory if it can be, since kills and faults lose no page cache and syncing a disk only costs time.</summary>
    public string Work { get; private set; } = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Random choices follow from it.</summary>
    public int Seed { get; private set; } = Environment.TickCount & 0xFFFFFF;

    /// <summary>Scenes worked on at the same time in the parts whose cases are independent; half of them wait for something.</summary>
    public int Jobs { get; private set; } = 2 * Environment.ProcessorCount;

    /// <summary>Names of the parts to run; empty for all.</summary>
    public IReadOnlyList<string> Only { get; private set; } = [];

    /// <summary>Where the figures go as a Markdown table, besides stdout.</summary>
    public string? Table { get; private set; }

    /// <summary>Whether trials over all mutations take that one in: any of what --mutation was given, a part of the name or, behind an equals sign, the whole of it.</summary>
    public bool Matches(string mutation) =>
        _mutations.Count == 0 || _mutations.Exists(m => m.StartsWith('=') ? mutation == m[1..] : mutation.Contains(m, StringComparison.Ordinal));

    public static Options? Parse(string[] args, out string error)
    {
        var options = new Options();
        error = "";
        for (int i = 0; i < args.Length; i++)
        {
            string? Value() => ++i < args.Length ? args[i] : null;
            switch (args[i])
            {
                case "--sample": options.Scale = Scale.Sample; break;
                case "--long": options.Scale = Scale.Long; break;
                case "--binary": options.Binary = Path.GetFullPath(Value() ?? ""); break;
                case "--work": options.Work = Path.GetFullPath(Value() ?? ""); break;
                case "--table": options.Table = Path.GetFullPath(Value() ?? ""); break;
                case "--only": options.Only = (Value() ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries); break;
                case "--mutation": options._mutations.Add(Value() ?? ""); break;
                case "--seed" when int.TryParse(Value(), out int seed): options.Seed = seed; break;
                case "--jobs" when int.TryParse(Value(), out int jobs) && jobs > 0: options.Jobs = jobs; break;
                default: error = $"what is '{args[Math.Min(i, args.Length - 1)]}'?"; return null;
            }
        }

        if (!File.Exists(options.Binary))
        {
            error = "--binary has to name the published executable";
            return null;
        }

        return options;
    }

    /// <summary>All of them; in a sample one of so many, others each time.</summary>
    public List<T> Share<T>(IEnumerable<T> trials, int one) => [.. trials.Where((_, i) => Scale != Scale.Sample || (i + Seed) % one == 0)];

    /// <summary>A count for this run.</summary>
    public int Count(int sample, int normal, int full) => Scale switch
    {
        Scale.Sample => sample,
        Scale.Long => full,
        _ => normal,
    };
}
