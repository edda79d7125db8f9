using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>Lanes for a mission to be made: what waits for exactly one other, as the next in its chain, shares that one's lane.</summary>
internal static class NewLanes
{
    /// <summary>The lanes, each behind those it depends on.</summary>
    /// <param name="packages">Without cycles; every dependency among them.</param>
    public static Items<NewLane> Of(Items<NewPackage> packages)
    {
        var lanes = new Items<NewLane>();
        var laneOf = new Dictionary<string, NewLane>(StringComparer.Ordinal);
        for (int placed = -1; placed != laneOf.Count;)
        {
            placed = laneOf.Count;
            foreach (var package in packages)
            {
                if (!laneOf.ContainsKey(package.WpId) && ArePlaced(package.Dependencies, laneOf))
                {
                    laneOf[package.WpId] = Place(package, lanes, laneOf);
                }
            }
        }

        return lanes;
    }

    private static bool ArePlaced(string[] dependencies, Dictionary<string, NewLane> laneOf)
    {
        foreach (string dependency in dependencies)
        {
            if (!laneOf.ContainsKey(dependency))
            {
                return false;
            }
        }

        return true;
    }

    private static NewLane Place(NewPackage package, Items<NewLane> lanes, Dictionary<string, NewLane> laneOf)
    {
        if (package.Dependencies.Length == 1 && laneOf[package.Dependencies[0]] is { } chain && chain.WpIds[^1] == package.Dependencies[0])
        {
            chain.WpIds.Add(package.WpId);
            return chain;
        }

        var lane = new NewLane(IdOf(lanes.Count));
        foreach (string dependency in package.Dependencies)
        {
            var before = laneOf[dependency];
            if (!lane.DependsOn.Has(before.Id))
            {
                lane.DependsOn.Add(before.Id);
                lane.Group = Math.Max(lane.Group, before.Group + 1);
            }
        }

        lane.WpIds.Add(package.WpId);
        lanes.Add(lane);
        return lane;
    }

    /// <summary>lane-a to lane-z, then lane-aa and on.</summary>
    private static string IdOf(int index)
    {
        string letters = "";
        for (index++; index > 0; index = (index - 1) / 26)
        {
            letters = (char)('a' + ((index - 1) % 26)) + letters;
        }

        return "lane-" + letters;
    }
}
