using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Json.Schema;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>
/// What is published of the contract holds: docs/schemas under an independent validator, docs/errors against what the executable said. That every envelope
/// of all tests is valid is checked where they are read (<see cref="Envelope"/>); here it is shown that the schemas are tight enough to refuse others.
/// </summary>
public sealed partial class PublishedSchemaTests
{
    private const string Slug = MissionBuilder.DefaultSlug;

    public static IEnumerable<string> LevelNames() => Levels.All;

    public static IEnumerable<string> Codes() => ErrorCatalogue.Codes;

    [Test]
    [MethodDataSource(nameof(LevelNames))]
    public async Task A_level_is_a_json_schema(string level)
    {
        var verdict = MetaSchemas.Draft202012.Evaluate(StrictJson.Parse(PublishedSchemas.Document(level)), new EvaluationOptions { OutputFormat = OutputFormat.List });

        await Assert.That(verdict.IsValid).IsTrue();
        await Assert.That(References(StrictJson.Parse(PublishedSchemas.Document(level))).Where(name => !PublishedSchemas.Has(name, level))).IsEmpty();
    }

    [Test]
    public async Task Every_change_of_an_envelope_is_refused()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP02", "in_progress", actor: "one");
        (string, Call)[] calls =
        [
            ("mission-state", await sandbox.ApiAsync("mission-state", "--mission", Slug)),
            ("list-ready", await sandbox.ApiAsync("list-ready", "--mission", Slug)),
            ("start-implementation", await mission.StartAsync("WP01")),
            ("start-implementation", await sandbox.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP02", "--actor", "two", "--policy", Policy.Valid)),
            ("start-implementation", await sandbox.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP03", "--actor", "two", "--policy", Policy.Valid)),
            ("transition", await mission.MoveAsync("WP01", "blocked")),
            ("contract-version", await sandbox.ApiAsync("contract-version", "--provider-version", "0.0.1")),
            ("unknown", await sandbox.ApiAsync("nothing")),
        ];

        var accepted = new List<string>();
        int tried = 0;
        foreach (var (definition, call) in calls)
        {
            _ = call.Envelope;
            foreach (var (what, changed) in Changes(call.StdoutText, definition))
            {
                tried++;
                if (PublishedSchemas.Problems(definition, "1.0.0", StrictJson.Parse(changed)).Count == 0)
                {
                    accepted.Add($"{definition}: {what}");
                }
            }
        }

        await Assert.That(string.Join('\n', accepted)).IsEqualTo("");
        await Assert.That(tried).IsGreaterThan(250);
    }

    [Test]
    public async Task Every_row_and_the_snapshot_of_a_run_are_valid()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Wp("WP01").Write();
        (await mission.StartAsync("WP01")).Ok();
        await mission.ForReviewAsync("WP01");
        (await mission.ReviewAsync("WP01")).Ok();
        (await mission.MoveAsync("WP01", "approved", "--evidence-json", Mission.Evidence)).Ok();

        var rows = sandbox.Read($"kitty-specs/{Slug}/status.events.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (string row in rows)
        {
            PublishedSchemas.Check("event", "1.0.0", StrictJson.Parse(row));
            var changed = JsonNode.Parse(row)!.AsObject();
            changed["to_lane"] = "nirvana";
            await Assert.That(PublishedSchemas.Problems("event", "1.0.0", StrictJson.Parse(changed.ToJsonString()))).IsNotEmpty();
        }

        await Assert.That(rows.Length).IsGreaterThan(5);
        PublishedSchemas.Check("snapshot", "1.0.0", StrictJson.Parse(sandbox.Read($"kitty-specs/{Slug}/status.json")));
    }

    [Test]
    [MethodDataSource(nameof(Codes))]
    public async Task The_example_of_a_page_is_an_envelope_that_was_said(string code)
    {
        var page = RepositoryRoot.Read("docs", "errors", code + ".md");
        var example = StrictJson.Parse(ExampleForm().Match(page).Groups[1].Value);

        PublishedSchemas.Check(example.GetProperty("command").GetString()!["orchestrator-api.".Length..], example.GetProperty("contract_version").GetString()!, example);
        await Assert.That(example.GetProperty("data").GetProperty("reason_code").GetString()).IsEqualTo(code);
        var transcript = RepositoryRoot.File("tests", "Contract.Tests", "Cases", "Verified", $"ErrorSnapshots.{code}.verified.txt");
        if (code != "INTERNAL_ERROR")
        {
            var said = (await File.ReadAllLinesAsync(transcript)).Select(line => line.Trim()).Where(line => line.StartsWith("{\"contract_version\"", StringComparison.Ordinal)).Select(Masked);
            await Assert.That(said).Contains(Masked(PythonText.Encode(example)));
        }
    }

    /// <summary>Without what differs from run to run: a page has a time, an id and a path in its place, a transcript a name in braces.</summary>
    private static string Masked(string envelope)
    {
        envelope = envelope.Replace("/home/me/project", "{root}", StringComparison.Ordinal).Replace("/home/me", "{top}", StringComparison.Ordinal);
        return VolatileForm().Replace(envelope, "\"$1\": \"…\"");
    }

    /// <summary>The envelope with each member in turn left out, of another type, or joined by one more.</summary>
    private static IEnumerable<(string What, string Changed)> Changes(string envelope, string definition)
    {
        var paths = new List<string[]>();
        Walk(JsonNode.Parse(envelope)!, []);
        foreach (var path in paths)
        {
            string name = path[^1];
            bool isOptional = definition == "contract-version" && name is "provider_version" or "min_supported_provider_version" or "api_version";
            if (!isOptional)
            {
                yield return ($"without {string.Join('.', path)}", Changed(path, static (parent, name) => parent.Remove(name)));
            }

            yield return ($"{string.Join('.', path)} of another type", Changed(path, static (parent, name) => parent[name] = Other(parent[name])));
            yield return ($"one more beside {string.Join('.', path)}", Changed(path, static (parent, _) => parent["one_more"] = 1));
            if (name is "lane" or "from_lane" or "to_lane" or "error_code" or "reason_code" or "effect" or "command" or "contract_version" or "timestamp" or "correlation_id")
            {
                yield return ($"another {string.Join('.', path)}", Changed(path, static (parent, name) => parent[name] = "nirvana"));
            }
        }

        void Walk(JsonNode node, string[] path)
        {
            foreach (var (name, value) in node is JsonObject members ? members.ToArray() : [])
            {
                string[] here = [.. path, name];
                paths.Add(here);
                if (value is JsonObject)
                {
                    Walk(value, here);
                }
                else if (value is JsonArray { Count: > 0 } items && items[0] is JsonObject first)
                {
                    Walk(first, [.. here, "0"]);
                }
            }
        }

        string Changed(string[] path, Action<JsonObject, string> change)
        {
            var root = JsonNode.Parse(envelope)!;
            var parent = path[..^1].Aggregate(root, static (node, name) => node is JsonArray items ? items[0]! : node[name]!);
            change(parent.AsObject(), path[^1]);
            return root.ToJsonString();
        }
    }

    private static JsonNode? Other(JsonNode? value) => value switch
    {
        JsonArray => new JsonObject(),
        JsonObject => new JsonArray(),
        _ => new JsonArray(1),
    };

    private static IEnumerable<string> References(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => member.NameEquals("$ref") ? [member.Value.GetString()!["#/$defs/".Length..]] : References(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().SelectMany(References),
        _ => [],
    };

    [GeneratedRegex("\n```json\n(.*?)\n```\n", RegexOptions.Singleline)]
    private static partial Regex ExampleForm();

    [GeneratedRegex("\"(timestamp|correlation_id)\": \"[^\"]*\"")]
    private static partial Regex VolatileForm();
}
