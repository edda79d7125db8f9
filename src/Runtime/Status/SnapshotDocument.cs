using System;
using System.Globalization;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// The bytes of status.json, which are the reference's: <c>json.dumps(…, sort_keys=True, indent=2, ensure_ascii=False)</c> and a line
/// feed (HOST §1.4). They depend on the log and on the mission's identity, and on nothing else.
/// </summary>
internal static class SnapshotDocument
{
    /// <summary>Keys come out sorted because they are written in that order; a test compares them with the schema's.</summary>
    public static ReadOnlyMemory<byte> Write(MissionStatus status, Identity identity)
    {
        var buffer = new RowBuffer();
        using (var writer = PythonJson.DocumentWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteNumber(SnapshotFields.EventCount, status.EventCount);
            writer.WriteString(SnapshotFields.LastEventId, status.LastEventId);
            writer.WriteString(SnapshotFields.MaterializedAt, status.MaterializedAt);
            writer.WriteString(SnapshotFields.MissionNumber, MissionNumber(status, identity));
            writer.WriteString(SnapshotFields.MissionSlug, status.MissionSlug);
            writer.WriteString(SnapshotFields.MissionType, identity.MissionType);
            if (status.Retrospective is { } retrospective)
            {
                writer.WritePropertyName(SnapshotFields.Retrospective);
                WriteRetrospective(writer, retrospective);
            }

            writer.WritePropertyName(SnapshotFields.Summary);
            WriteSummary(writer, status);
            writer.WritePropertyName(SnapshotFields.WorkPackages);
            WriteWorkPackages(writer, status);
            writer.WriteEndObject();
        }

        buffer.AddLineFeed();
        return buffer.Written;
    }

    /// <summary>meta.json's number, else the digits that lead the oldest row's slug, without leading zeros; else nothing.</summary>
    private static string MissionNumber(MissionStatus status, Identity identity)
    {
        if (identity.MissionNumber is { } number)
        {
            return number.ToString(CultureInfo.InvariantCulture);
        }

        string slug = status.MissionSlug;
        int digits = 0;
        while (digits < slug.Length && char.IsAsciiDigit(slug[digits]))
        {
            digits++;
        }

        if (digits == 0 || digits == slug.Length || slug[digits] != '-')
        {
            return "";
        }

        string trimmed = slug[..digits].TrimStart('0');
        return trimmed.Length == 0 ? "0" : trimmed;
    }

    private static void WriteSummary(Utf8JsonWriter writer, MissionStatus status)
    {
        var summary = new SnapshotSummary();
        foreach (var wp in status.WorkPackages)
        {
            // Genesis is in no count.
            if (Lanes.IsDisplayed(wp.Lane))
            {
                summary.Add(wp.Lane);
            }
        }

        writer.WriteStartObject();
        summary.WriteMembers(writer, ContractLevels.Default);
        writer.WriteEndObject();
    }

    private static void WriteWorkPackages(Utf8JsonWriter writer, MissionStatus status)
    {
        writer.WriteStartObject();
        foreach (int number in new ById(status).Order())
        {
            var wp = status.WorkPackages[number];
            writer.WritePropertyName(wp.Id);
            writer.WriteStartObject();
            writer.WritePropertyName(SnapshotWorkPackageFields.Actor);
            WriteJson(writer, wp.ActorJson);
            writer.WriteNumber(SnapshotWorkPackageFields.ForceCount, wp.ForceCount);
            writer.WriteString(SnapshotWorkPackageFields.Lane, Lanes.Utf8Name(wp.Lane));
            writer.WriteString(SnapshotWorkPackageFields.LastEventId, wp.LastEventId);
            writer.WriteString(SnapshotWorkPackageFields.LastTransitionAt, wp.LastTransitionAt);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteRetrospective(Utf8JsonWriter writer, RetrospectiveFold retrospective)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(SnapshotRetrospectiveFields.Mode);
        WriteJson(writer, retrospective.ModeJson);
        writer.WriteNumber(SnapshotRetrospectiveFields.ProposalsApplied, retrospective.Applied);
        writer.WriteNumber(SnapshotRetrospectiveFields.ProposalsPending, retrospective.Undecided);
        writer.WriteNumber(SnapshotRetrospectiveFields.ProposalsRejected, retrospective.Rejected);
        writer.WriteNumber(SnapshotRetrospectiveFields.ProposalsTotal, retrospective.Generated);
        writer.WriteString(SnapshotRetrospectiveFields.RecordPath, retrospective.RecordPath);
        writer.WriteString(SnapshotRetrospectiveFields.Status, RetrospectiveStates.Name(retrospective.State));
        writer.WriteEndObject();
    }

    /// <summary>A value that a row carried; null for none, and for what only Python reads as JSON (NaN).</summary>
    private static void WriteJson(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        if (JsonMembers.IsText(json))
        {
            writer.WriteStringValue(JsonText.OfToken(json));
            return;
        }

        if (json.Contains((byte)'\\'))
        {
            byte[] whole = json.ToArray();
            JsonText.ReplaceLoneSurrogates(whole);
            json = whole;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonScanner.MaxDepth });
        if (json.IsEmpty || json[0] == (byte)'n' || HasPythonNumbers(json) || !JsonDocument.TryParseValue(ref reader, out var document))
        {
            writer.WriteNullValue();
            return;
        }

        using (document)
        {
            JsonValues.Write(writer, document.RootElement);
        }
    }

    private static bool HasPythonNumbers(ReadOnlySpan<byte> json)
    {
        // Outside strings these words begin with capitals, which no other JSON token does.
        bool inside = false;
        for (int i = 0; i < json.Length; i++)
        {
            if (json[i] == (byte)'"')
            {
                inside = !inside;
            }
            else if (json[i] == (byte)'\\')
            {
                i++;
            }
            else if (!inside && json[i] is (byte)'N' or (byte)'I')
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Work packages by the code points of their ids.</summary>
    private sealed class ById : NaturalSort
    {
        private readonly MissionStatus _status;

        public ById(MissionStatus status) => _status = status;

        public int[] Order()
        {
            var order = new int[_status.WorkPackages.Count];
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            Sort(order);
            return order;
        }

        protected override int Compare(int a, int b) => _status.WorkPackages[a].IdUtf8.SequenceCompareTo(_status.WorkPackages[b].IdUtf8);
    }
}
