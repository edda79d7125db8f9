using System;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>Reads <c>--review-result-json</c> (level 1.3.0, HOST §10.5); every flaw in it is a matter of usage.</summary>
internal static class ReviewResults
{
    /// <summary>The outcome; null when none was given.</summary>
    public static Result<ReviewResult?> Read(string? json)
    {
        const string Flag = Flags.ReviewResultJson;
        if (!JsonOption.ReadObject(Flag, json).Try(out var given, out var failure))
        {
            return failure;
        }

        if (given is not { } outcome)
        {
            return (ReviewResult?)null;
        }

        if (Text(outcome, ReviewResultFields.Reviewer) is not { } reviewer || Text(outcome, ReviewResultFields.Verdict) is not { } verdict
            || Text(outcome, ReviewResultFields.Reference) is not { } reference)
        {
            return Usage(Messages.ReviewResultIncomplete(Flag));
        }

        if (Array.IndexOf(ReviewResultFields.VerdictValues, verdict) < 0)
        {
            return Usage(Messages.ReviewResultVerdict(Flag));
        }

        bool hasPath = outcome.TryGetProperty(ReviewResultFields.FeedbackPath, out var path) && path.ValueKind != JsonValueKind.Null;
        if (hasPath && path.ValueKind != JsonValueKind.String)
        {
            return Usage(Messages.ReviewResultFeedbackPath(Flag));
        }

        return new ReviewResult { FeedbackPath = hasPath ? path.GetString() : null, Reference = reference, Reviewer = reviewer, Verdict = verdict };
    }

    private static string? Text(JsonElement outcome, ReadOnlySpan<byte> name) =>
        outcome.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(member.GetString())
            ? member.GetString()
            : null;

    private static Failure Usage(string message) => new(ErrorCode.UsageError, message);
}
