using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links the commands and brings them into the order of contract.json.</summary>
internal static class CommandLinker
{
    public static EquatableArray<CommandModel> Link(
        IReadOnlyList<Linkable<CommandModel>> commands, Linkable<ContractModel> root, bool commandsAreSound, LinkContext context)
    {
        var listed = root.Model.Commands.Select(static command => command.Id).ToList();
        var names = commands.Select(static command => command.Model.Id.Id).ToList();
        foreach (var reference in root.Model.Commands.Where(reference => commandsAreSound && !names.Contains(reference.Id)))
        {
            context.Report(Descriptors.UnknownCommand, root.Path, reference.Site, reference.Id);
        }

        foreach (var command in commands.Where(command => root.IsSound && !listed.Contains(command.Model.Id.Id)))
        {
            context.Report(Descriptors.UnlistedCommand, command.Path, 0, command.Model.Id.Id);
        }

        return commands.OrderBy(command => (uint)listed.IndexOf(command.Model.Id.Id)).Select(command => Link(command, context)).ToEquatableArray();
    }

    private static CommandModel Link(Linkable<CommandModel> command, LinkContext context)
    {
        var model = command.Model;
        return model with
        {
            Since = context.Level(model.Since, command.Path),
            Flags = Flags(model.Flags, command.Path, context).ToEquatableArray(),
            Payload = model.Payload is { } payload ? context.Payload(payload, command.Path, PayloadModel.ResultKind) : null,
            Errors = context.ResolveAll(context.Errors, model.Errors, command.Path),
        };
    }

    private static IEnumerable<CommandFlagModel> Flags(IEnumerable<CommandFlagModel> flags, string path, LinkContext context)
    {
        var seen = new HashSet<string>();
        foreach (var flag in flags)
        {
            if (context.Resolve(context.Flags, flag.Flag, path) is not { } resolved)
            {
                continue;
            }

            if (seen.Add(resolved.Id))
            {
                yield return flag with { Flag = resolved };
            }
            else
            {
                context.Report(Descriptors.RepeatedId, path, resolved.Site, "flag", resolved.Id);
            }
        }
    }
}
