using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links the tools: fills in the flags of flags.json, and sees that no two calls look alike.</summary>
internal static class ToolLinker
{
    public static EquatableArray<ToolModel> Link(
        IReadOnlyList<Linkable<ToolModel>> tools, Linkable<ContractModel> root, Linkable<FlagsModel> flags, LinkContext context)
    {
        var taken = new List<string> { root.Model.Group };
        var linked = new List<ToolModel>();
        foreach (var tool in tools)
        {
            // 'contract' and 'contract diff' cannot both be: the second would be the first with an argument.
            string words = tool.Model.Title;
            if (taken.FirstOrDefault(other => IsStart(other, words) || IsStart(words, other)) is { } other)
            {
                context.Report(Descriptors.TakenWords, tool.Path, 0, words, other);
            }

            taken.Add(words);
            linked.Add(tool.Model with { Flags = Flags(tool, flags.Model, context).ToEquatableArray() });
        }

        return linked.ToEquatableArray();
    }

    private static bool IsStart(string start, string words) => (words + " ").StartsWith(start + " ", System.StringComparison.Ordinal);

    private static IEnumerable<ToolParameterModel> Flags(Linkable<ToolModel> tool, FlagsModel flags, LinkContext context)
    {
        var seen = new HashSet<string>(tool.Model.Arguments.Select(static argument => Identifiers.Pascal(argument.Id.Id)));
        foreach (var flag in tool.Model.Flags)
        {
            var own = flag;
            if (flag.IsShared)
            {
                if (context.Resolve(context.Flags, flag.Id, tool.Path) is not { } resolved)
                {
                    continue;
                }

                own = flag with { Id = resolved, Flag = flags.Flags.First(one => one.Id == resolved.Id) };
            }

            if (seen.Add(Identifiers.Pascal(own.Id.Id)))
            {
                yield return own;
            }
            else
            {
                context.Report(Descriptors.RepeatedId, tool.Path, own.Id.Site, "flag", own.Id.Id);
            }
        }
    }
}
