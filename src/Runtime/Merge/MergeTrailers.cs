using System;
using System.Collections.Generic;

namespace SpecKitty.Merge;

/// <summary>Lines at the end of a landing commit's message: which mission landed with it, and which lanes, at which commits.</summary>
internal static class MergeTrailers
{
    private const string MissionKey = "Spec-Kitty-Mission: ";
    private const string LaneKey = "Spec-Kitty-Lane: ";

    public static string Mission(string directoryName) => MissionKey + directoryName;

    /// <summary>A basic regular expression for that line alone.</summary>
    public static string MissionPattern(string directoryName) => "^" + MissionKey + directoryName.Replace(".", "[.]", StringComparison.Ordinal) + "$";

    public static string Lane(string laneId, string tip) => LaneKey + laneId + " " + tip;

    /// <summary>The lanes that a message names, with their commits.</summary>
    public static Dictionary<string, string> Lanes(string message)
    {
        var lanes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var range in message.AsSpan().Split('\n'))
        {
            var line = message.AsSpan(range).Trim();
            int space = line.LastIndexOf(' ');
            if (line.StartsWith(LaneKey, StringComparison.Ordinal) && space >= LaneKey.Length)
            {
                lanes[line[LaneKey.Length..space].ToString()] = line[(space + 1)..].ToString();
            }
        }

        return lanes;
    }
}
