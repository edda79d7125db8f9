using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>Reads <c>--evidence-json</c>: first its JSON, which is a matter of usage, then its shape, which the lane machine refuses (HOST §4.5, §6.6).</summary>
internal static class Evidences
{
    /// <summary>The evidence object; null when none was given.</summary>
    public static Result<JsonElement?> Read(string? json) => JsonOption.ReadObject(Flags.EvidenceJson, json);

    /// <summary>The evidence as rows store it: a review with its three parts, and where the work and its checks are (HOST §1.3.1).</summary>
    public static Result<Evidence> Shape(JsonElement given)
    {
        var review = Member(given, EvidenceFields.Review);
        var reviewer = review is { ValueKind: JsonValueKind.Object } r ? Member(r, ReviewEvidenceFields.Reviewer) : null;
        var verdict = review is { ValueKind: JsonValueKind.Object } v ? Member(v, ReviewEvidenceFields.Verdict) : null;
        var reference = review is { ValueKind: JsonValueKind.Object } f ? Member(f, ReviewEvidenceFields.Reference) : null;
        if (!IsTruthy(reviewer) || !IsTruthy(verdict) || !IsTruthy(reference) || string.IsNullOrWhiteSpace(Text(reference!.Value)))
        {
            return new Failure(ErrorCode.TransitionRejected, Messages.EvidenceIncomplete());
        }

        if (!Repos(given).Try(out var repos, out var failure) || !Verifications(given).Try(out var verifications, out failure))
        {
            return failure;
        }

        return new Evidence
        {
            Repos = repos.Count > 0 ? repos.ToArray() : null,
            Review = new ReviewEvidence { Reference = Text(reference.Value), Reviewer = reviewer!.Value, Verdict = verdict!.Value },
            Verification = verifications.Count > 0 ? verifications.ToArray() : null,
        };
    }

    /// <summary>A member as text: a string's own, anything else's JSON.</summary>
    public static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static Result<Items<RepoEvidence>> Repos(JsonElement given)
    {
        var items = new Items<RepoEvidence>();
        foreach (var item in Items(given, EvidenceFields.Repos))
        {
            if (Member(item, RepoEvidenceFields.Branch) is not { } branch || Member(item, RepoEvidenceFields.Commit) is not { } commit
                || Member(item, RepoEvidenceFields.Repo) is not { } repo)
            {
                return Malformed(EvidenceFields.Repos, RepoEvidenceFields.Required);
            }

            var files = Member(item, RepoEvidenceFields.FilesTouched);
            items.Add(new RepoEvidence { Branch = branch, Commit = commit, Repo = repo, FilesTouched = IsTruthy(files) ? files : null });
        }

        return items;
    }

    private static Result<Items<VerificationEvidence>> Verifications(JsonElement given)
    {
        var items = new Items<VerificationEvidence>();
        foreach (var item in Items(given, EvidenceFields.Verification))
        {
            if (Member(item, VerificationEvidenceFields.Command) is not { } command || Member(item, VerificationEvidenceFields.Result) is not { } result
                || Member(item, VerificationEvidenceFields.Summary) is not { } summary)
            {
                return Malformed(EvidenceFields.Verification, VerificationEvidenceFields.Required);
            }

            items.Add(new VerificationEvidence { Command = command, Result = result, Summary = summary });
        }

        return items;
    }

    private static Failure Malformed(ReadOnlySpan<byte> list, string members) =>
        new(ErrorCode.TransitionRejected, Messages.EvidenceMalformed(Encoding.UTF8.GetString(list), members));

    /// <summary>The items of a list member; what is no list counts as one item, and is refused as such.</summary>
    private static JsonElement[] Items(JsonElement given, ReadOnlySpan<byte> name)
    {
        if (Member(given, name) is not { } list || !IsTruthy(list))
        {
            return [];
        }

        return list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [list];
    }

    private static JsonElement? Member(JsonElement value, ReadOnlySpan<byte> name) =>
        value.ValueKind == JsonValueKind.Object && value.TryGetProperty(name, out var member) ? member : null;

    /// <summary>Python's truth: neither null, false, zero nor empty.</summary>
    private static bool IsTruthy(JsonElement? value) => value is { } given && given.ValueKind switch
    {
        JsonValueKind.String => given.GetString()!.Length > 0,
        JsonValueKind.Number => !given.TryGetDouble(out double number) || number != 0,
        JsonValueKind.True => true,
        JsonValueKind.Array => given.GetArrayLength() > 0,
        JsonValueKind.Object => given.GetPropertyCount() > 0,
        _ => false,
    };
}
