using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Publication;

namespace SpecKitty.Runtime.Tests.Publication;

/// <summary>What 'contract diff' says of one change to the published contract: what breaks a caller, and what does not.</summary>
internal sealed class ContractDifferenceTests
{
    public static IEnumerable<Func<(string Name, Action<JsonObject> Edit, string Expected)>> Breaking()
    {
        yield return () => ("a removed command", static defs => Remove(defs, "list-ready"), "list-ready: removed");
        yield return () => ("a removed flag", static defs => defs["transition.argv"]!["properties"]!.AsObject().Remove("--note"), "transition.argv --note: removed");
        yield return () => ("a removed code", static defs => Remove(defs, "cause.LOCK_TIMEOUT"), "code LOCK_TIMEOUT: removed");
        yield return () => ("a removed field", static defs => Field(defs).Remove("lane"), "part.work-package-state lane: removed");
        yield return () => ("a changed type", static defs => Field(defs)["wp_id"]!["type"] = "integer", "part.work-package-state wp_id: was string, is integer");
        yield return () => ("a flag that is required now", static defs => defs["transition.argv"]!["required"]!.AsArray().Add("--note"), "transition.argv --note: is required now");
        yield return () => ("a removed value", static defs => defs["lane"]!["enum"]!.AsArray().RemoveAt(1), "lane: planned is gone");
        yield return () => ("a new value", static defs => defs["lane"]!["enum"]!.AsArray().Add("parked"), "lane: parked is new");
        yield return () => ("a since that moved", static defs => defs["resolve-workspace"]!["x-since"] = "1.3.0", "resolve-workspace: was there since 1.2.0, is since 1.3.0");
        yield return () => ("a field that may be null now", static defs => Field(defs)["wp_id"]!["type"] = new JsonArray("string", "null"), "part.work-package-state wp_id: may be null now");
        yield return () => ("a field that may be absent now", static defs => defs["part.work-package-state"]!["required"]!.AsArray().RemoveAt(0), "part.work-package-state wp_id: may be absent now");
        yield return () => ("a flag with a narrower value", static defs => defs["merge-mission.argv"]!["properties"]!["--strategy"]!["enum"]!.AsArray().RemoveAt(0), "merge-mission.argv --strategy: merge is gone");
        yield return () => ("another pattern", static defs => defs["envelope.timestamp"]!["pattern"] = "^x$", "envelope.timestamp: must look like ^x$ now");
        yield return () => ("a code that appears as another", Move, "code.PREFLIGHT_FAILED: code LOCK_TIMEOUT appears as another code now");
        yield return () => ("members that may be others", static defs => defs["list-ready.data"]!.AsObject().Remove("additionalProperties"), "list-ready.data: may have other members now");
        yield return () => ("a keyword that is not known", static defs => defs["list-ready.data"]!["maxProperties"] = 3, "list-ready.data: maxProperties changed");
    }

    public static IEnumerable<Func<(string Name, Action<JsonObject> Edit, string Expected)>> Additive()
    {
        yield return () => ("a new command", static defs => defs["claim"] = defs["list-ready"]!.DeepClone(), "claim: added");
        yield return () => ("a new flag", static defs => defs["list-ready.argv"]!["properties"]!["--key"] = new JsonObject { ["type"] = "string" }, "list-ready.argv --key: added");
        yield return () => ("a new code", static defs => defs["cause.NEW"] = defs["cause.LOCK_TIMEOUT"]!.DeepClone(), "code NEW: added");
        yield return () => ("a new field", static defs => Field(defs)["title"] = new JsonObject { ["type"] = "string" }, "part.work-package-state title: added");
        yield return () => ("a flag that need not be given", static defs => defs["transition.argv"]!["required"]!.AsArray().RemoveAt(0), "transition.argv --mission: may be left out now");
        yield return () => ("a field that is never null now", static defs => Field(defs)["last_actor"]!["type"] = "string", "part.work-package-state last_actor: was string or null, is string");
        yield return () => ("a new value of a flag", static defs => defs["merge-mission.argv"]!["properties"]!["--strategy"]!["enum"]!.AsArray().Add("octopus"), "merge-mission.argv --strategy: octopus is new");
    }

