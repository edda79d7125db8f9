using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Every command, flag, level, exit status and environment variable of the schemas is live.</summary>
internal sealed class CommandWalkTests
{
    private static readonly JsonElement Root = SchemaFolder.Read("contract");
    private static readonly IReadOnlyList<JsonElement> Flags = SchemaFolder.Read("flags").Entries("flags");
    private static readonly IReadOnlyList<JsonElement> Commands = SchemaFolder.ReadAll("commands");

    [Test]
    public async Task Every_command_is_in_the_table_in_the_order_of_the_contract()
    {
        await Assert.That(CommandTable.All.Select(static command => command.Name)).IsEquivalentTo(Root.Texts("commands"), CollectionOrdering.Matching);
        await Assert.That(Commands.Select(static command => command.Text("id")!)).IsEquivalentTo(Root.Texts("commands"), CollectionOrdering.Any);
        foreach (var schema in Commands)
        {
            var command = CommandTable.All.Single(command => command.Name == schema.Text("id"));
            await Assert.That(CommandIds.TryParse(command.Name, ContractLevels.Highest, out var id)).IsTrue();
            await Assert.That(id).IsEqualTo(command.Id);
            await Assert.That(CommandTable.Get(id).Name).IsEqualTo(CommandIds.Name(id));
            await Assert.That(command.QualifiedName).IsEqualTo($"{Root.Text("group")}.{command.Name}");
            await Assert.That(CommandIds.QualifiedName(id)).IsEqualTo(command.QualifiedName);
            await Assert.That(command.Documentation).IsEqualTo(schema.Text("documentation"));
            await Assert.That(command.IsMutation).IsEqualTo(schema.Text("mode") == "mutation");
            await Assert.That(CommandIds.IsMutation(id)).IsEqualTo(command.IsMutation);
            await Assert.That(ContractLevels.Text(command.Since)).IsEqualTo(schema.Text("since"));
            await Assert.That(CommandIds.Since(id)).IsEqualTo(command.Since);
            await Assert.That(command.Policy.ToString()).IsEqualTo(SchemaFolder.Pascal(schema.Text("policy")!));
            await Assert.That(command.Errors.Select(ErrorCatalog.Name)).IsEquivalentTo(schema.Texts("errors"), CollectionOrdering.Matching);
            await Assert.That(command.Checks).IsEquivalentTo(schema.Texts("checks"), CollectionOrdering.Matching);
            await Assert.That(command.Examples).IsEquivalentTo(schema.Texts("examples"), CollectionOrdering.Matching);
            await Assert.That(command.Flags.Select(static use => (use.Flag.Name, use.Required))).IsEquivalentTo(
                schema.Entries("flags").Select(static use => (Flag(use.Text("flag")!).Text("name")!, use.Says("required"))), CollectionOrdering.Matching);
        }
    }

    [Test]
    public async Task Every_command_is_there_from_its_level_on()
    {
        foreach (var command in CommandTable.All)
        {
            foreach (var level in Enum.GetValues<ContractLevel>())
            {
                string[] args = [command.Name, .. command.Flags.Where(static use => use.Required).SelectMany(static use => new[] { use.Flag.Name, "v" })];
                await Assert.That(ArgvFastPath.TryParse(args, level)?.Command == command.Id).IsEqualTo(level >= command.Since).Because($"{command.Name} at {level}");
                await Assert.That(CommandIds.TryParse(command.Name, level, out _)).IsEqualTo(level >= command.Since);
            }
        }
    }

    [Test]
    public async Task Every_flag_of_every_command_reaches_its_request()
    {
        foreach (var command in CommandTable.All)
        {
            foreach (var flag in command.Flags.Select(static use => use.Flag))
            {
                string[] required = [.. command.Flags.Where(use => use.Required && use.Flag.Name != flag.Name).SelectMany(static use => new[] { use.Flag.Name, "v" })];
                var property = PropertyOf(command, Flags.Single(entry => entry.Text("name") == flag.Name).Text("id")!);
                var request = ArgvFastPath.TryParse([command.Name, .. required, .. flag.IsSwitch ? [flag.Name] : new[] { flag.Name, "given" }], ContractLevels.Highest);
                await Assert.That(property.GetValue(request)).IsEqualTo(flag.IsSwitch ? true : "given").Because($"{command.Name} {flag.Name}");
                if (flag.Negation is not null)
                {
                    await Assert.That(property.GetValue(ArgvFastPath.TryParse([command.Name, .. required, flag.Negation], ContractLevels.Highest)) is false).IsTrue();
                }
            }
        }
    }

