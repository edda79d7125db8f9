using System;
using System.Buffers.Text;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// Takes one line of the log apart (HOST §1.3.2). The whole line must be well-formed JSON, whatever it is for.
/// <para>
/// Types: <c>event_id</c>, <c>wp_id</c> and <c>at</c> name and order things and must be strings; lanes must be canonical names, or the one that newer hosts have for an unseeded work package.
/// Of the rest only presence is asked, as in the reference: <c>actor</c> may be any value, <c>force</c> is judged by Python's truth,
/// <c>review_ref</c> counts when it is not null.
/// </para>
/// </summary>
internal static class RowParser
{
    /// <param name="line">The line without its line feed; valid UTF-8.</param>
    /// <param name="noControls">Whether the line has no byte below 0x20.</param>
    /// <param name="scratch">For strings with escapes; enlarged as needed.</param>
    /// <param name="row">What it is.</param>
    public static void Parse(ReadOnlySpan<byte> line, bool noControls, scoped ref byte[] scratch, out LogRow row)
    {
        row = default;
        var json = new JsonScanner(line, noControls);
        if (!json.TryTake((byte)'{'))
        {
            bool isValue = json.TryValue(out _) && json.AtEnd();
            Fail(ref row, isValue ? RowFault.NotObject : RowFault.NotJson, json);
            return;
        }

        var fields = default(Fields);
        if (!TryMembers(line, ref json, ref scratch, ref fields) || !json.AtEnd())
        {
            Fail(ref row, RowFault.NotJson, json);
            return;
        }

        row.Kind = Classify(line, fields, ref scratch);
        switch (row.Kind)
        {
            case RowKind.Lane:
                ReadLane(line, fields, ref scratch, ref row);
                break;
            case RowKind.Retrospective:
            case RowKind.Annotation:
                ReadOther(line, fields, ref scratch, ref row);
                break;
        }
    }

    private static void Fail(ref LogRow row, RowFault fault, in JsonScanner json)
    {
        row.Kind = RowKind.Bad;
        row.Fault = json.IsTooDeep ? RowFault.TooDeep : fault;
        row.FaultColumn = json.Position + 1;
    }

