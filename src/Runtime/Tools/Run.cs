using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>
/// A mission's run, from its moves alone: who did what when. What is still open counts up to the newest row: a report of the same log is the same report.
/// Rows whose time cannot be understood move the lane and take no time.
/// </summary>
internal sealed class Run
{
    private readonly Items<RunPackage> _packages = [];
    private readonly Items<RunActor> _actors = [];

    private Run()
    {
    }

    /// <summary>By id.</summary>
    public Items<RunPackage> Packages => _packages;

    /// <summary>By name.</summary>
    public Items<RunActor> Actors => _actors;

    /// <summary>The oldest and the newest time; 0 without rows.</summary>
    public long Begin { get; private set; }

    /// <summary>See <see cref="Begin"/>.</summary>
    public long End { get; private set; }

    public int Rows { get; private set; }

    /// <summary>When the first work package was claimed.</summary>
    public long? StartedAt { get; private set; }

    /// <summary>The order of work packages for people: WP100 stands behind WP99.</summary>
    public static int CompareIds(string? a, string? b) => a!.Length != b!.Length ? a.Length.CompareTo(b.Length) : CodePointOrder.Compare(a, b);

    public RunPackage? Find(string wpId) => PlaceOf(wpId) is >= 0 and var place ? _packages[place] : null;

    /// <summary>Where a work package is; where it would have to be, as a complement, if it is not there.</summary>
    private int PlaceOf(string wpId)
    {
        int low = 0, high = _packages.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = CompareIds(_packages[middle].WpId, wpId);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        return ~low;
    }

    private void Put(RunPackage package)
    {
        int place = PlaceOf(package.WpId);
        if (place >= 0)
        {
            _packages[place] = package;
        }
        else
        {
            _packages.Insert(~place, package);
        }
    }

    /// <param name="packages">Those that have a task file.</param>
    /// <param name="moves">In the order in which they take effect.</param>
    public static Run Of(Items<RunPackage> packages, Items<RunMove> moves)
    {
        var run = new Run { Rows = moves.Count };
        foreach (var package in packages)
        {
            run.Put(package);
        }

        long begin = long.MaxValue, end = long.MinValue;
        foreach (var move in moves)
        {
            if (move.Time is { } time)
            {
                begin = Math.Min(begin, time);
                end = Math.Max(end, time);
            }
        }

        (run.Begin, run.End) = begin > end ? (0, 0) : (begin, end);
        run.Replay(moves);
        foreach (var package in run._packages)
        {
            run.Measure(package);
        }

        return run;
    }

    private void Replay(Items<RunMove> moves)
    {
        var last = new Dictionary<string, RunMove>(StringComparer.Ordinal);
        foreach (var move in moves)
        {
            if (Find(move.WpId) is not { } package)
            {
                package = new RunPackage { WpId = move.WpId };
                Put(package);
            }

            // What a reviewer sent back is not undone by a forward move of the same instant (HOST §5.4).
            if (last.TryGetValue(move.WpId, out var before) && before.IsRollback && !move.IsRollback && before.At == move.At)
            {
                continue;
            }

            last[move.WpId] = move;
            Close(package, move.Time);
            Count(package, move);
            package.Lane = move.To;
            if (move.Time is { } at)
            {
                package.Stays.Add(new RunStay(move.To, at, at, IsOpen: true, move));
            }
        }

        foreach (var package in _packages)
        {
            if (package.Stays.Count > 0 && package.Stays[^1] is { IsOpen: true } open)
            {
                package.Stays[^1] = open with { To = Math.Max(End, open.From) };
            }

            package.Lane = package.Lane == Lane.Genesis ? Lane.Planned : package.Lane;
        }
    }

    private static void Close(RunPackage package, long? at)
    {
        if (package.Stays.Count > 0 && package.Stays[^1] is { IsOpen: true } open && at is { } time)
        {
            package.Stays[^1] = open with { To = Math.Max(time, open.From), IsOpen = false };
        }
    }

