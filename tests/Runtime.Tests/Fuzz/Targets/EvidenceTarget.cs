using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// <c>--evidence-json</c> and <c>--review-result-json</c>: what HOST §1.3.1, §4.5 and §10.5 ask for is accepted and nothing else, and comes back out of the row as it
/// was given, less what rows leave out.
/// </summary>
internal sealed class EvidenceTarget : FuzzTarget
{
    private static readonly string[] Private = ["machine_name", "hostname", "workspace_path", "developer_name", "developer_email"];

    public override string Name => "evidence";

    public override IReadOnlyList<string> Words { get; } =
    [
        "\"review\": ", "\"reviewer\": ", "\"verdict\": \"approved\"", "\"reference\": \"r\"", "\"repos\": ", "\"verification\": ", "{\"repo\": \"r\", \"branch\": \"b\", \"commit\": \"c\"}", "\"files_touched\": [\"f\"]",
        "{\"command\": \"c\", \"result\": \"r\", \"summary\": \"s\"}", "\"hostname\": \"h\"", "\"verdict\": \"changes_requested\"", "\"feedback_path\": null", "\"feedback_path\": \"p\"", "\" \"",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        """{"review": {"reviewer": "rita", "verdict": "approved", "reference": "pr/1"}}""",
        """{"review": {"reviewer": "rita", "verdict": "approved", "reference": "pr/1"}, "repos": [{"repo": "r", "branch": "b", "commit": "c", "files_touched": ["x", "é"]}], "verification": [{"command": "c", "result": "r", "summary": "s"}]}""",
        """{"review": {"reviewer": {"name": "rita", "hostname": "h"}, "verdict": 1, "reference": 5}, "repos": {}, "verification": [], "extra": [null]}""",
        """{"reviewer": "rita", "verdict": "approved", "reference": "r", "feedback_path": null}""",
        """{"reviewer": "rita", "verdict": "changes_requested", "reference": "r", "feedback_path": "docs/f.md"}""",
        "{}", "[]", "", """{"review": {"reviewer": "\ud83d\ude00", "verdict": [1e5, 0.10], "reference": "r"}, "repos": [{"repo": null, "branch": false, "commit": 0}]}""",
    ];

    public override string Run(byte[] input)
    {
        string json = Encoding.UTF8.GetString(input);
        string answer = "";
        if (!Evidences.Read(json).Try(out var given, out var failure))
        {
            Require(failure.Code == ErrorCode.UsageError, "another failure: " + failure.Message);
            RequireSentence(failure.Message);
            Require(ReviewResults.Read(json).Failure is { Code: ErrorCode.UsageError }, "one option takes it, the other does not");
            return Kind(failure.Message);
        }

        if (Evidences.Shape(given!.Value).Try(out var evidence, out failure))
        {
            Require(IsEvidence(given.Value), "accepted, and yet not what was asked for");
            var stored = WrittenRows.Read(new LaneMove { WpId = "WP01", From = Lane.InReview, To = Lane.Done, Actor = "a", Evidence = evidence }).GetProperty("evidence");
            Same(PythonJsonOrder.Canonical(stored), PythonJsonOrder.Canonical(Stored(given.Value)), "the evidence is stored as");
            answer = "evidence " + stored.GetPropertyCount();
        }
        else
        {
            Require(failure.Code == ErrorCode.TransitionRejected && !IsEvidence(given.Value), "refused, and yet all there: " + failure.Message);
            RequireSentence(failure.Message);
            answer = Kind(failure.Message);
        }

        if (ReviewResults.Read(json).Try(out var result, out failure))
        {
            Require(IsReviewResult(given.Value), "accepted, and yet no review result");
            var stored = WrittenRows.Read(new LaneMove { WpId = "WP01", From = Lane.InReview, To = Lane.Approved, Actor = "a", ReviewResult = result }).GetProperty("review_result");
            foreach (string key in (string[])["reviewer", "verdict", "reference"])
            {
                Same(stored.GetProperty(key).GetString(), given.Value.GetProperty(key).GetString(), key + " is stored as");
            }

            return answer + " review result";
        }

        Require(failure.Code == ErrorCode.UsageError && !IsReviewResult(given.Value), "refused, and yet a review result: " + failure.Message);
        RequireSentence(failure.Message);
        return answer + Kind(failure.Message);
    }

    private static bool IsEvidence(JsonElement given) =>
        Of(given, "review") is { ValueKind: JsonValueKind.Object } review && IsTrue(Of(review, "reviewer")) && IsTrue(Of(review, "verdict")) && IsTrue(Of(review, "reference"))
        && !string.IsNullOrWhiteSpace(AsText(Of(review, "reference")!.Value)) && Items(given, "repos").All(static item => Has(item, "repo", "branch", "commit"))
        && Items(given, "verification").All(static item => Has(item, "command", "result", "summary"));

    private static bool IsReviewResult(JsonElement given) =>
        ((string[])["reviewer", "verdict", "reference"]).All(key => Of(given, key) is { ValueKind: JsonValueKind.String } text && !string.IsNullOrWhiteSpace(text.GetString()))
        && given.GetProperty("verdict").GetString() is "approved" or "changes_requested" && Of(given, "feedback_path") is null or { ValueKind: JsonValueKind.Null or JsonValueKind.String }
        && given.GetProperty("verdict").ValueKind == JsonValueKind.String;

    /// <summary>HOST §1.3.1: three known keys, lists that are not empty, no key that tells who or where the caller is.</summary>
    private static JsonElement Stored(JsonElement given)
    {
        var review = given.GetProperty("review");
        var stored = new Dictionary<string, object>
        {
            ["review"] = new Dictionary<string, JsonElement> { ["reviewer"] = review.GetProperty("reviewer"), ["verdict"] = review.GetProperty("verdict"), ["reference"] = JsonSerializer.SerializeToElement(AsText(review.GetProperty("reference"))) },
        };
        var repos = Items(given, "repos").Select(static item => Chosen(item, "repo", "branch", "commit", "files_touched")).ToList();
        if (repos.Count > 0)
        {
            stored["repos"] = repos;
        }

        var checks = Items(given, "verification").Select(static item => Chosen(item, "command", "result", "summary")).ToList();
        if (checks.Count > 0)
        {
            stored["verification"] = checks;
        }

        return Public(JsonSerializer.SerializeToElement(stored));
    }

    private static Dictionary<string, JsonElement> Chosen(JsonElement item, params string[] keys) =>
        keys.Where(key => key == "files_touched" ? IsTrue(Of(item, key)) : item.TryGetProperty(key, out _)).ToDictionary(static key => key, item.GetProperty);

    private static JsonElement Public(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => JsonSerializer.SerializeToElement(value.EnumerateObject().Where(static member => !Private.Contains(member.Name)).GroupBy(static member => member.Name).ToDictionary(static same => same.Key, static same => Public(same.Last().Value))),
        JsonValueKind.Array => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(Public).ToList()),
        _ => value,
    };

    private static JsonElement? Of(JsonElement value, string key) => value.ValueKind == JsonValueKind.Object && value.TryGetProperty(key, out var member) ? member : null;

    private static bool Has(JsonElement item, params string[] keys) => Array.TrueForAll(keys, key => Of(item, key) is not null);

    private static JsonElement[] Items(JsonElement given, string key) => Of(given, key) is not { } list || !IsTrue(list) ? [] : list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [list];

    private static string AsText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static bool IsTrue(JsonElement? value) => value is { } given && PythonJsonModel.Read(given.GetRawText(), out _)!.IsTruthy;
}