    private static bool TryMembers(ReadOnlySpan<byte> line, scoped ref JsonScanner json, scoped ref byte[] scratch, ref Fields fields)
    {
        if (json.TryTake((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!json.TryKey(out var key) || !json.TryValue(out var value))
            {
                return false;
            }

            var name = line.Slice(key.Start + 1, key.Length - 2);
            if (key.IsEscaped)
            {
                // Only for this comparison: the values' scratch is filled later.
                name = Resolve(name, ref scratch, 0);
            }

            fields.Set(name, value);
        }
        while (json.TryTake((byte)','));
        return json.TryTake((byte)'}');
    }

    private static RowKind Classify(ReadOnlySpan<byte> line, scoped in Fields fields, scoped ref byte[] scratch)
    {
        if (IsText(line, fields.EventName) && ForeignRows.RetrospectiveNameMatches(Text(line, fields.EventName, ref scratch, 0)))
        {
            return RowKind.Retrospective;
        }

        if (IsText(line, fields.Type) && ForeignRows.RetrospectiveTypeMatches(Text(line, fields.Type, ref scratch, 0)))
        {
            return RowKind.Foreign;
        }

        if (fields.EventType.IsPresent)
        {
            return RowKind.Foreign;
        }

        if (!fields.Kind.IsPresent)
        {
            return RowKind.Lane;
        }

        bool annotation = IsText(line, fields.Kind) && IsAnnotation(Text(line, fields.Kind, ref scratch, 0));
        return annotation ? RowKind.Annotation : RowKind.Foreign;
    }

    private static bool IsAnnotation(ReadOnlySpan<byte> kind)
    {
        const string Annotation = EventConstants.AnnotationKind;
        if (kind.Length != Annotation.Length)
        {
            return false;
        }

        for (int i = 0; i < kind.Length; i++)
        {
            if (kind[i] != Annotation[i])
            {
                return false;
            }
        }

        return true;
    }

    private static void ReadLane(ReadOnlySpan<byte> line, scoped in Fields fields, scoped ref byte[] scratch, ref LogRow row)
    {
        // In the order of the reference's look-ups, so that the same key is named.
        if (!fields.EventId.IsPresent)
        {
            Missing(ref row, LaneEventFields.EventId);
        }
        else if (!fields.WpId.IsPresent)
        {
            Missing(ref row, LaneEventFields.WpId);
        }
        else if (!fields.FromLane.IsPresent)
        {
            Missing(ref row, LaneEventFields.FromLane);
        }
        else if (!TryLane(line, fields.FromLane, ref scratch, out row.From))
        {
            Wrong(ref row, RowFault.UnknownLane, LaneEventFields.FromLane);
        }
        else if (!fields.ToLane.IsPresent)
        {
            Missing(ref row, LaneEventFields.ToLane);
        }
        else if (!TryLane(line, fields.ToLane, ref scratch, out row.To))
        {
            Wrong(ref row, RowFault.UnknownLane, LaneEventFields.ToLane);
        }
        else if (!fields.At.IsPresent)
        {
            Missing(ref row, LaneEventFields.At);
        }
        else if (!fields.Actor.IsPresent)
        {
            Missing(ref row, LaneEventFields.Actor);
        }
        else if (!fields.Force.IsPresent)
        {
            Missing(ref row, LaneEventFields.Force);
        }
        else if (!fields.ExecutionMode.IsPresent)
        {
            Missing(ref row, LaneEventFields.ExecutionMode);
        }
        else if (!IsText(line, fields.EventId))
        {
            Wrong(ref row, RowFault.NotText, LaneEventFields.EventId);
        }
        else if (!IsText(line, fields.WpId))
        {
            Wrong(ref row, RowFault.NotText, LaneEventFields.WpId);
        }
        else if (!IsText(line, fields.At))
        {
            Wrong(ref row, RowFault.NotText, LaneEventFields.At);
        }
        else
        {
            // What has escapes lies one behind the other in the scratch, which is as long as the line.
            row.At = Text(line, fields.At, ref scratch, 0);
            row.EventId = Text(line, fields.EventId, ref scratch, fields.At.Length);
            row.WpId = Text(line, fields.WpId, ref scratch, fields.At.Length + fields.EventId.Length);
            row.MissionSlug = Slug(line, fields, ref scratch, fields.At.Length + fields.EventId.Length + fields.WpId.Length);
            row.Actor = line.Slice(fields.Actor.Start, fields.Actor.Length);
            row.Force = IsTrue(line.Slice(fields.Force.Start, fields.Force.Length));
            row.IsRollback = row.To == Lane.InProgress
                && (row.From == Lane.InReview || (row.From == Lane.ForReview && IsNotNull(line, fields.ReviewRef)));
        }
    }

    private static void ReadOther(ReadOnlySpan<byte> line, scoped in Fields fields, scoped ref byte[] scratch, ref LogRow row)
    {
        int used = 0;
        row.At = Take(line, fields.At, ref scratch, ref used);
        row.EventId = Take(line, fields.EventId, ref scratch, ref used);
        row.WpId = Take(line, fields.WpId, ref scratch, ref used);
        row.Name = Take(line, fields.EventName, ref scratch, ref used);
        var extra = row.Kind == RowKind.Annotation ? fields.Delta : fields.Payload;
        row.Extra = line.Slice(extra.Start, extra.Length);
    }

    private static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> line, JsonSlice value, scoped ref byte[] scratch, scoped ref int used)
    {
        if (!IsText(line, value))
        {
            return default;
        }

        var text = Text(line, value, ref scratch, used);
        used += value.Length;
        return text;
    }

    /// <summary>Python: <c>row.get("mission_slug") or row.get("feature_slug", "")</c>; what is no string counts as empty.</summary>
    private static ReadOnlySpan<byte> Slug(ReadOnlySpan<byte> line, scoped in Fields fields, scoped ref byte[] scratch, int scratchFrom)
    {
        var slug = IsText(line, fields.MissionSlug) && fields.MissionSlug.Length > 2 ? fields.MissionSlug : fields.LegacyMissionSlug;
        return IsText(line, slug) ? Text(line, slug, ref scratch, scratchFrom) : default;
    }

    private static bool TryLane(ReadOnlySpan<byte> line, JsonSlice value, scoped ref byte[] scratch, out Lane lane)
    {
        lane = default;
        if (!IsText(line, value))
        {
            return false;
        }

        var name = Text(line, value, ref scratch, 0);
        return Lanes.TryParse(name, out lane) || IsUnseeded(name, out lane);
    }

    /// <summary>Newer hosts write a name of its own for the lane of a work package that was never seeded (HOST §10.5).</summary>
    private static bool IsUnseeded(ReadOnlySpan<byte> name, out Lane lane)
    {
        lane = Lane.Genesis;
        return name.Length == EventConstants.UnseededLane.Length && Ascii.Equals(name, EventConstants.UnseededLane);
    }

