using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators.Linking;

/// <summary>Puts the schemas together: finds what is missing, there twice, or named and not there, and mends it.</summary>
internal static class Linker
{
    /// <summary>Links <paramref name="schemas"/>; their order does not matter.</summary>
    public static LinkResult Link(ImmutableArray<ParsedSchema> schemas, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (schemas.IsEmpty)
        {
            return new LinkResult(null, []);
        }

        try
        {
            return Link(new SchemaSet(schemas));
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return new LinkResult(null, [new LinkProblem(Descriptors.Internal, "", 0, ["the schemas together", defect.Message])]);
        }
    }

    private static LinkResult Link(SchemaSet set)
    {
        var root = set.Single(SchemaKind.Contract, static () => new ContractModel(default, ""));
        var flags = set.Single(SchemaKind.Flags, static () => new FlagsModel(default, "", []));
        var errors = set.Single(SchemaKind.Errors, static () => new ErrorsModel(default, "", []));
        var lanes = set.Single(SchemaKind.Lanes, static () => new LanesModel(default, ""));
        var policy = set.Single(SchemaKind.Policy, static () => new PolicyModel(default, ""));
        var events = set.Single(SchemaKind.Events, static () => new EventsModel(default, ""));
        var messages = set.Single(SchemaKind.Messages, static () => new MessagesModel(default, "", []));
        var commands = set.Many<CommandModel>(SchemaKind.Command, "command");
        var payloads = set.Many<PayloadModel>(SchemaKind.Payload, "payload");
        var tools = set.Many<ToolModel>(SchemaKind.Tool, "tool");
        var pages = set.Many<PageModel>(SchemaKind.Page, "page");

        root = root.Model.Levels.Count > 0 ? root : root with { Model = root.Model with { Levels = [new LevelModel("1.0.0", "")] }, IsSound = false };
        var context = new LinkContext
        {
            Levels = new Names(Descriptors.UnknownLevel, [.. root.Model.Levels.Select(static level => level.Id)], root.IsSound),
            Flags = new Names(Descriptors.UnknownFlag, [.. flags.Model.Flags.Select(static flag => flag.Id)], flags.IsSound),
            Errors = new Names(Descriptors.UnknownError, [.. errors.Model.Errors.Select(static error => error.Id)], errors.IsSound),
            Lanes = new Names(Descriptors.UnknownLane, [.. lanes.Model.Lanes.Select(static lane => lane.Id)], lanes.IsSound),
            Payloads = payloads.ToDictionary(static payload => payload.Model.Id.Id, static payload => payload.Model),
            PayloadIds = new Names(Descriptors.UnknownType, [.. payloads.Select(static payload => payload.Model.Id.Id)], set.IsSound(SchemaKind.Payload)),
        };
        var contract = new Contract
        {
            Root = root.Model with { DefaultLevel = context.Level(root.Model.DefaultLevel, root.Path) },
            Flags = FlagLinker.Link(flags, context),
            Errors = ErrorLinker.Link(errors, context),
            Lanes = LaneLinker.Link(lanes, context),
            Policy = PolicyLinker.Link(policy, context),
            Events = EventLinker.Link(events, context),
            Messages = messages.Model,
            Commands = CommandLinker.Link(commands, root, set.IsSound(SchemaKind.Command), context),
            Pages = PageLinker.Link(pages, errors, context),
            Payloads = payloads.Select(payload => PayloadLinker.Link(payload, context)).ToEquatableArray(),
            Tools = ToolLinker.Link(tools, root, flags, context),
            Files = commands.Select(static command => command.Path)
                .Concat(payloads.Select(static payload => payload.Path))
                .Concat(tools.Select(static tool => tool.Path)).ToEquatableArray(),
        };
        return new LinkResult(contract, set.Problems.Concat(context.Problems).ToEquatableArray());
    }
}
