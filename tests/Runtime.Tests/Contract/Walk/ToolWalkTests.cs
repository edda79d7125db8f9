using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Cli;
using SpecKitty.Contract;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Every tool of the schemas is in the table with all that its schema says, and its examples are understood.</summary>
internal sealed class ToolWalkTests
{
    private static readonly IReadOnlyList<JsonElement> Schemas = SchemaFolder.ReadAll("tools");

    public static IEnumerable<string> Ids() => Schemas.Select(static schema => schema.Text("id")!);

    [Test]
    public async Task Every_tool_is_in_the_table() => await Assert.That(ToolTable.All.Select(static tool => tool.Id.ToString())).IsEquivalentTo(Ids().Select(SchemaFolder.Pascal), CollectionOrdering.Matching);

    [Test]
    [MethodDataSource(nameof(Ids))]
    public async Task The_table_says_what_the_schema_says(string id)
    {
        var schema = Schemas.Single(schema => schema.Text("id") == id);
        var tool = Tool(id);
        await Assert.That(string.Join(' ', tool.Words)).IsEqualTo(schema.TryGetProperty("words", out _) ? string.Join(' ', schema.Texts("words")) : id);
        await Assert.That(tool.Documentation).IsEqualTo(schema.Text("documentation"));
        await Assert.That(tool.Since).IsEqualTo(schema.Text("since"));
        await Assert.That(tool.Arguments.Select(static argument => argument.Id)).IsEquivalentTo(schema.Entries("arguments").Select(static one => one.Text("id")!), CollectionOrdering.Matching);
        await Assert.That(tool.Flags.Select(static flag => flag.Id)).IsEquivalentTo(schema.Entries("flags").Select(static one => one.Text("flag") ?? one.Text("id")!), CollectionOrdering.Matching);
        await Assert.That(tool.ExitStatuses.Select(static status => status.Value)).IsEquivalentTo(schema.Entries("exitStatuses").Select(static one => one.GetProperty("value").GetInt32()), CollectionOrdering.Matching);
        await Assert.That(tool.Examples.Select(static example => example.Call)).IsEquivalentTo(schema.Entries("examples").Select(static one => one.Text("call")!), CollectionOrdering.Matching);
    }

    [Test]
    [MethodDataSource(nameof(Ids))]
    public async Task Its_examples_are_understood(string id)
    {
        foreach (var example in Tool(id).Examples)
        {
            string[] argv = Words(example.Call);
            await Assert.That(ToolLine.Find(argv)!.Id).IsEqualTo(Tool(id).Id);
            var parsed = ToolParser.Parse(Tool(id), argv);
            await Assert.That(parsed.Error).IsNull().Because(example.Call);
            await Assert.That(parsed.Request!.Tool).IsEqualTo(Tool(id).Id);
        }
    }

    [Test]
    [MethodDataSource(nameof(Ids))]
    public async Task Its_help_names_everything_and_shows_the_examples(string id)
    {
        var tool = Tool(id);
        string help = ToolParser.Parse(tool, [.. tool.Words, "--help"]).Help!;
        foreach (string part in tool.Flags.Select(static flag => flag.Name!)
            .Concat(tool.Arguments.Select(static argument => $"<{argument.ValueName}>"))
            .Concat(tool.Examples.Select(static example => example.Call))
            .Concat(tool.ExitStatuses.Select(static status => $"  {status.Value,-5}{status.Documentation}")))
        {
            await Assert.That(help).Contains(part);
        }
    }

    private static ToolDefinition Tool(string id) => ToolTable.All.Single(tool => tool.Id.ToString() == SchemaFolder.Pascal(id));

    /// <summary>A line as a shell would take it apart, as far as examples need it.</summary>
    private static string[] Words(string line) => [.. line.Split(' ').Select(static word => word.Trim('\''))];
}
