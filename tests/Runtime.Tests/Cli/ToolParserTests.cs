using System.Threading.Tasks;
using SpecKitty.Cli;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Cli;

/// <summary>argv of a tool.</summary>
internal sealed class ToolParserTests
{
    private static ToolDefinition Board => ToolLine.Find(["board"])!;

    [Test]
    public async Task Flags_and_arguments_come_in_any_order()
    {
        var request = (BoardToolRequest)ToolParser.Parse(Board, ["board", "--json", "077", "--mission=078"]).Request!;
        await Assert.That((request.Selector, request.Mission, request.Json)).IsEqualTo(("077", "078", true));
    }

    [Test]
    public async Task What_is_not_given_is_not_there()
    {
        var request = (BoardToolRequest)ToolParser.Parse(Board, ["board"]).Request!;
        await Assert.That((request.Selector, request.Mission, request.Json)).IsEqualTo((null, null, false));
    }

    [Test]
    public async Task A_misspelled_flag_is_not_taken_for_an_argument()
    {
        await Assert.That(ToolParser.Parse(Board, ["board", "--jsn"]).Error).Contains("'--jsn'");
        await Assert.That(((BoardToolRequest)ToolParser.Parse(Board, ["board", "--", "--jsn"]).Request!).Selector).IsEqualTo("--jsn");
    }

    [Test]
    [Arguments("board", "a", "b")]
    [Arguments("board", "--mission")]
    [Arguments("board", "--json=1")]
    public async Task What_is_too_much_or_too_little_is_refused(params string[] argv) => await Assert.That(ToolParser.Parse(Board, argv).Error).IsNotNull();

    [Test]
    public async Task A_word_of_no_tool_finds_none()
    {
        await Assert.That(ToolLine.Find(["boards"])).IsNull();
        await Assert.That(ToolLine.Find(["orchestrator-api"])).IsNull();
        await Assert.That(ToolLine.Find([])).IsNull();
    }
}