    private void Count(RunPackage package, RunMove move)
    {
        var actor = Actor(move.Actor);
        actor.Rows++;
        bool returns = IsReturn(package.Lane, move.To);
        package.Rework += returns && package.StartedAt is not null ? 1 : 0;
        actor.Returned += returns ? 1 : 0;
        package.Forced += move.Force ? 1 : 0;
        actor.Forced += move.Force ? 1 : 0;
        switch (move.To)
        {
            case Lane.Claimed or Lane.InProgress:
                StartedAt ??= move.Time;
                package.StartedAt ??= move.Time;
                actor.Started += move.To == Lane.InProgress && !returns ? 1 : 0;
                if (!returns)
                {
                    Name(package.Implementers, move.Actor);
                }

                package.FinishedAt = null;
                break;
            case Lane.ForReview:
                actor.Submitted++;
                package.FinishedAt = null;
                break;
            case Lane.InReview:
                actor.Reviewed++;
                Name(package.Reviewers, move.Actor);
                package.FinishedAt = null;
                break;
            case Lane.Approved:
                actor.Approved++;
                package.FinishedAt = move.Time;
                break;
            case Lane.Done:
                package.FinishedAt = package.Lane == Lane.Approved || package.Lane == Lane.Done ? package.FinishedAt ?? move.Time : move.Time;
                break;
            default:
                package.FinishedAt = null;
                break;
        }
    }

    /// <summary>Back from review, or from what was finished, to those who work.</summary>
    private static bool IsReturn(Lane from, Lane to) =>
        from is Lane.ForReview or Lane.InReview or Lane.Approved or Lane.Done && to is Lane.InProgress or Lane.Claimed or Lane.Planned;

    private static void Name(List<string> names, string name)
    {
        if (!names.Has(name))
        {
            names.Add(name);
        }
    }

    private RunActor Actor(string name)
    {
        int low = 0, high = _actors.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            int order = string.CompareOrdinal(_actors[middle].Name, name);
            if (order == 0)
            {
                return _actors[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle);
        }

        var actor = new RunActor(name);
        _actors.Insert(low, actor);
        return actor;
    }

    private void Measure(RunPackage package)
    {
        string? holder = null;
        foreach (var stay in package.Stays)
        {
            switch (stay.Lane)
            {
                case Lane.Claimed or Lane.InProgress:
                    // What was sent back is worked on by whoever worked on it before, not by the reviewer who moved it.
                    bool isSentBack = stay.Move is { } move && holder is not null && IsReturn(move.From, move.To);
                    holder = isSentBack ? holder : stay.Move!.Actor;
                    package.WorkSeconds += stay.Seconds;
                    Actor(holder!).WorkSeconds += stay.Seconds;
                    break;
                case Lane.ForReview:
                    package.QueueSeconds += stay.Seconds;
                    break;
                case Lane.InReview:
                    package.ReviewSeconds += stay.Seconds;
                    Actor(stay.Move!.Actor).ReviewSeconds += stay.Seconds;
                    break;
                case Lane.Blocked:
                    package.BlockedSeconds += stay.Seconds;
                    break;
                case Lane.Planned or Lane.Genesis:
                    long ready = ReadyFrom(package);
                    package.ReadySeconds += ready >= stay.To ? 0 : (stay.To - Math.Max(stay.From, ready)) / Clock.MicrosecondsPerSecond;
                    break;
            }
        }
    }

    /// <summary>When the last of its dependencies was satisfied; never where one is not.</summary>
    private long ReadyFrom(RunPackage package)
    {
        long ready = long.MinValue;
        foreach (string dependency in package.Dependencies)
        {
            long? satisfied = null;
            foreach (var stay in Find(dependency)?.Stays ?? [])
            {
                satisfied = stay.Lane is Lane.Approved or Lane.Done ? satisfied ?? stay.From : satisfied;
            }

            ready = Math.Max(ready, satisfied ?? long.MaxValue);
        }

        return ready;
    }
}
