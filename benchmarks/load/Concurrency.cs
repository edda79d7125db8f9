using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using SpecKitty.Reliability.Harness;

namespace SpecKitty.Load;

/// <summary>Callers that call again as soon as they are answered: how many calls a second, how long each takes, and whether all get their share.</summary>
internal sealed class Concurrency
{
    private const int Most = 64;
    private const string One = "one";
    private static readonly int[] Callers = [1, 2, 4, 8, 16, 32, 64];

    private readonly Scene _scene;
    private readonly double _seconds;

    public Concurrency(string executable, string top, double seconds)
    {
        _seconds = seconds;
        _scene = new Scene(executable, top, "project");
        _scene.Mission(One, Most, dependent: false);
        for (int i = 0; i < Most; i++)
        {
            _scene.Mission(Many(i), 6, dependent: false);
        }

        _scene.Commit();
    }

    public void Run()
    {
        Console.WriteLine("Times are of whole calls, from the start of the process to its end, in ms. *Share*: calls of the caller that got the fewest and of the one that got the most, and Jain's index of fairness (1: all the same).\n");
        Section("Mutations of one mission of 64 work packages, each caller with one of its own", (caller, number) =>
            _scene.Move(One, Scene.Wp(caller + 1), number % 2 == 0 ? "blocked" : "in_progress", $"agent-{caller}", "--force", "--note", "n"));
        Section("Mutations of many missions, each caller with one of its own", (caller, number) =>
            _scene.Move(Many(caller), "WP01", number % 2 == 0 ? "blocked" : "in_progress", $"agent-{caller}", "--force", "--note", "n"));
        Section("Reads of one mission", (_, _) => _scene.Api("mission-state", One));
        Readers();
    }

    private static string Many(int number) => $"many-{number:D2}";

    private void Section(string title, Func<int, int, Call> call)
    {
        Console.WriteLine($"## {title}\n\n| callers | calls/s | p50 | p99 | max | share | CPU ms a call |\n|---:|---:|---:|---:|---:|---|---:|");
        foreach (int callers in Callers)
        {
            var (calls, elapsed) = Drive(callers, call);
            var counts = calls.Select(c => (double)c.Count).ToArray();
            double fairness = counts.Sum() * counts.Sum() / (counts.Length * counts.Sum(c => c * c));
            var all = calls.SelectMany(c => c).ToList();
            Console.WriteLine($"| {callers} | {all.Count / elapsed:F0} | {new Figures(all.Select(c => c.Milliseconds))} | {counts.Min()} to {counts.Max()}, {fairness:F3} | {all.Average(c => c.CpuMilliseconds):F2} |");
        }

        Console.WriteLine();
    }

    /// <summary>One reader: alone, while the mission's lock is held all the time, and beside a writer that writes all the time.</summary>
    private void Readers()
    {
        Console.WriteLine("## One reader\n\n| meanwhile | reads/s | p50 | p99 | max |\n|---|---:|---:|---:|---:|");
        Call Read(int caller, int number) => _scene.Api("mission-state", One);
        Print("nothing", Drive(1, Read));
        int held = Native.Open(_scene.LockPath(One), 2, 0);
        if (held < 0 || Native.Lock(held, Native.LockExclusive) != 0)
        {
            throw new InvalidOperationException("cannot take the lock");
        }

        Print("the lock is held by a process that does nothing", Drive(1, Read));
        Native.Close(held);
        int writers = 0;
        var (calls, elapsed) = Drive(2, (caller, number) =>
        {
            if (caller == 0)
            {
                return Read(caller, number);
            }

            writers++;
            return _scene.Move(One, "WP01", number % 2 == 0 ? "blocked" : "in_progress", "writer", "--force", "--note", "n");
        });
        Print($"one writer, {writers / elapsed:F0} mutations/s", ([calls[0]], elapsed));
        (calls, elapsed) = Drive(2, Read);
        Print("another reader of another process, for comparison", ([calls[0]], elapsed));

        static void Print(string meanwhile, (List<Call>[] Calls, double Elapsed) driven) =>
            Console.WriteLine($"| {meanwhile} | {driven.Calls[0].Count / driven.Elapsed:F0} | {new Figures(driven.Calls[0].Select(c => c.Milliseconds))} |");
    }

    private (List<Call>[] Calls, double Elapsed) Drive(int callers, Func<int, int, Call> call)
    {
        var calls = new List<Call>[callers];
        using var start = new Barrier(callers + 1);
        long end = 0;
        var threads = Enumerable.Range(0, callers).Select(caller => new Thread(() =>
        {
            calls[caller] = [];
            start.SignalAndWait();
            for (int number = 0; Stopwatch.GetTimestamp() < Volatile.Read(ref end); number++)
            {
                var made = call(caller, number);
                if (!made.Succeeded)
                {
                    throw new InvalidDataException($"a call failed: {made.Output}");
                }

                calls[caller].Add(made);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        Volatile.Write(ref end, Stopwatch.GetTimestamp() + (long)(_seconds * Stopwatch.Frequency));
        long started = Stopwatch.GetTimestamp();
        start.SignalAndWait();
        threads.ForEach(t => t.Join());
        return (calls, Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
