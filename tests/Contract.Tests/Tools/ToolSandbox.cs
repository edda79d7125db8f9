using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>Calls of tools.</summary>
internal static class ToolSandbox
{
    internal static Task<Call> ToolAsync(this Sandbox sandbox, params string[] argv) => sandbox.RunAsync(sandbox.Root, argv, []);

    /// <summary>The one JSON document of a call that ended with this status.</summary>
    internal static async Task<JsonElement> DocumentAsync(this Sandbox sandbox, int status, params string[] argv)
    {
        var call = await sandbox.ToolAsync(argv);
        Harness.Contract.Equal(call.ExitStatus, status, $"{call}: exit status ({call.StdoutText}{call.StderrText})");
        Harness.Contract.Equal(call.StderrText, "", $"{call}: stderr");
        Harness.Contract.Equal(call.StdoutText.Count(c => c == '\n'), 1, $"{call}: lines");
        var document = StrictJson.Parse(call.StdoutText.TrimEnd('\n'));
        PublishedSchemas.CheckTool(document.TryGetProperty("error_code", out _) ? "tool-failure" : argv[0] + "-document", document);
        return document;
    }

    /// <summary>The codes that doctor finds, sorted.</summary>
    internal static async Task<string> CodesAsync(this Sandbox sandbox, int status, params string[] more) => Codes(await sandbox.DocumentAsync(status, ["doctor", "--json", .. more]));

    internal static string Codes(JsonElement document) => string.Join(
        ' ', document.GetProperty("findings").EnumerateArray().Where(one => one.GetProperty("severity").GetString() != "note").Select(one => one.GetProperty("code").GetString()).Order());

    internal static IEnumerable<JsonElement> Lines(string text) => text.Split('\n', System.StringSplitOptions.RemoveEmptyEntries).Select(StrictJson.Parse);
}