    [Test]
    public async Task Every_flag_is_defined_once_and_used()
    {
        foreach (var schema in Flags)
        {
            string id = SchemaFolder.Pascal(schema.Text("id")!);
            var flag = (FlagDefinition)typeof(FlagTable).GetProperty(id)!.GetValue(null)!;
            await Assert.That(flag.Name).IsEqualTo(schema.Text("name"));
            await Assert.That((string)typeof(SpecKitty.Contract.Flags).GetField(id)!.GetRawConstantValue()!).IsEqualTo(flag.Name);
            await Assert.That(flag.Negation).IsEqualTo(schema.Text("negation"));
            await Assert.That(flag.IsSwitch).IsEqualTo(schema.Text("type") == "switch");
            await Assert.That(flag.ValueName).IsEqualTo(schema.Text("valueName"));
            await Assert.That(flag.Default).IsEqualTo(schema.Text("default"));
            await Assert.That(flag.Values).IsEquivalentTo(schema.Texts("values"), CollectionOrdering.Matching);
            await Assert.That(flag.Documentation).IsEqualTo(schema.Text("documentation"));
            await Assert.That(ContractLevels.Text(flag.Since)).IsEqualTo(schema.Text("since"));
            await Assert.That(CommandTable.All.Any(command => command.Flags.Any(use => use.Flag.Name == flag.Name))).IsTrue().Because($"{flag.Name} belongs to no command");
        }
    }

    [Test]
    public async Task The_levels_and_constants_are_the_contracts()
    {
        await Assert.That(ContractLevels.Texts).IsEquivalentTo(Root.Entries("levels").Select(static level => level.Text("id")!), CollectionOrdering.Matching);
        foreach (string text in ContractLevels.Texts)
        {
            await Assert.That(ContractLevels.TryParse(text, out var level)).IsTrue();
            await Assert.That(ContractLevels.Text(level)).IsEqualTo(text);
        }

        await Assert.That(ContractLevels.TryParse("1.0", out _)).IsFalse();
        await Assert.That(ContractLevels.Text(ContractLevels.Default)).IsEqualTo(Root.Text("defaultLevel"));
        await Assert.That(ContractLevels.Text(ContractLevels.Highest)).IsEqualTo(ContractLevels.Texts[^1]);
        await Assert.That(ContractConstants.Group).IsEqualTo(Root.Text("group"));
        await Assert.That(ContractConstants.Executable).IsEqualTo(Root.Text("executable"));
        await Assert.That(ContractConstants.UnknownCommand).IsEqualTo($"{Root.Text("group")}.{Root.Text("unknownCommand")}");
        await Assert.That(ContractConstants.MinSupportedProviderVersion).IsEqualTo(Root.Text("minSupportedProviderVersion"));
        await Assert.That(Root.GetProperty("maxEnvelopeBytes").GetInt32()).IsEqualTo(ContractConstants.MaxEnvelopeBytes);
        foreach (var status in Root.Entries("exitStatuses"))
        {
            await Assert.That(typeof(ExitStatus).GetField(SchemaFolder.Pascal(status.Text("id")!))!.GetRawConstantValue()).IsEqualTo(status.GetProperty("value").GetInt32());
        }

        foreach (var variable in Root.Entries("environment"))
        {
            string name = SchemaFolder.Pascal(variable.Text("id")!);
            await Assert.That(typeof(EnvironmentVariables).GetField(name)!.GetRawConstantValue()).IsEqualTo(variable.Text("name"));
            await Assert.That(typeof(EnvironmentVariables).GetField(name + "Default")?.GetRawConstantValue()).IsEqualTo(variable.TryGetProperty("default", out var value) ? value.GetInt32() : null);
        }
    }

    private static JsonElement Flag(string id) => Flags.Single(flag => flag.Text("id") == id);

    private static PropertyInfo PropertyOf(CommandDefinition command, string flag) =>
        typeof(Request).Assembly.GetType($"SpecKitty.Contract.{SchemaFolder.Pascal(command.Name)}Request")!.GetProperty(SchemaFolder.Pascal(flag))!;
}
