using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links lanes.json: every edge between lanes, every guard and input one that there is.</summary>
internal static class LaneLinker
{
    public static LanesModel Link(Linkable<LanesModel> lanes, LinkContext context)
    {
        var (model, path, _) = lanes;
        var guards = new Names(Descriptors.UnknownGuard, [.. model.Guards.Select(static guard => guard.Id)], lanes.IsSound);
        var inputs = new Names(Descriptors.UnknownInput, [.. model.Inputs.Select(static input => input.Id)], lanes.IsSound);
        return model with
        {
            Lanes = model.Lanes.Select(lane => lane with { Since = context.Level(lane.Since, path) }).ToEquatableArray(),
            Aliases = model.Aliases
                .Where(alias => context.Resolve(context.Lanes, alias.Lane, path)?.Id == alias.Lane.Id)
                .Select(alias => alias with { Since = context.Level(alias.Since, path) }).ToEquatableArray(),
            Guards = model.Guards.Select(Guard).ToEquatableArray(),
            Edges = Edges(lanes, guards, context).ToEquatableArray(),
            ForceRequires = context.ResolveAll(inputs, model.ForceRequires, path).Where(input => Fits(ConditionModel.NonBlank, input)).ToEquatableArray(),
        };

        GuardModel Guard(GuardModel guard) => guard with
        {
            Since = context.Level(guard.Since, path),
            Until = context.Level(guard.Until, path),
            Conditions = guard.Conditions.Where(Condition).ToEquatableArray(),
        };

        bool Condition(ConditionModel condition) =>
            IsInput(condition.Input, condition.Is) && (condition.Other is not { } other || IsInput(other, condition.Is));

        bool IsInput(Reference input, string test) => context.Resolve(inputs, input, path)?.Id == input.Id && Fits(test, input);

        bool Fits(string test, Reference input)
        {
            bool needsFlag = test == ConditionModel.True;
            bool fits = model.Inputs.First(candidate => candidate.Id == input.Id).IsFlag == needsFlag;
            if (!fits)
            {
                context.Report(Descriptors.BadCondition, path, input.Site, test, needsFlag ? "bool" : "string", input.Id);
            }

            return fits;
        }
    }

    private static IEnumerable<EdgeModel> Edges(Linkable<LanesModel> lanes, Names guards, LinkContext context)
    {
        var seen = new HashSet<(string From, string To)>();
        foreach (var edge in lanes.Model.Edges)
        {
            // Both ends are looked up, so that both are reported; an edge that had to be mended may be there already.
            bool sound = context.Resolve(context.Lanes, edge.From, lanes.Path)?.Id == edge.From.Id;
            sound &= context.Resolve(context.Lanes, edge.To, lanes.Path)?.Id == edge.To.Id;
            if (!sound)
            {
                continue;
            }

            if (seen.Add((edge.From.Id, edge.To.Id)))
            {
                yield return edge with { Guards = context.ResolveAll(guards, edge.Guards, lanes.Path) };
            }
            else
            {
                context.Report(Descriptors.RepeatedEdge, lanes.Path, edge.From.Site, edge.From.Id, edge.To.Id);
            }
        }
    }
}
