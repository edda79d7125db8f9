using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links policy.json.</summary>
internal static class PolicyLinker
{
    public static PolicyModel Link(Linkable<PolicyModel> policy, LinkContext context)
    {
        var (model, path, _) = policy;
        var lists = new Names(
            Descriptors.UnknownPolicyField, [.. model.Fields.Where(static field => field.IsList).Select(static field => field.Id)], policy.IsSound);
        context.Resolve(context.Flags, model.Flag, path);
        return model with
        {
            Fields = model.Fields.Select(field => field with { Since = context.Level(field.Since, path) }).ToEquatableArray(),
            Banned = model.Banned
                .Where(banned => context.Resolve(lists, banned.Field, path)?.Id == banned.Field.Id)
                .Select(banned => banned with { Since = context.Level(banned.Since, path) }).ToEquatableArray(),
        };
    }
}
