using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>The one JSON object on stdout, checked as the strictest client would (DESIGN §5).</summary>
internal sealed partial class Envelope
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly string[] Keys = ["contract_version", "command", "timestamp", "correlation_id", "success", "error_code", "data"];
    private static readonly string[] FailureTail = ["reason_code", "retryable", "effect", "message"];

    private readonly JsonElement _root;

    private Envelope(JsonElement root) => _root = root;

    internal string ContractVersion => _root.GetProperty("contract_version").GetString()!;

    internal string Command => _root.GetProperty("command").GetString()!;

    internal string Timestamp => _root.GetProperty("timestamp").GetString()!;

    internal string CorrelationId => _root.GetProperty("correlation_id").GetString()!;

    internal bool Success => _root.GetProperty("success").GetBoolean();

    internal string? ErrorCode => _root.GetProperty("error_code").GetString();

    internal JsonElement Data => _root.GetProperty("data");

    /// <exception cref="ContractException">stdout is not exactly one envelope of the contract's form.</exception>
    internal static Envelope Parse(byte[] stdout)
    {
        var text = Encoding.UTF8.GetString(stdout);
        Contract.Holds(stdout.Length <= MaxBytes, $"the answer has {stdout.Length} bytes");
        Contract.Holds(text.EndsWith('\n') && text.IndexOf('\n', StringComparison.Ordinal) == text.Length - 1, $"stdout is not one LF-ended line: <{text}>");
        JsonElement root;
        try
        {
            root = StrictJson.Parse(stdout.AsSpan(0, stdout.Length - 1));
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException)
        {
            throw new ContractException($"stdout is not strict JSON ({problem.Message}): {text}");
        }

        var envelope = new Envelope(root);
        try
        {
            envelope.Check(text);
        }
        catch (Exception problem) when (problem is InvalidOperationException or System.Collections.Generic.KeyNotFoundException)
        {
            throw new ContractException($"a value of the envelope has the wrong type ({problem.Message}): {text}");
        }

        return envelope;
    }

    private void Check(string text)
    {
        Contract.Holds(_root.ValueKind == JsonValueKind.Object, $"stdout is not an object: {text}");
        Contract.Equal(string.Join(' ', _root.EnumerateObject().Select(m => m.Name)), string.Join(' ', Keys), "the envelope's keys");
        Contract.Equal(text, PythonText.Encode(_root) + "\n", "the envelope's byte form");
        Contract.Holds(TimestampForm().IsMatch(Timestamp), $"timestamp {Timestamp}");
        Contract.Holds(!Timestamp.Contains(".000000", StringComparison.Ordinal), $"timestamp {Timestamp} has a fraction of zero");
        var age = DateTimeOffset.UtcNow - DateTimeOffset.Parse(Timestamp, CultureInfo.InvariantCulture);
        Contract.Holds(age.Duration() < TimeSpan.FromHours(1), $"timestamp {Timestamp} is not of now");
        Contract.Holds(CorrelationForm().IsMatch(CorrelationId), $"correlation_id {CorrelationId}");
        Contract.Holds(CommandForm().IsMatch(Command), $"command {Command}");
        Contract.Holds(Data.ValueKind == JsonValueKind.Object, "data is not an object");
        Contract.Holds(Success == (_root.GetProperty("error_code").ValueKind == JsonValueKind.Null), "success and error_code disagree");
        Contract.Holds(!text.Contains("\"feature_slug\"", StringComparison.Ordinal), "feature_slug appears");
        Contract.Holds(!text.Contains('\x1b'), "a terminal escape appears");
        PublishedSchemas.Check(Command["orchestrator-api.".Length..], ContractVersion, _root);
        if (!Success)
        {
            CheckFailure();
        }
        else if (PayloadSchema.Has(Command["orchestrator-api.".Length..]))
        {
            PayloadSchema.Check(Command["orchestrator-api.".Length..], Data, ContractVersion);
        }
    }

    private void CheckFailure()
    {
        var names = Data.EnumerateObject().Select(m => m.Name).ToArray();
        Contract.Equal(string.Join(' ', names.TakeLast(FailureTail.Length)), string.Join(' ', FailureTail), $"the last keys of a failure's data ({string.Join(' ', names)})");
        var reason = Data.GetProperty("reason_code").GetString()!;
        Contract.Holds(ErrorCatalogue.Knows(reason), $"reason_code {reason} is not in the catalogue");
        Contract.Equal(ErrorCode, ErrorCatalogue.CodeAt(reason, ContractVersion), $"error_code for reason_code {reason} at level {ContractVersion}");
        Contract.Holds(!Data.GetProperty("retryable").GetBoolean() || ErrorCatalogue.MayBeRetryable(reason), $"{reason} is not retryable");
        Contract.Holds(Data.GetProperty("effect").GetString() is "none" or "committed" or "indeterminate", $"effect {Data.GetProperty("effect")}");
        if (ErrorCatalogue.DataOf(reason) is { } payload && names.Length > FailureTail.Length)
        {
            PayloadSchema.Check(payload, Data, ContractVersion, FailureTail);
        }
        else
        {
            Contract.Equal(names.Length, FailureTail.Length, $"the number of keys in the data of {reason} ({string.Join(' ', names)})");
        }

        var message = Data.GetProperty("message").GetString()!;
        Contract.Holds(message.Trim().Length > 0, "the message is blank");
        Contract.Holds(!message.Contains('{', StringComparison.Ordinal) || !PlaceholderForm().IsMatch(message), $"a placeholder is left in the message: {message}");
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?\+00:00\z")]
    private static partial Regex TimestampForm();

    [GeneratedRegex(@"^corr-[0-9a-f]{32}\z")]
    private static partial Regex CorrelationForm();

    [GeneratedRegex(@"^orchestrator-api\.[a-z]+(-[a-z]+)*\z")]
    private static partial Regex CommandForm();

    // A name in braces that no formatter filled in; braces of a caller's own text have other content in these tests.
    [GeneratedRegex(@"\{(mission|wp|lane|lanes|path|detail|file|line|byte|offset|flag|command|level|version|minimum|milliseconds|activity|error|action)\}")]
    private static partial Regex PlaceholderForm();
}
