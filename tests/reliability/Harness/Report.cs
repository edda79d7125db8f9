using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;

namespace SpecKitty.Reliability.Harness;

/// <summary>Counts cases of one part, and says what went wrong.</summary>
internal sealed class Report
{
    private const int Shown = 40;

    private readonly Lock _gate = new();
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<(string Name, string Value)> _figures = [];
    private readonly SortedDictionary<string, long> _tallies = new(StringComparer.Ordinal);
    private long _passed;
    private long _failed;

    public Report(string part, string subject)
    {
        Part = part;
        Subject = subject;
    }

    /// <summary>The name that --only takes.</summary>
    public string Part { get; }

    /// <summary>What is tried, in a few words.</summary>
    public string Subject { get; }

    public long Passed => Interlocked.Read(ref _passed);

    public long Failed => Interlocked.Read(ref _failed);

    public double Seconds { get; private set; }

    /// <summary>One case that went as it must, or did not: then <paramref name="problem"/> says why.</summary>
    public bool Case(string? problem, string name, object? evidence = null)
    {
        if (problem is null)
        {
            Interlocked.Increment(ref _passed);
            return true;
        }

        lock (_gate)
        {
            if (++_failed <= Shown)
            {
                Console.WriteLine($"FAIL {Part}: {name}: {problem}{(evidence is null ? "" : "\n     " + evidence)}");
            }
            else if (_failed == Shown + 1)
            {
                Console.WriteLine($"FAIL {Part}: more failures are counted, not shown");
            }
        }

        return false;
    }

    /// <summary>Counts something worth telling that is neither good nor bad.</summary>
    public void Tally(string name, long by = 1)
    {
        lock (_gate)
        {
            _tallies[name] = _tallies.GetValueOrDefault(name) + by;
        }
    }

    public void Figure(string name, string value)
    {
        lock (_gate)
        {
            _figures.Add((name, value));
        }
    }

    public void Finish()
    {
        Seconds = _watch.Elapsed.TotalSeconds;
        Console.WriteLine($"{Part}: {Passed} passed, {Failed} failed in {Seconds.ToString("F1", CultureInfo.InvariantCulture)} s");
        foreach (string line in Details())
        {
            Console.WriteLine("  " + line);
        }
    }

    /// <summary>A row of the table: part, cases, failed, figures.</summary>
    public string Row()
    {
        var row = new StringBuilder();
        row.Append(CultureInfo.InvariantCulture, $"| {Subject} | {Passed + Failed:N0} | {Failed:N0} | ");
        row.AppendJoin("; ", _figures.Select(f => f.Name + " " + f.Value).Concat(_tallies.Where(t => !t.Key.StartsWith('·')).Select(t => $"{t.Key} {t.Value:N0}")));
        row.Append(CultureInfo.InvariantCulture, $" | {Seconds:F0} s |");
        return row.ToString();
    }

    private IEnumerable<string> Details() =>
        _figures.Select(f => f.Name + ": " + f.Value).Concat(_tallies.Select(t => t.Key.TrimStart('·', ' ') + ": " + t.Value.ToString("N0", CultureInfo.InvariantCulture)));
}
