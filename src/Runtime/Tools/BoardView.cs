using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>The board as text: a table by lane. On a terminal it fits, and times are told from now; elsewhere it is whole, and times are exact.</summary>
internal static class BoardView
{
    /// <param name="board">What to show.</param>
    /// <param name="columns">The terminal's width; 0 where it is none.</param>
    /// <param name="now">Microseconds since 1970.</param>
    public static List<string> Lines(BoardDocument board, int columns, long now)
    {
        var lines = new List<string> { DisplayText.Safe(board.Identity.MissionSlug) + ": " + Sum(board), "" };
        if (board.WorkPackages.Length == 0)
        {
            lines[^1] = Messages.BoardEmpty();
        }
        else
        {
            lines.AddRange(Table(board, columns, now).Lines(columns));
        }

        foreach (string warning in board.Warnings)
        {
            lines.Add("warning: " + DisplayText.Safe(warning));
        }

        return lines;
    }

    private static TextTable Table(BoardDocument board, int columns, long now)
    {
        var table = new TextTable("LANE", "WP", "ACTOR", "SINCE", "WAITS FOR");
        var lane = Lane.Genesis;
        foreach (var package in board.WorkPackages)
        {
            string waits = package.WaitsFor.Length > 0 ? string.Join(", ", package.WaitsFor) : package.Ready ? "(ready)" : "";
            table.Add(package.Lane == lane && columns > 0 ? "" : Lanes.Name(package.Lane), package.WpId, package.Actor ?? "-", Since(package.Since, columns > 0, now), waits);
            lane = package.Lane;
        }

        return table;
    }

    /// <summary>How many are in each lane that has any.</summary>
    private static string Sum(BoardDocument board)
    {
        var text = new StringBuilder();
        var counts = new Dictionary<Lane, int>();
        foreach (var package in board.WorkPackages)
        {
            counts[package.Lane] = counts.GetValueOrDefault(package.Lane) + 1;
        }

        foreach (var (lane, count) in counts)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append(count.ToString(CultureInfo.InvariantCulture)).Append(' ').Append(Lanes.Name(lane));
        }

        return text.Length == 0 ? "-" : text.ToString();
    }

    private static string Since(string? since, bool isRelative, long now) =>
        since is null ? "-" : isRelative && LogTime.Parse(since) is { } at ? LogTime.Span((now - at) / Clock.MicrosecondsPerSecond) : since;
}