    [Test]
    [MethodDataSource(nameof(Breaking))]
    public async Task A_breaking_change_is_named(string name, Action<JsonObject> edit, string expected) => await Check(name, edit, expected, isBreaking: true);

    [Test]
    [MethodDataSource(nameof(Additive))]
    public async Task An_addition_is_named_and_breaks_nothing(string name, Action<JsonObject> edit, string expected)
    {
        await Check(name, edit, expected, isBreaking: false);
        await Assert.That(Between(edit).Any(static change => change.IsBreaking)).IsFalse();
    }

    [Test]
    public async Task Words_for_people_are_no_promise() =>
        await Assert.That(Between(static defs => defs["list-ready"]!["description"] = "Other words.")).IsEmpty();

    [Test]
    public async Task A_part_under_another_name_is_the_same() => await Assert.That(Between(static defs =>
    {
        defs["part.package"] = defs["part.work-package-state"]!.DeepClone();
        defs.Remove("part.work-package-state");
        defs["mission-state.data"]!["properties"]!["work_packages"]!["items"]!["$ref"] = "#/$defs/part.package";
    })).IsEmpty();

    [Test]
    public async Task A_level_that_is_gone_breaks_and_a_new_one_does_not()
    {
        var one = Documents(Whole(ContractLevels.Default));
        var two = Documents(Whole(ContractLevels.Default), Whole(ContractLevels.Highest));
        string highest = ContractLevels.Text(ContractLevels.Highest);

        await Assert.That(Told(ContractDifference.Between(two, one).ToArray().Single())).IsEqualTo($"True level {highest}: removed ({highest})");
        await Assert.That(Told(ContractDifference.Between(one, two).ToArray().Single())).IsEqualTo($"False level {highest}: added ({highest})");
    }

    private static string Told(ContractDifference change) => $"{change.IsBreaking} {change.Where}: {change.What} ({string.Join(", ", change.Levels)})";

    private static ContractDocuments Documents(params JsonElement[] all)
    {
        var documents = new ContractDocuments();
        foreach (var document in all)
        {
            if (!documents.TryAdd(document))
            {
                throw new InvalidOperationException("It is of no level.");
            }
        }

        return documents;
    }

    private static async Task Check(string name, Action<JsonObject> edit, string expected, bool isBreaking)
    {
        var found = Between(edit).Where(change => change.IsBreaking == isBreaking).Select(static change => $"{change.Where}: {change.What}");
        await Assert.That(found).Contains(expected).Because(name);
    }

    private static ContractDifference[] Between(Action<JsonObject> edit)
    {
        var root = JsonNode.Parse(SchemaDocument.Whole(ContractLevels.Highest).Span)!.AsObject();
        edit(root["$defs"]!.AsObject());
        return ContractDifference.Between(Documents(Whole(ContractLevels.Highest)), Documents(JsonDocument.Parse(root.ToJsonString()).RootElement)).ToArray();
    }

    private static JsonElement Whole(ContractLevel level) => JsonDocument.Parse(SchemaDocument.Whole(level)).RootElement;

    private static JsonObject Field(JsonObject defs) => defs["part.work-package-state"]!["properties"]!.AsObject();

    private static void Remove(JsonObject defs, string name) => defs.Remove(name);

    /// <summary>LOCK_TIMEOUT goes from one code to another.</summary>
    private static void Move(JsonObject defs)
    {
        var from = defs["code.PREFLIGHT_FAILED"]!["oneOf"]!.AsArray();
        var moved = from.First(one => one!["$ref"]!.GetValue<string>().EndsWith("LOCK_TIMEOUT", StringComparison.Ordinal))!;
        from.Remove(moved);
        defs["code.TRANSITION_REJECTED"]!["oneOf"]!.AsArray().Add(moved);
    }
}
