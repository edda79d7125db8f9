using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links flags.json.</summary>
internal static class FlagLinker
{
    public static FlagsModel Link(Linkable<FlagsModel> flags, LinkContext context) => flags.Model with
    {
        Flags = flags.Model.Flags.Select(flag => flag with { Since = context.Level(flag.Since, flags.Path) }).ToEquatableArray(),
    };
}