    private static bool IsText(ReadOnlySpan<byte> line, JsonSlice value) => value.IsPresent && line[value.Start] == (byte)'"';

    private static bool IsNotNull(ReadOnlySpan<byte> line, JsonSlice value) => value.IsPresent && line[value.Start] != (byte)'n';

    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> line, JsonSlice value, scoped ref byte[] scratch, int scratchFrom)
    {
        var inside = line.Slice(value.Start + 1, value.Length - 2);
        return value.IsEscaped ? Resolve(inside, ref scratch, scratchFrom, line.Length) : inside;
    }

    private static ReadOnlySpan<byte> Resolve(ReadOnlySpan<byte> inside, scoped ref byte[] scratch, int from, int atLeast = 0)
    {
        int needed = Math.Max(from + inside.Length, atLeast);
        if (scratch.Length < needed)
        {
            // Spans into the old array stay valid: nothing but them refers to it any more.
            scratch = new byte[needed];
        }

        var output = scratch.AsSpan(from, inside.Length);
        return output[..JsonText.Unescape(inside, output)];
    }

    /// <summary>Python's truth of a JSON value.</summary>
    private static bool IsTrue(ReadOnlySpan<byte> value)
    {
        switch (value[0])
        {
            case (byte)'t' or (byte)'N' or (byte)'I':
                return true;
            case (byte)'f' or (byte)'n':
                return false;
            case (byte)'"':
                return value.Length > 2;
            case (byte)'{' or (byte)'[':
                return value[1..^1].ContainsAnyExcept(" \t\r\n"u8);
            default:
                // A number, or -Infinity. What is too small to be told from zero is zero.
                return !Utf8Parser.TryParse(value, out double number, out _) || number != 0;
        }
    }

    private static void Missing(ref LogRow row, ReadOnlySpan<byte> key) => Wrong(ref row, RowFault.KeyMissing, key);

    private static void Wrong(ref LogRow row, RowFault fault, ReadOnlySpan<byte> key)
    {
        row.Kind = RowKind.Bad;
        row.Fault = fault;
        row.FaultKey = key;
    }

    /// <summary>Where the values stand that matter; the last of two equal keys wins, as in Python.</summary>
    private struct Fields
    {
        public JsonSlice Actor, At, Delta, EventId, EventName, EventType, ExecutionMode, Force, FromLane, Kind, LegacyMissionSlug, MissionSlug,
            Payload, ReviewRef, ToLane, Type, WpId;

        public void Set(ReadOnlySpan<byte> name, JsonSlice value)
        {
            // Comparing with a constant is a comparison of lengths first: cheaper than anything clever.
            if (name.SequenceEqual(LaneEventFields.Actor))
            {
                Actor = value;
            }
            else if (name.SequenceEqual(LaneEventFields.At))
            {
                At = value;
            }
            else if (name.SequenceEqual(LaneEventFields.EventId))
            {
                EventId = value;
            }
            else if (name.SequenceEqual(LaneEventFields.ExecutionMode))
            {
                ExecutionMode = value;
            }
            else if (name.SequenceEqual(LaneEventFields.Force))
            {
                Force = value;
            }
            else if (name.SequenceEqual(LaneEventFields.FromLane))
            {
                FromLane = value;
            }
            else if (name.SequenceEqual(LaneEventFields.MissionSlug))
            {
                MissionSlug = value;
            }
            else if (name.SequenceEqual(LaneEventFields.ReviewRef))
            {
                ReviewRef = value;
            }
            else if (name.SequenceEqual(LaneEventFields.ToLane))
            {
                ToLane = value;
            }
            else if (name.SequenceEqual(LaneEventFields.WpId))
            {
                WpId = value;
            }
            else
            {
                SetForeign(name, value);
            }
        }

        private void SetForeign(ReadOnlySpan<byte> name, JsonSlice value)
        {
            if (name.SequenceEqual(ForeignRows.TypedKey))
            {
                EventType = value;
            }
            else if (name.SequenceEqual(ForeignRows.RetrospectiveNameKey))
            {
                EventName = value;
            }
            else if (name.SequenceEqual(ForeignRows.RetrospectiveTypeKey))
            {
                Type = value;
            }
            else if (name.SequenceEqual(ForeignRows.KindKey))
            {
                Kind = value;
            }
            else if (name.SequenceEqual(AnnotationEventFields.Delta))
            {
                Delta = value;
            }
            else if (name.SequenceEqual(ForeignKeys.Payload))
            {
                Payload = value;
            }
            else if (name.SequenceEqual(ForeignKeys.LegacyMissionSlug))
            {
                LegacyMissionSlug = value;
            }
        }
    }
}
