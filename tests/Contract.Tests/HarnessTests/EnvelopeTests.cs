using System;
using System.Globalization;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.HarnessTests;

/// <summary>The envelope check lets a good one pass and catches each way to spoil it.</summary>
public sealed class EnvelopeTests
{
    private const string Data = """{"mission_id": null, "mission_slug": "s", "mission_number": null, "mission_type": "t", "wp_id": "WP01", "history_entry_id": "hist-0123456789abcdef0123456789abcdef", "committed": true}""";

    private const string Correlation = "corr-0123456789abcdef0123456789abcdef";

    private static string Now => DateTimeOffset.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    [Test]
    public async Task A_good_success_passes() => await Assert.That(Parse(Success()).Command).IsEqualTo("orchestrator-api.append-history");

    [Test]
    public async Task A_good_failure_passes() => await Assert.That(Parse(Failure()).ErrorCode).IsEqualTo("PREFLIGHT_FAILED");

    [Test]
    [Arguments("\"success\": true", "\"success\": false")]
    [Arguments("\"error_code\": null", "\"error_code\": \"WP_NOT_FOUND\"")]
    [Arguments("\"command\": ", "\"command\":")]
    [Arguments("\"committed\": true}", "\"committed\": true}, \"more\": 1")]
    [Arguments("\"mission_slug\": \"s\"", "\"mission_slug\": \"\u00E9\"")]
    [Arguments("\"committed\": true", "\"committed\": true, \"feature_slug\": \"x\"")]
    [Arguments("\"committed\": true", "\"committed\": true, \"committed\": true")]
    [Arguments("\"committed\": true", "\"committed\": null")]
    [Arguments(Data, "[]")]
    [Arguments("corr-0", "corr-G")]
    [Arguments("+00:00", "Z")]
    [Arguments("\"contract_version\": \"1.0.0\", \"command\": \"orchestrator-api.append-history\"", "\"command\": \"orchestrator-api.append-history\", \"contract_version\": \"1.0.0\"")]
    [Arguments("}\n", "}")]
    [Arguments("}\n", "}\n\n")]
    [Arguments("{\"contract", "\n{\"contract")]
    [Arguments("orchestrator-api.append-history", "append-history")]
    public async Task A_spoiled_success_is_caught(string part, string spoiled)
    {
        await Assert.That(Success()).Contains(part);
        await Assert.That(() => Parse(Success().Replace(part, spoiled, StringComparison.Ordinal))).Throws<ContractException>();
    }

    [Test]
    [Arguments("\"message\": \"m\"", "\"message\": \" \"")]
    [Arguments("\"message\": \"m\"", "\"message\": \"m\", \"more\": 1")]
    [Arguments("\"message\": \"m\"", "\"message\": \"Mission '{mission}' not found\"")]
    [Arguments("\"retryable\": true", "\"retryable\": \"true\"")]
    [Arguments("LOCK_TIMEOUT", "META_INVALID")]
    [Arguments("{\"reason_code\"", "{\"extra\": 1, \"reason_code\"")]
    [Arguments("\"effect\": \"none\"", "\"effect\": \"nothing\"")]
    [Arguments("LOCK_TIMEOUT", "WP_NOT_FOUND")]
    [Arguments("LOCK_TIMEOUT", "OUT_OF_COFFEE")]
    [Arguments("PREFLIGHT_FAILED", "LOCK_TIMEOUT")]
    [Arguments("\"retryable\": true, \"effect\": \"none\"", "\"effect\": \"none\", \"retryable\": true")]
    public async Task A_spoiled_failure_is_caught(string part, string spoiled)
    {
        await Assert.That(Failure()).Contains(part);
        await Assert.That(() => Parse(Failure().Replace(part, spoiled, StringComparison.Ordinal))).Throws<ContractException>();
    }

    [Test]
    public async Task A_time_that_is_not_now_is_caught() =>
        await Assert.That(() => Parse(Success().Replace(Now[..10], "2001-01-01", StringComparison.Ordinal))).Throws<ContractException>();

    private static Envelope Parse(string text) => Envelope.Parse(Encoding.UTF8.GetBytes(text));

    private static string Success() => Text("true", "null", Data);

    private static string Failure() =>
        Text("false", "\"PREFLIGHT_FAILED\"", """{"reason_code": "LOCK_TIMEOUT", "retryable": true, "effect": "none", "message": "m"}""");

    private static string Text(string success, string code, string data) =>
        $$"""{"contract_version": "1.0.0", "command": "orchestrator-api.append-history", "timestamp": "{{Now}}", "correlation_id": "{{Correlation}}", "success": {{success}}, "error_code": {{code}}, "data": {{data}}}""" + "\n";
}
