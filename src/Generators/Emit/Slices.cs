using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Linking;
using SpecKitty.Generators.Model;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators.Emit;

/// <summary>What of the contract each emitter needs: nothing more, so that an edit elsewhere leaves its output alone.</summary>
internal static class Slices
{
    public static ContractModel Contract(Contract contract) => contract.Root with { Commands = [] };

    public static FlagsModel Flags(Contract contract) => contract.Flags;

    public static ErrorsInput Errors(Contract contract) => new(contract.Errors, FirstLevel(contract));

    public static EquatableArray<PageModel> Pages(Contract contract) => contract.Pages;

    public static MessagesModel Messages(Contract contract) => contract.Messages;

    public static LanesInput Lanes(Contract contract) => new(contract.Lanes.Id.Id, contract.Lanes.Lanes, contract.Lanes.Aliases);

    public static LaneMachineInput LaneMachine(Contract contract) => new(contract.Lanes, FirstLevel(contract));

    public static EventsModel Events(Contract contract) => contract.Events;

    public static PolicyInput Policy(Contract contract) => new(contract.Policy, FirstLevel(contract));

    public static CommandsInput Commands(Contract contract) => new(
        contract.Root.Group,
        contract.Root.Documentation,
        FirstLevel(contract),
        contract.Commands.Select(command => Command(command, contract)).ToEquatableArray());

    public static PayloadTableInput Payloads(Contract contract) => new(contract.Payloads, contract.Policy with { Messages = new() }, FirstLevel(contract));

    /// <summary>The payloads' types and the policy's.</summary>
    public static EquatableArray<string> Context(Contract contract) =>
        contract.Payloads.Where(HasType).Select(static payload => payload.ClassName).Append("Policy").ToEquatableArray();

    public static EquatableArray<ToolModel> Tools(Contract contract) => contract.Tools;

    /// <summary>The tool of a file; null for another file.</summary>
    public static ToolModel? Tool(ParsedSchema file, Contract contract) => file.Kind == SchemaKind.Tool && contract.Files.Contains(file.Path)
        ? contract.Tools.First(tool => tool.Id.Id == file.Model.Id.Id)
        : null;

    /// <summary>The command of a file; null for another file.</summary>
    public static CommandInput? Request(ParsedSchema file, Contract contract) => file.Kind == SchemaKind.Command && contract.Files.Contains(file.Path)
        ? Command(contract.Commands.First(command => command.Id.Id == file.Model.Id.Id), contract)
        : null;

    /// <summary>The payload of a file; null for another file, and for the envelope, which has no type.</summary>
    public static PayloadInput? Payload(ParsedSchema file, Contract contract)
    {
        if (PayloadOf(file, contract) is not { } payload || !HasType(payload))
        {
            return null;
        }

        var shown = contract.Lanes.Lanes.Where(static lane => lane.Display).Select(static lane => lane.Id);
        return new PayloadInput(
            payload,
            payload.Includes.Select(include => Find(include, contract)).ToEquatableArray(),
            payload.CountsLanes ? shown.ToEquatableArray() : [],
            FirstLevel(contract));
    }

    /// <summary>The envelope of a file; null for another file.</summary>
    public static EnvelopeInput? Envelope(ParsedSchema file, Contract contract)
    {
        if (PayloadOf(file, contract) is not { } payload || HasType(payload))
        {
            return null;
        }

        var tail = payload.Fields.Select(static field => field.Tail).FirstOrDefault(static tail => tail is not null);
        return new EnvelopeInput(payload, tail is { } reference ? Find(reference, contract).ClassName : null);
    }

    private static PayloadModel? PayloadOf(ParsedSchema file, Contract contract) =>
        file.Kind == SchemaKind.Payload && contract.Files.Contains(file.Path) ? Find(file.Model.Id, contract) : null;

    private static PayloadModel Find(Reference id, Contract contract) => contract.Payloads.First(payload => payload.Id.Id == id.Id);

    private static bool HasType(PayloadModel payload) => payload.Kind != PayloadModel.EnvelopeKind;

    private static CommandInput Command(CommandModel command, Contract contract) => new(
        command,
        command.Flags.Select(use => new CommandFlagInput(contract.Flags.Flags.First(flag => flag.Id == use.Flag.Id), use.Required)).ToEquatableArray());

    private static string FirstLevel(Contract contract) => contract.Root.Levels[0].Id;
}
