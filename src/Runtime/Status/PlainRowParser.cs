using System;
using System.Runtime.CompilerServices;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// Takes lane rows apart that are in the very form in which both hosts write them: sorted keys, ", " and ": " between, no escapes where
/// text matters. All but always rows are like that; every other line is left to <see cref="RowParser"/>, which decides alone what
/// a row is. A property test proves that the two never disagree.
/// </summary>
internal sealed class PlainRowParser
{
    /// <summary>
    /// Containers that were walked through before. A container says itself where it ends, so where the same bytes stand again, the same
    /// value stands again; rows of one orchestrator all carry the same policy.
    /// </summary>
    private readonly byte[]?[] _known = new byte[4][];
    private int _next;

    /// <summary>False where the line is not plain; then nothing is known of it.</summary>
    /// <param name="line">Valid UTF-8 without a byte below 0x20.</param>
    /// <param name="row">The row.</param>
    public bool TryParse(ReadOnlySpan<byte> line, out LogRow row)
    {
        row = default;
        int at = 1;
        if (line[0] != (byte)'{'
            || !IsKey(line, ref at, LaneEventFields.Actor) || !TryActor(line, ref at, out row.Actor)
            || !IsNextKey(line, ref at, LaneEventFields.At) || !TryText(line, ref at, out row.At)
            || !IsNextKey(line, ref at, LaneEventFields.EventId) || !TryText(line, ref at, out row.EventId)
            || !IsNextKey(line, ref at, LaneEventFields.Evidence) || !TryContainerOrNull(line, ref at)
            || !IsNextKey(line, ref at, LaneEventFields.ExecutionMode) || !TryText(line, ref at, out _)
            || !IsNextKey(line, ref at, LaneEventFields.Force) || !TryBool(line, ref at, out row.Force)
            || !IsNextKey(line, ref at, LaneEventFields.FromLane) || !TryLane(line, ref at, out row.From))
        {
            return false;
        }

        if (IsNextKey(line, ref at, LaneEventFields.MissionId) && !TryText(line, ref at, out _))
        {
            return false;
        }

        if (!IsNextKey(line, ref at, LaneEventFields.MissionSlug) || !TryText(line, ref at, out row.MissionSlug) || row.MissionSlug.IsEmpty
            || !IsNextKey(line, ref at, LaneEventFields.PolicyMetadata) || !TryContainerOrNull(line, ref at)
            || !IsNextKey(line, ref at, LaneEventFields.Reason) || !TryTextOrNull(line, ref at, out _)
            || !IsNextKey(line, ref at, LaneEventFields.ReviewRef) || !TryTextOrNull(line, ref at, out bool hasReviewRef))
        {
            return false;
        }

        if (IsNextKey(line, ref at, LaneEventFields.ReviewResult) && !TryContainerOrNull(line, ref at))
        {
            return false;
        }

        if (!IsNextKey(line, ref at, LaneEventFields.ToLane) || !TryLane(line, ref at, out row.To)
            || !IsNextKey(line, ref at, LaneEventFields.WpId) || !TryText(line, ref at, out row.WpId)
            || at != line.Length - 1 || line[at] != (byte)'}')
        {
            return false;
        }

        row.IsRollback = row.To == Lane.InProgress && (row.From == Lane.InReview || (row.From == Lane.ForReview && hasReviewRef));
        return true;
    }

    /// <summary>Steps over the key and what follows it, if it is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsKey(ReadOnlySpan<byte> line, scoped ref int at, ReadOnlySpan<byte> name)
    {
        var rest = line[at..];
        if (rest.Length < name.Length + 4 || rest[0] != (byte)'"' || !rest.Slice(1, name.Length).SequenceEqual(name)
            || rest[name.Length + 1] != (byte)'"' || rest[name.Length + 2] != (byte)':' || rest[name.Length + 3] != (byte)' ')
        {
            return false;
        }

        at += name.Length + 4;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool IsNextKey(ReadOnlySpan<byte> line, scoped ref int at, ReadOnlySpan<byte> name)
    {
        int next = at + 2;
        if (next > line.Length || line[at] != (byte)',' || line[at + 1] != (byte)' ' || !IsKey(line, ref next, name))
        {
            return false;
        }

        at = next;
        return true;
    }

    private static bool TryText(ReadOnlySpan<byte> line, scoped ref int at, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (at >= line.Length || line[at] != (byte)'"')
        {
            return false;
        }

        var rest = line[(at + 1)..];
        int length = rest.IndexOfAny((byte)'"', (byte)'\\');
        if (length < 0 || rest[length] != (byte)'"')
        {
            return false;
        }

        text = rest[..length];
        at += length + 2;
        return true;
    }

    private static bool TryTextOrNull(ReadOnlySpan<byte> line, scoped ref int at, out bool isText)
    {
        isText = !IsNull(line, ref at);
        return !isText || TryText(line, ref at, out _);
    }

    private static bool TryActor(ReadOnlySpan<byte> line, scoped ref int at, out ReadOnlySpan<byte> actor)
    {
        // With its quotes: it is kept as JSON.
        int start = at;
        bool good = TryText(line, ref at, out _);
        actor = line[start..at];
        return good;
    }

    private static bool TryBool(ReadOnlySpan<byte> line, scoped ref int at, out bool value)
    {
        var rest = line[at..];
        value = rest.StartsWith("true"u8);
        if (!value && !rest.StartsWith("false"u8))
        {
            return false;
        }

        at += value ? 4 : 5;
        return true;
    }

    private static bool TryLane(ReadOnlySpan<byte> line, scoped ref int at, out Lane lane)
    {
        lane = default;
        return TryText(line, ref at, out var name) && Lanes.TryParse(name, out lane);
    }

    private static bool IsNull(ReadOnlySpan<byte> line, scoped ref int at)
    {
        bool isNull = line[at..].StartsWith("null"u8);
        at += isNull ? 4 : 0;
        return isNull;
    }

    private bool TryContainerOrNull(ReadOnlySpan<byte> line, scoped ref int at)
    {
        if (IsNull(line, ref at))
        {
            return true;
        }

        var rest = line[at..];
        foreach (var known in _known)
        {
            if (known is not null && rest.StartsWith(known))
            {
                at += known.Length;
                return true;
            }
        }

        var scanner = new JsonScanner(rest, noControls: true);
        if (rest.IsEmpty || rest[0] != (byte)'{' || !scanner.TryValue(out var value))
        {
            return false;
        }

        _known[_next++ % _known.Length] = rest[..value.Length].ToArray();
        at += value.Length;
        return true;
    }
}
