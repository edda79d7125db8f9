using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// meta.json, read and edited: every member that is read means what HOST §1.2 says; an acceptance that is recorded changes its six members and not a byte besides.
/// </summary>
internal sealed partial class MetaTarget : FuzzTarget
{
    private static readonly string[] Recorded = ["acceptance_history", "acceptance_mode", "accepted_at", "accepted_by", "accepted_from_commit", "accept_commit"];

    public override string Name => "meta";

    public override IReadOnlyList<string> Words { get; } =
    [
        .. ((string[])["mission_id", "mission_slug", "slug", "mission_number", "mission_type", "mission", "mid8", "target_branch", "merge_target_branch", "coordination_branch", "status_phase", .. Recorded]).Select(static key => $"\"{key}\": "),
        "\"01JQ8Z4T6V9W0X1Y2Z3A4B5C6D\"", "\"042\"", "42", "4.2e1", "\" 7 \"", "\"pending\"", "\"kitty/mission-m\"", "\"\\u0073lug\": \"x\"", "\"acceptance_history\": [{\"accepted_at\": \"x\"}, 1.50]", "\"   \"",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        "{}", "[]", "", "null", "{ }\n",
        """
        {
          "created_at": "2026-04-08T12:00:00+00:00",
          "friendly_name": "A mission",
          "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D",
          "mission_number": 77,
          "mission_slug": "077-m",
          "mission_type": "software-dev",
          "slug": "m",
          "target_branch": "main"
        }

        """,
        """{"accept_commit": "c", "acceptance_history": [{"accepted_at": "x", "accepted_by": "a"}], "accepted_at": "x", "accepted_by": "boss", "accepted_from_commit": "d", "mid8": "01JQ8Z4T", "mission_number": "042"}""",
        "{\"z\" : [1, {\"a\": 2}] , \"mission_number\": 4.2e1,\r\n\t\"slug\": \"é\\u00e9\", \"slug\": \"last\", \"coordination_branch\": \"kitty/mission-m\", \"status_phase\": 1}",
    ];

    public override string Run(byte[] input)
    {
        var meta = MissionMeta.Parse(input, out string? problem);
        var edit = JsonObjectEdit.Parse(input, out string? refusal);
        Require(meta is null == problem is not null && edit is null == refusal is not null, "neither an answer nor a problem, or both");
        var model = Library(input);
        if (meta is null)
        {
            RequireSentence(problem);
            Require(model is null || PythonJsonOrder.HasBrokenText(model.RootElement), "refused, and yet a JSON object: " + problem);
            return Kind(problem);
        }

        Require(model is not null, "accepted, and yet no JSON object");
        var root = model.RootElement;
        if (PythonJsonOrder.HasBrokenText(root))
        {
            // Half a surrogate pair: refused only where it is asked for.
            return "broken text";
        }

        Members(meta, root);
        Require(edit is not null, "it can be read and not edited: " + refusal);
        return $"{meta.MissionId is null} {meta.MissionNumber is null} {meta.MissionNumberProblem is null} {meta.Mid8.Length} {Edited(edit, input, root)}";
    }

    private static void Members(MissionMeta meta, JsonElement root)
    {
        Same(meta.MissionId, Text(root, "mission_id"), "mission_id is");
        Same(meta.MissionSlug, Text(root, "mission_slug") ?? Text(root, "slug"), "mission_slug is");
        Same(meta.Slug, Text(root, "slug"), "slug is");
        Same(meta.MissionType, (Text(root, "mission_type") ?? Text(root, "mission"))?.Trim() is { Length: > 0 } type ? type : "software-dev", "mission_type is");
        Same(meta.TargetBranch, Branch(root, "target_branch"), "target_branch is");
        Same(meta.MergeTargetBranch, Branch(root, "merge_target_branch"), "merge_target_branch is");
        Same(meta.CoordinationBranch, Branch(root, "coordination_branch"), "coordination_branch is");
        string? mid8 = Text(root, "mid8"), id = Text(root, "mission_id");
        Same(meta.Mid8, mid8 is not null && IsMid8().IsMatch(mid8) ? mid8 : id is { Length: >= 8 } && IsMid8().IsMatch(id[..8]) ? id[..8] : "", "mid8 is");
        int? number = Number(root, out bool isOdd);
        Same(meta.MissionNumber?.ToString(CultureInfo.InvariantCulture), number?.ToString(CultureInfo.InvariantCulture), "mission_number is");
        Require(meta.MissionNumberProblem is not null == isOdd, "mission_number's problem: " + meta.MissionNumberProblem);
        if (isOdd)
        {
            RequireLimited(meta.MissionNumberProblem!);
        }
    }

