using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Runtime.Tests.Status;
using SpecKitty.Status;
using Node = SpecKitty.Runtime.Tests.Fuzz.PythonJsonModel.Node;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// The bytes of status.events.jsonl. What the reader says of them, the state or the first bad row and what is wrong with it, is what HOST §1.3.2 and §5 say,
/// applied to the lines by the plainest code there is.
/// </summary>
internal sealed class LogTarget : FuzzTarget
{
    private static readonly string[] Required = ["event_id", "wp_id", "from_lane", "to_lane", "at", "actor", "force", "execution_mode"];

    public override string Name => "log";

    public override IReadOnlyList<string> Words { get; } =
    [
        .. Required.Select(static key => $"\"{key}\""), .. Enumerable.Range(0, Lanes.Count).Select(static i => $"\"{Lanes.Name((Lane)i)}\""), "\"uninitialized\"", "\"review_ref\": \"r\"", "\"mission_slug\": \"\"", "\"feature_slug\": \"old\"",
        ", \"event_type\": 1", ", \"kind\": \"annotation\"", ", \"event_name\": \"retrospective.completed\"", ", \"type\": \"RetrospectiveCaptured\"", "\"force\": 1", "\"at\": \"2026-04-08T13:00:00.000001+00:00\"",
        "\"event_id\": \"01JQ9000000000000000000001\"", "\"WP01\"", "\"WP02\"", "\"ev\\u0065nt_id\"", "\"doing\"", "\"delta\": {\"subtasks\": [{\"id\": \"T1\", \"status\": \"done\"}]}",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        "",
        Rows.Lane("WP01", "planned", "claimed") + "\n",
        Rows.Lane("WP01", "planned", "claimed"),
        Rows.Lane("WP01", "planned", "claimed") + "\n" + Rows.Lane("WP01", "claimed", "in_progress", "2026-04-08T13:00:00.000002+00:00", Rows.Id(2)) + "\n",
        Rows.Lane("WP01", "in_review", "in_progress") + "\n" + Rows.Lane("WP01", "in_progress", "for_review", id: Rows.Id(2)) + "\n" + Rows.Lane("WP02", "for_review", "in_progress", id: Rows.Id(0), reviewRef: "\"r\"") + "\n",
        Rows.Lane("WP02", "genesis", "planned", actor: "{\"tool\": \"codex\"}", force: "1") + "\n\n" + Rows.Lane("WP02", "planned", "done", "2025", Rows.Id(7), actor: "null", force: "true", slug: "") + "\n",
        Rows.Lane("WP01", "planned", "claimed", actor: "\"J\\u00fcrgen \\ud83d\\ude00 é\"").Replace("\"policy_metadata\": null", "\"policy_metadata\": {\"a\": [1, {\"b\": null}]}", StringComparison.Ordinal) + "\n{\"event_type\": \"WPCreated\", \"payload\": {}}\n",
        "{\"kind\": \"annotation\", \"event_id\": \"N1\", \"wp_id\": \"WP01\", \"at\": \"2027\", \"actor\": \"a\", \"delta\": {\"subtasks\": [{\"id\": \"T1\", \"status\": \"done\"}]}}\n" + Rows.Lane("WP01", "planned", "claimed") + "\r\n",
        "{\"event_name\": \"retrospective.completed\", \"at\": \"2026\", \"event_id\": \"R\", \"payload\": {\"mode\": \"x\", \"record_path\": \"p\"}}\n",
        Rows.Lane("WP01", "planned", "claimed")[..80],
        "{\"event_id\": \"E\",\"wp_id\":\"WP1\",\"from_lane\":\"planned\",\"to_lane\":\"blocked\",\"at\":\"1\",\"actor\":[],\"force\":0,\"execution_mode\":\"w\",\"feature_slug\":\"s\"}\n",
    ];

    public override string Run(byte[] input)
    {
        string model = Model(input, out bool isUndecided);
        string mine = Rows.Parse(input).Try(out var status, out var failure)
            ? Rows.Describe(status) + "torn " + status.TornTailBytes
            : $"{Rows.Where(failure).Line} at {Rows.Where(failure).Offset}: {(Rows.Where(failure).Detail.StartsWith("the row is not JSON", StringComparison.Ordinal) ? "the row is not JSON" : Rows.Where(failure).Detail)}";
        if (failure is not null)
        {
            RequireSentence(failure.Message);
            Require(failure.Code == ErrorCode.EventLogCorrupt && failure.Effect == Effect.None && !failure.Retryable, "another failure: " + failure.Message);
        }

        // Whoever looks at the state looks at all of it.
        _ = status is null ? default : SnapshotDocument.Write(status, new Identity { MissionId = null, MissionSlug = "077-m", MissionNumber = null, MissionType = "software-dev" });
        _ = status?.SubtaskState("WP01", "T1");
        if (!isUndecided)
        {
            Same(mine, model, "the reader says");
        }

        return failure is not null ? Kind(Rows.Where(failure).Detail) : $"{status!.EventCount} {status.WorkPackages.Count} {status.TornTailBytes > 0}";
    }

