using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SpecKitty.Reliability.Harness;

/// <summary>The one JSON line a call answers with, read strictly (DESIGN §5); <see cref="Problem"/> says what is wrong with it.</summary>
internal sealed partial class Envelope
{
    private static readonly string[] Keys = ["contract_version", "command", "timestamp", "correlation_id", "success", "error_code", "data"];

    private Envelope()
    {
    }

    public string? Problem { get; private init; }

    public bool Success { get; private init; }

    public string? ErrorCode { get; private init; }

    public string Command { get; private init; } = "";

    public JsonElement Data { get; private init; }

    /// <summary>The exact cause of a failure.</summary>
    public string Reason => Text("reason_code") ?? "";

    /// <summary>What a failed call left behind: none, committed or indeterminate.</summary>
    public string Effect => Text("effect") ?? "";

    public string Message => Text("message") ?? "";

    public string? Text(string key) =>
        Problem is null && Data.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public bool? Flag(string key) =>
        Problem is null && Data.TryGetProperty(key, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    public static Envelope Read(byte[] output, int exitCode)
    {
        if (output.Length == 0)
        {
            return Bad("stdout is empty");
        }

        if (output.Length > 1 << 20)
        {
            return Bad($"{output.Length} bytes");
        }

        if (output.AsSpan().IndexOf((byte)'\n') != output.Length - 1)
        {
            return Bad("stdout is not one line");
        }

        JsonElement root;
        try
        {
            _ = new UTF8Encoding(false, true).GetCharCount(output);
            root = JsonDocument.Parse(output, new JsonDocumentOptions { MaxDepth = 512 }).RootElement;
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException)
        {
            return Bad(error.Message);
        }

        if (root.ValueKind != JsonValueKind.Object)
        {
            return Bad("no object");
        }

        int i = 0;
        foreach (var member in root.EnumerateObject())
        {
            if (i == Keys.Length || member.Name != Keys[i++])
            {
                return Bad($"key {member.Name} at place {i}");
            }
        }

        if (i != Keys.Length)
        {
            return Bad($"{i} keys");
        }

        return Duplicate(root) is { } twice ? Bad($"duplicate key {twice}") : Check(root, exitCode);
    }

    private static Envelope Check(JsonElement root, int exitCode)
    {
        var success = root.GetProperty("success");
        var code = root.GetProperty("error_code");
        var data = root.GetProperty("data");
        if (success.ValueKind is not (JsonValueKind.True or JsonValueKind.False) || data.ValueKind != JsonValueKind.Object
            || code.ValueKind is not (JsonValueKind.Null or JsonValueKind.String))
        {
            return Bad("types");
        }

        bool ok = success.GetBoolean();
        if (ok != (code.ValueKind == JsonValueKind.Null) || !Time().IsMatch(root.GetProperty("timestamp").GetString() ?? "")
            || !Correlation().IsMatch(root.GetProperty("correlation_id").GetString() ?? ""))
        {
            return Bad("success against error_code, or a malformed timestamp or correlation_id");
        }

        string command = root.GetProperty("command").GetString() ?? "";
        var envelope = new Envelope { Success = ok, ErrorCode = code.GetString(), Command = command, Data = data };
        if (!ok && (envelope.Message.Length == 0 || envelope.Reason.Length == 0 || envelope.Effect is not ("none" or "committed" or "indeterminate")
            || envelope.Flag("retryable") is null))
        {
            return Bad("a failure without message, reason_code, retryable or effect");
        }

        bool usage = command == "orchestrator-api.unknown";
        bool interrupted = envelope.Reason == "INTERRUPTED";
        bool fits = ok ? exitCode == 0 : usage ? exitCode == 2 : interrupted ? exitCode > 128 : exitCode == 1;
        return fits ? envelope : Bad($"exit status {exitCode} with {envelope.ErrorCode ?? "success"} {envelope.Reason}");
    }

    private static string? Duplicate(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                if (Duplicate(item) is { } inner)
                {
                    return inner;
                }
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in element.EnumerateObject())
            {
                if (!names.Add(member.Name))
                {
                    return member.Name;
                }

                if (Duplicate(member.Value) is { } inner)
                {
                    return inner;
                }
            }
        }

        return null;
    }

    private static Envelope Bad(string problem) => new() { Problem = problem };

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$")]
    private static partial Regex Time();

    [GeneratedRegex("^corr-[0-9a-f]{32}$")]
    private static partial Regex Correlation();
}
