using System;
using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Publication;

/// <summary>A difference between two published contracts, at the levels that show it.</summary>
/// <param name="isBreaking">Whether it breaks a caller of the old one.</param>
/// <param name="where">The definition, and the member of it.</param>
/// <param name="what">What happened to it.</param>
internal sealed class ContractDifference(bool isBreaking, string where, string what)
{
    public bool IsBreaking => isBreaking;

    public string Where => where;

    public string What => what;

    /// <summary>The levels that show it.</summary>
    public List<string> Levels { get; } = [];

    /// <summary>The differences between two sets of documents; breaking ones first.</summary>
    public static Items<ContractDifference> Between(ContractDocuments old, ContractDocuments now)
    {
        Items<ContractDifference> all = [];
        for (int i = 0; i < old.Levels.Count; i++)
        {
            string level = old.Levels[i];
            if (now.Of(level) is { } newer)
            {
                new SchemaComparison(old.Documents[i].GetProperty("$defs"), newer.GetProperty("$defs"), (isBreaking, where, what) => Add(all, isBreaking, where, what, level)).Run();
            }
            else
            {
                Add(all, true, "level " + level, "removed", level);
            }
        }

        foreach (string level in now.Levels)
        {
            if (old.Of(level) is null)
            {
                Add(all, false, "level " + level, "added", level);
            }
        }

        Items<ContractDifference> sorted = [];
        foreach (bool isBreaking in (ReadOnlySpan<bool>)[true, false])
        {
            foreach (var difference in all)
            {
                if (difference.IsBreaking == isBreaking)
                {
                    sorted.Add(difference);
                }
            }
        }

        return sorted;
    }

    private static void Add(Items<ContractDifference> all, bool isBreaking, string where, string what, string level)
    {
        foreach (var there in all)
        {
            if (there.IsBreaking == isBreaking && there.Where == where && there.What == what)
            {
                there.Levels.Add(level);
                return;
            }
        }

        var difference = new ContractDifference(isBreaking, where, what);
        difference.Levels.Add(level);
        all.Add(difference);
    }
}
