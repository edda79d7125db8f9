using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Incremental;

/// <summary>What an edit makes the generator compute anew, and what it leaves alone.</summary>
internal sealed class CachingTests
{
    private const string Greeting = "payloads/greeting.json";

    [Test]
    public async Task An_edit_of_other_code_computes_nothing()
    {
        var run = GeneratorHarness.Run(SchemaFiles.Small);
        var next = run.Again(run.Input.AddSyntaxTrees(CSharpSyntaxTree.ParseText("internal class Unrelated;", GeneratorHarness.ParseOptions)));
        CachedSteps.CheckSecondRun(next);
        await Assert.That(CachedSteps.PutOutAnew(next)).IsEmpty();
    }

    [Test]
    public async Task White_space_in_a_schema_is_read_and_goes_no_further()
    {
        var next = GeneratorHarness.Run(SchemaFiles.Small).Again(SchemaFiles.Small.Edit(Greeting, "\"fields\": [", "\n\n  \"fields\":\n    ["));
        await Assert.That(Fresh(next)).IsEquivalentTo([TrackingNames.Parse, TrackingNames.Notes]);
        await Assert.That(CachedSteps.PutOutAnew(next)).IsEmpty();
    }

    [Test]
    public async Task White_space_moves_a_diagnostic_and_nothing_else()
    {
        var broken = SchemaFiles.Small.Edit("payloads/guest.json", "\"int\"", "\"years\"");
        var run = GeneratorRun.Start(GeneratorHarness.Driver(broken), GeneratorHarness.Compile(broken));
        var next = run.Again(broken.Edit("payloads/guest.json", "{", "{\n"));
        await Assert.That(Line(run)).IsEqualTo(Line(next) - 1);
        await Assert.That(Fresh(next)).IsEquivalentTo([TrackingNames.Parse, TrackingNames.Notes, TrackingNames.Diagnostics]);
        await Assert.That(CachedSteps.PutOutAnew(next)).IsEmpty();
    }

    [Test]
    [Arguments("flags.json", "The tone.", "Flags.flags, Command.greet")]
    [Arguments("flags.json", "Speak up, or not.", "Flags.flags, Command.greet, Tools.table, Tool.wave")]
    [Arguments("errors.json", "Make room.", "Errors.errors")]
    [Arguments("messages.json", "Hello", "Messages.messages")]
    [Arguments("lanes.json", "Nobody is named", "Lanes.machine")]
    [Arguments("lanes.json", "Waiting.", "Lanes.lanes")]
    [Arguments("policy.json", "Not an object", "Policy.validator")]
    [Arguments("policy.json", "A hint.", "Policy.policy, Payloads.table")]
    [Arguments("events.json", "Started", "Events.events")]
    [Arguments("contract.json", "The second level.", "Contract.contract")]
    [Arguments("commands/greet.json", "Say hello.", "Command.greet, Commands.ids, Commands.table")]
    [Arguments("commands/greet.json", "greet --name Ada", "Commands.table")]
    [Arguments("tools/wave.json", "Which hand.", "Tools.table, Tool.wave")]
    [Arguments("tools/wave.json", "They saw it.", "Tools.table, Tool.wave")]
    [Arguments("tools/wave-back.json", "Wave back.", "Tools.ids, Tools.table, Tool.wave-back")]
    [Arguments("payloads/guest.json", "How old.", "Payload.guest, Payloads.table")]
    [Arguments("payloads/identity.json", "The slug.", "Payload.identity, Payload.greeting, Payload.name-taken, Payloads.table")]
    [Arguments("payloads/envelope.json", "The command.", "Payload.envelope, Payloads.table")]
    [Arguments("pages/IO_FAILED.md", "The disk said no.", "Errors.pages")]
    public async Task An_edit_of_one_schema_puts_out_only_what_it_is_in(string path, string text, string changed)
    {
        var next = GeneratorHarness.Run(SchemaFiles.Small).Again(SchemaFiles.Small.Edit(path, text, "Something else"));
        await Assert.That(CachedSteps.PutOutAnew(next)).IsEquivalentTo(changed.Split(", ").Select(static name => name + ".g.cs"));
    }

    [Test]
    public async Task A_new_payload_is_put_out_with_the_context_and_goes_again()
    {
        var run = GeneratorHarness.Run(SchemaFiles.Small);
        var more = run.Again(SchemaFiles.Small.Add("payloads/host.json", "payload", SchemaFiles.Small["payloads/guest.json"].Replace("\"guest\"", "\"host\"", System.StringComparison.Ordinal)));
        await Assert.That(CachedSteps.PutOutAnew(more)).IsEquivalentTo(["Payload.host.g.cs", "Payloads.table.g.cs", "Context.payloads.g.cs"]);
        await Assert.That(more.Sources).ContainsKey("Payload.host.g.cs");

        var less = more.Again(SchemaFiles.Small);
        await Assert.That(CachedSteps.PutOutAnew(less)).IsEquivalentTo(["Payload.host.g.cs", "Payloads.table.g.cs", "Context.payloads.g.cs"]);
        await Assert.That(less.Sources).IsEquivalentTo(run.Sources);
    }

    [Test]
    public async Task The_order_of_the_files_does_not_matter()
    {
        var reversed = new SchemaFiles([.. SchemaFiles.Small.Files.Reverse()]);
        await Assert.That(GeneratorHarness.Run(reversed).Sources).IsEquivalentTo(GeneratorHarness.Run(SchemaFiles.Small).Sources);
    }

    [Test]
    public async Task Equal_schemas_give_equal_models_that_are_not_the_same()
    {
        var one = Contract(GeneratorHarness.Run(SchemaFiles.Small));
        var other = Contract(GeneratorHarness.Run(SchemaFiles.Small));
        await Assert.That(ReferenceEquals(one, other)).IsFalse();
        await Assert.That(one).IsEqualTo(other);
        await Assert.That(one.GetHashCode()).IsEqualTo(other.GetHashCode());
    }

    [Test]
    public async Task No_path_gets_into_what_is_put_out()
    {
        foreach (string source in GeneratorHarness.Run(SchemaFiles.Small).Sources.Values)
        {
            await Assert.That(source).DoesNotContain("/schemas");
        }
    }

    private static object Contract(GeneratorRun run) => CachedSteps.StepsOf(run, TrackingNames.Contract).Single().Outputs.Single().Value;

    private static int Line(GeneratorRun run) => run.Diagnostics.Single().Location.GetLineSpan().StartLinePosition.Line;

    /// <summary>The stages that came to something new.</summary>
    private static string[] Fresh(GeneratorRun run) =>
        [.. CachedSteps.Reasons(run).Where(static stage => stage.Reasons.Any(static reason => reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))).Select(static stage => stage.Name)];
}
