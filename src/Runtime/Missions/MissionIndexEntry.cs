using System;

namespace SpecKitty.Missions;

/// <summary>A mission as the index knows it: enough to tell whether a selector means it.</summary>
internal sealed class MissionIndexEntry
{
    private const int NumberLength = 3;

    public MissionIndexEntry(string directory, MissionMeta meta, bool hasMeta)
    {
        Directory = directory;
        Meta = meta;
        HasMeta = hasMeta;
    }

    public string Directory { get; }

    public MissionMeta Meta { get; }

    /// <summary>Whether there is a meta.json that could be read.</summary>
    public bool HasMeta { get; }

    /// <summary>Whether <paramref name="selector"/> is one of the mission's ids or names. Ids are upper-case, as ULIDs are written.</summary>
    public bool Matches(string selector) =>
        Is(Meta.MissionId, selector) || (Missions.Mid8.IsValid(selector) && MatchesMid8(selector))
        || Is(Meta.MissionSlug, selector) || Is(Meta.Slug, selector) || MatchesName(selector);

    /// <summary>Whether the directory's name alone answers: its number, or what is left of it without number and mid8.</summary>
    public bool MatchesName(string selector)
    {
        var name = Directory.AsSpan();
        bool isNumbered = name.Length > NumberLength && name[NumberLength] == '-' && name[..NumberLength].IndexOfAnyExceptInRange('0', '9') < 0;
        if (isNumbered)
        {
            if (name[..NumberLength].SequenceEqual(selector) || name[(NumberLength + 1)..].SequenceEqual(selector))
            {
                return true;
            }
        }

        // Only the mission's own mid8 comes off: a name may end in a date that looks like one.
        string mid8 = Meta.Mid8;
        if (mid8.Length == 0 || name.Length <= mid8.Length || !name.EndsWith(mid8) || name[^(mid8.Length + 1)] != '-')
        {
            return false;
        }

        var human = name[..^(mid8.Length + 1)];
        return human.SequenceEqual(selector) || (isNumbered && human.Length > NumberLength + 1 && human[(NumberLength + 1)..].SequenceEqual(selector));
    }

    /// <summary>Whether <paramref name="selector"/> is meta.json's number in three digits.</summary>
    public bool MatchesNumber(string selector) =>
        selector.Length == NumberLength && selector.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
        && Meta.MissionNumber == ((selector[0] - '0') * 100) + ((selector[1] - '0') * 10) + (selector[2] - '0');

    private bool MatchesMid8(string selector) => Is(Meta.Mid8, selector) || (Meta.MissionId is { } id && id.StartsWith(selector, StringComparison.Ordinal));

    private static bool Is(string? name, string selector) => string.Equals(name, selector, StringComparison.Ordinal);
}