    private static void RequireLimited(string warning) => Require(warning.Length < 300, "a warning of " + warning.Length + " characters");

    private static int? Number(JsonElement root, out bool isOdd)
    {
        isOdd = false;
        if (!root.TryGetProperty("mission_number", out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            string digits = value.GetString()!.Trim();
            isOdd = digits.Length > 0 && !(digits.All(char.IsAsciiDigit) && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out _));
            return isOdd || digits.Length == 0 ? null : int.Parse(digits, CultureInfo.InvariantCulture);
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double real) && real == Math.Truncate(real) && Math.Abs(real) <= int.MaxValue)
        {
            return (int)real;
        }

        // The one whole number that is an int and whose negation is none.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int least))
        {
            return least;
        }

        isOdd = true;
        return null;
    }

    private static string Edited(JsonObjectEdit edit, byte[] input, JsonElement before)
    {
        Require(edit.ToBytes().AsSpan().SequenceEqual(input), "read and written, it is not the same");
        bool isBoss = Acceptance.LatestBy(edit, "boss") is not null;
        Require(isBoss == (Text(before, "accepted_by") == "boss" && Text(before, "accepted_at") is { Length: > 0 }), "it was accepted by boss, or was not");
        if (Acceptance.Record(edit, "é \"boss\"\n", "now") is { } problem)
        {
            Require(before.GetProperty("acceptance_history").ValueKind is not (JsonValueKind.Array or JsonValueKind.Null), "refused: " + problem);
            Require(edit.ToBytes().AsSpan().SequenceEqual(input), "refused, and yet changed");
            return "no list";
        }

        byte[] written = edit.ToBytes();
        using var document = Library(written);
        Require(document is not null, "no JSON any more: " + Encoding.UTF8.GetString(written));
        var after = document.RootElement;
        Require(Text(after, "accepted_by") == "é \"boss\"\n" && Text(after, "accepted_at") == "now" && Text(after, "acceptance_mode") == "orchestrator", "not recorded");
        Require(!after.TryGetProperty("accepted_from_commit", out _) && !after.TryGetProperty("accept_commit", out _), "what is no longer true is still there");
        var history = after.GetProperty("acceptance_history");
        int old = before.TryGetProperty("acceptance_history", out var list) && list.ValueKind == JsonValueKind.Array ? list.GetArrayLength() : 0;
        Require(history.GetArrayLength() == Math.Min(20, old + 1) && history[history.GetArrayLength() - 1].GetProperty("accepted_at").GetString() == "now", "the history is " + history.GetRawText());
        for (int i = 1; i < history.GetArrayLength(); i++)
        {
            Same(history[history.GetArrayLength() - 1 - i].GetRawText(), list[old - i].GetRawText(), "an entry is");
        }

        Same(Others(after), Others(before), "the other members are");
        return isBoss ? "again" : "recorded";
    }

    /// <summary>All members but those that an acceptance sets, in their order, as they are spelled.</summary>
    private static string Others(JsonElement root) =>
        string.Join('\n', root.EnumerateObject().Where(static member => !Recorded.Contains(member.Name)).Select(static member => member.Name + "=" + member.Value.GetRawText()));

    private static JsonDocument? Library(byte[] input)
    {
        try
        {
            ReadOnlyMemory<byte> json = input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? input.AsMemory(3) : input;
            var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string key) => root.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private static string? Branch(JsonElement root, string key) => Text(root, key)?.Trim() is { Length: > 0 } name ? name : null;

    [GeneratedRegex("^[0-9A-Z]{8}\\z")]
    private static partial Regex IsMid8();
}
