using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace SpecKitty.Load;

/// <summary>
/// A whole run as the reference client makes it against a host of level 1.0.0 (HOST §10.6): 64 agents, 200 work packages. An agent polls for work once a second,
/// takes what it gets, works, hands over to review, reviews, and notes each step in the history.
/// </summary>
internal sealed class SimulatedRun
{
    private const int Agents = 64;
    private const int Packages = 200;
    private const string Mission = "run";

    private readonly Scene _scene;
    private readonly double _work;
    private readonly ConcurrentBag<(string Command, Call Call)> _calls = [];
    private int _finished;
    private double _worked;

    /// <param name="executable">The published one.</param>
    /// <param name="top">A scratch directory.</param>
    /// <param name="work">Mean seconds that an agent works on a package; a review takes half of that.</param>
    public SimulatedRun(string executable, string top, double work)
    {
        _work = work;
        _scene = new Scene(executable, top, "project");
        _scene.Mission(Mission, Packages, dependent: true);
        _scene.Commit();
    }

    public void Run()
    {
        long started = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Agents).Select(i => new Thread(() => Agent(i))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        double wall = Stopwatch.GetElapsedTime(started).TotalSeconds;
        double inHost = _calls.Sum(c => c.Call.Milliseconds) / 1000, cpu = _calls.Sum(c => c.Call.CpuMilliseconds) / 1000;
        Console.WriteLine($"{Agents} agents, {Packages} work packages, one mission, a package takes an agent {_work:F1} s and its review {_work / 2:F1} s on average; idle agents poll once a second.\n");
        Console.WriteLine($"- the run took {wall:F1} s; {_calls.Count:N0} calls, {_calls.Count / wall:F0} a second");
        Console.WriteLine($"- agents worked {_worked:F0} s altogether and waited for the host {inHost:F1} s: {100 * inHost / (inHost + _worked):F2} % of their time, {1000 * inHost / Packages:F0} ms a package");
        Console.WriteLine($"- the host took {cpu:F1} s of processor time, git included: {100 * cpu / (wall * Environment.ProcessorCount):F1} % of {Environment.ProcessorCount} processors, {1000 * cpu / Packages:F0} ms a package\n");
        Console.WriteLine("| call | calls | p50 ms | p99 ms | max ms | wall s | CPU s |\n|---|---:|---:|---:|---:|---:|---:|");
        foreach (var group in _calls.GroupBy(c => c.Command).OrderByDescending(g => g.Sum(c => c.Call.Milliseconds)))
        {
            var times = new Figures(group.Select(c => c.Call.Milliseconds));
            Console.WriteLine($"| {group.Key} | {times.Count:N0} | {times} | {times.Sum / 1000:F1} | {group.Sum(c => c.Call.CpuMilliseconds) / 1000:F1} |");
        }
    }

    private void Agent(int number)
    {
        var random = new Random(number);
        string name = $"agent-{number}";
        Pause(random.NextDouble());
        while (Volatile.Read(ref _finished) < Packages)
        {
            var ready = Ready();
            string? taken = null;
            for (int i = 0; i < ready.Count && taken is null; i++)
            {
                // Agents that look at the same list begin at different places in it.
                string wp = ready[(i + number) % ready.Count];
                taken = Do("start-implementation", _scene.Start(Mission, wp, name)).Succeeded ? wp : null;
            }

            if (taken is null)
            {
                Pause(1);
                continue;
            }

            Implement(random, name, taken);
        }
    }

    private void Implement(Random random, string name, string wp)
    {
        Note(wp, name, "started");
        Work(random, _work);
        Expect(true, "transition to for_review", _scene.Move(Mission, wp, "for_review", name, "--subtasks-complete", "--implementation-evidence-present"));
        Note(wp, name, "for review");
        Work(random, _work / 2);
        Expect(false, "transition to done, refused", _scene.Move(Mission, wp, "done", name, "--review-ref", "review/1", "--note", "approved"));
        Expect(true, "start-review", _scene.Review(Mission, wp, name));
        Expect(true, "transition to done", _scene.Move(Mission, wp, "done", name, "--force", "--review-ref", "review/1", "--note", "approved"));
        Note(wp, name, "done");
        Interlocked.Increment(ref _finished);
    }

    private List<string> Ready()
    {
        var call = Do("list-ready", _scene.Api("list-ready", Mission));
        if (!call.Succeeded)
        {
            throw new InvalidOperationException(call.Output);
        }

        using var answer = JsonDocument.Parse(call.Output);
        return [.. answer.RootElement.GetProperty("data").GetProperty("ready_work_packages").EnumerateArray().Select(w => w.GetProperty("wp_id").GetString()!)];
    }

    private void Note(string wp, string name, string text) =>
        Expect(true, "append-history", _scene.Api("append-history", Mission, "--wp", wp, "--actor", name, "--note", text));

    private void Expect(bool success, string command, Call call)
    {
        if (Do(command, call).Succeeded != success)
        {
            throw new InvalidOperationException($"{command}: {call.Output}");
        }
    }

    private Call Do(string command, Call call)
    {
        _calls.Add((command, call));
        return call;
    }

    private void Work(Random random, double mean)
    {
        double seconds = mean * (0.5 + random.NextDouble());
        lock (_calls)
        {
            _worked += seconds;
        }

        Pause(seconds);
    }

    private static void Pause(double seconds) => SpecKitty.Reliability.Harness.Native.SleepMicroseconds((long)(seconds * 1e6));
}
