using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>The work packages of a mission by lane. Writes nothing, takes no lock.</summary>
internal static class Board
{
    /// <summary>Nanoseconds between looks at the log.</summary>
    private const long Pause = 200_000_000;

    /// <summary>Milliseconds after which a terminal shows the board again although nothing moved: times are told from now, and its size may be another.</summary>
    private const long Refresh = 10_000;

    public static int Run(BoardToolRequest request, ToolCall call)
    {
        if (!ToolMission.Selector(call.Project, request.Selector, request.Mission).Try(out string? selector, out var failure)
            || !MissionReading.Open(selector, call.Context()).Try(out var reading, out failure))
        {
            return call.Fail(failure);
        }

        if (!request.Watch)
        {
            var board = Of(reading);
            bool isTerminal = StandardOutput.IsTerminal(out int columns, out _);
            return request.Json ? ToolCall.Print(board) : ToolCall.Print(Text(BoardView.Lines(board, isTerminal ? columns : 0, Clock.Utc())));
        }

        return Watch(selector, reading, request.Json, call);
    }

    /// <summary>What there is to show.</summary>
    internal static BoardDocument Of(MissionReading reading)
    {
        var packages = new Items<BoardWorkPackage>();
        var lanes = reading.Lanes;
        foreach (var task in reading.Tasks.Files)
        {
            bool known = reading.Status.TryGet(task.WpId, out var package);
            packages.Add(new BoardWorkPackage
            {
                WpId = task.WpId,
                Lane = lanes.Of(task.WpId),
                Ready = reading.CanStart(task),
                Actor = known ? package.Actor : null,
                Since = known ? package.LastTransitionAt : null,
                Dependencies = task.Dependencies,
                WaitsFor = reading.Unsatisfied(task),
            });
        }

        foreach (var package in reading.Status.WorkPackages)
        {
            if (!reading.Tasks.TryGet(package.Id, out _))
            {
                packages.Add(new BoardWorkPackage
                {
                    WpId = package.Id,
                    Lane = lanes.Of(package.Id),
                    Ready = false,
                    Actor = package.Actor,
                    Since = package.LastTransitionAt,
                    Dependencies = [],
                    WaitsFor = [],
                });
            }
        }

        packages.Sort(static (a, b) => a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane) : Tools.Run.CompareIds(a.WpId, b.WpId));
        var summary = new LaneSummary();
        foreach (var package in packages)
        {
            summary.Add(package.Lane);
        }

        return new BoardDocument { Identity = reading.Mission.Identity, Summary = summary, WorkPackages = packages.ToArray(), Warnings = reading.Warnings() ?? [] };
    }

    /// <summary>Shows it again and again. An interrupt ends the process where it is: there is nothing to put back.</summary>
    private static int Watch(string selector, MissionReading reading, bool isJson, ToolCall call)
    {
        string shown = Stamp(reading.Mission, call);
        while (true)
        {
            long at = Clock.MonotonicMilliseconds();
            bool isTerminal = StandardOutput.IsTerminal(out int columns, out int rows);
            int status = isJson ? ToolCall.Print(Of(reading)) : Draw(BoardView.Lines(Of(reading), isTerminal ? columns : 0, Clock.Utc()), isTerminal ? rows : 0);
            string now = shown;
            while (now == shown && !(isTerminal && !isJson && Clock.MonotonicMilliseconds() - at > Refresh))
            {
                if (status != 0 || StandardOutput.Lost != 0 || StandardOutput.IsBroken)
                {
                    return BoardExitStatus.Success;
                }

                Posix.Sleep(Pause);
                now = Stamp(reading.Mission, call);
            }

            shown = now;
            if (!MissionReading.Open(selector, call.Context()).Try(out var fresh, out var failure))
            {
                return call.Fail(failure);
            }

            reading = fresh;
        }
    }

    /// <summary>Changes when the log does, or a task file comes or goes.</summary>
    private static string Stamp(Mission mission, ToolCall call)
    {
        var log = LogCopy.Read(mission, call.Context(), long.MaxValue);
        Posix.Stat(mission.PathOf(TaskFiles.DirectoryName), out var tasks);
        return (log.Try(out var copy, out _) ? copy?.Stamp : "unreadable") + " " + tasks.Changed;
    }

    /// <summary>On a terminal over what was there before, cut to its height; elsewhere one below the other.</summary>
    private static int Draw(List<string> lines, int rows)
    {
        if (rows == 0)
        {
            return StandardOutput.Write(Encoding.UTF8.GetBytes(Text(lines) + "\n"));
        }

        const string Home = "\u001b[H", ToLineEnd = "\u001b[K", ToScreenEnd = "\u001b[J";
        var text = new StringBuilder(Home);
        int shown = Math.Min(lines.Count, Math.Max(rows - 1, 1));
        for (int i = 0; i < shown; i++)
        {
            text.Append(i == shown - 1 && shown < lines.Count ? Messages.MoreLines((lines.Count - shown + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)) : lines[i])
                .Append(ToLineEnd).Append('\n');
        }

        return StandardOutput.Write(Encoding.UTF8.GetBytes(text.Append(ToScreenEnd).ToString()));
    }

    private static string Text(List<string> lines) => string.Join('\n', lines) + "\n";
}