    private static string Model(byte[] log, out bool isUndecided)
    {
        isUndecided = false;
        var rows = new List<ReducerModel.Row>();
        int at = 0, line = 1, torn = 0;
        for (; at < log.Length || line == 1; line++)
        {
            int end = Array.IndexOf(log, (byte)'\n', at);
            var piece = log[at..(end < 0 ? log.Length : end)];
            string? fault = Row(piece, out var row, out bool isValue, ref isUndecided);
            if (end < 0 && !isValue)
            {
                torn = fault is null ? 0 : piece.Length;
                break;
            }

            if (fault is not null)
            {
                return $"{line} at {at}: {fault}";
            }

            if (row is not null)
            {
                rows.Add(row);
            }

            at = end < 0 ? log.Length : end + 1;
        }

        return ReducerModel.Describe(rows) + "torn " + torn;
    }

    /// <summary>What is wrong with a line, or null; the row, if it is a lane's.</summary>
    private static string? Row(byte[] piece, out ReducerModel.Row? row, out bool isValue, ref bool isUndecided)
    {
        row = null;
        isValue = false;
        string text;
        try
        {
            text = new UTF8Encoding(false, true).GetString(piece);
        }
        catch (DecoderFallbackException)
        {
            return "the row is not UTF-8";
        }

        text = text.Trim(' ', '\t', '\r', '\v', '\f');
        if (text.Length == 0)
        {
            return null;
        }

        var json = PythonJsonModel.Read(text, out var reader);
        isUndecided |= reader.Depth >= PythonJsonModel.MostDepth - 1;
        isValue = json is not null;
        if (json is null)
        {
            return "the row is not JSON";
        }

        if (json.Kind != PythonJsonModel.Kind.Object)
        {
            return "the row is JSON, but no object";
        }

        return IsForeign(json) ? null : Lane(json, out row);
    }

    private static bool IsForeign(Node row) =>
        (row["event_name"] is { IsText: true } name && name.Text.StartsWith("retrospective.", StringComparison.Ordinal))
        || (row["type"] is { IsText: true } type && type.Text is "RetrospectiveCaptured" or "RetrospectiveCaptureFailed" or "RetrospectiveSkipped" && row["type"]!.IsText)
        || row["event_type"] is not null || row["kind"] is not null;

    private static string? Lane(Node json, out ReducerModel.Row? row)
    {
        row = null;
        foreach (string key in Required)
        {
            if (json[key] is not { } value)
            {
                return $"the row has no '{key}'";
            }

            if (key.EndsWith("_lane", StringComparison.Ordinal) && LaneOf(value) is null)
            {
                return $"the row's '{key}' is no lane";
            }
        }

        foreach (string key in (string[])["event_id", "wp_id", "at"])
        {
            if (!json[key]!.IsText)
            {
                return $"the row's '{key}' is no string";
            }
        }

        var actor = json["actor"]!;
        string slug = json["mission_slug"] is { IsText: true, Text.Length: > 0 } given ? given.Text : json["feature_slug"] is { IsText: true } old ? old.Text : "";
        row = new ReducerModel.Row(
            json["wp_id"]!.Text, LaneOf(json["from_lane"]!)!.Value, LaneOf(json["to_lane"]!)!.Value, json["at"]!.Text, json["event_id"]!.Text, actor.IsNull ? "" : actor.IsText ? actor.Text : actor.Raw, json["force"]!.IsTruthy,
            json["review_ref"] is { IsNull: false } ? "r" : null, slug);
        return null;
    }

    private static Lane? LaneOf(Node value)
    {
        if (!value.IsText)
        {
            return null;
        }

        // Newer hosts have a name of their own for genesis.
        string name = value.Text == "uninitialized" ? "genesis" : value.Text;
        return Enumerable.Range(0, Lanes.Count).Where(i => Lanes.Name((Lane)i) == name).Select(static i => (Lane?)i).FirstOrDefault();
    }
}
