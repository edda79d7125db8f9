using System;
using System.Linq;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>Writes a row as a mutation does, and reads it with everything that reads rows: what comes back must be what went in.</summary>
internal static class WrittenRows
{
    private static readonly string[] Keys =
    [
        "actor", "at", "event_id", "evidence", "execution_mode", "force", "from_lane", "mission_id", "mission_slug", "policy_metadata", "reason", "review_ref", "review_result", "to_lane", "wp_id",
    ];

    /// <summary>The row as the library reads it; throws where a reader disagrees, or where its bytes are not the reference's form.</summary>
    public static JsonElement Read(LaneMove move)
    {
        var buffer = new RowBuffer();
        buffer.Add(
            new LaneEvent
            {
                Actor = move.Actor,
                At = Status.Rows.Time,
                EventId = Status.Rows.Id(1),
                Evidence = move.Evidence,
                ExecutionMode = EventConstants.ExecutionMode,
                Force = move.Force,
                FromLane = move.From,
                MissionId = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D",
                MissionSlug = "077-m",
                PolicyMetadata = move.PolicyMetadata,
                Reason = move.Reason,
                ReviewRef = move.ReviewRef,
                ReviewResult = move.ReviewResult,
                ToLane = move.To,
                WpId = move.WpId,
            },
            ContractLevel.V1_3_0);
        byte[] line = buffer.Written.ToArray();
        Require(line.AsSpan().IndexOf((byte)'\n') == line.Length - 1, "not one line");
        Require(line.AsSpan(..^1).IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0, "not printable ASCII");
        var status = Status.Rows.Good(line);
        var wp = status.WorkPackages[0];
        Require(status.EventCount == 1 && wp.Id == move.WpId && wp.Lane == move.To && wp.Actor == move.Actor && wp.ForceCount == (move.Force ? 1 : 0), "the log says something else: " + Encoding.ASCII.GetString(line));
        byte[] scratch = [];
        RowParser.Parse(line.AsSpan(..^1), noControls: true, ref scratch, out var row);
        Require(row.Kind == RowKind.Lane, "it is no row");
        var element = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1000 }).RootElement;
        string[] keys = [.. element.EnumerateObject().Select(static member => member.Name)];
        Require(keys.SequenceEqual(Keys.Where(keys.Contains)), "its keys are " + string.Join(' ', keys));
        return element;
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
