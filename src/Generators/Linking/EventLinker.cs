using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links events.json.</summary>
internal static class EventLinker
{
    public static EventsModel Link(Linkable<EventsModel> events, LinkContext context) => events.Model with
    {
        Rows = events.Model.Rows
            .Where(row => context.Payload(row.Payload, events.Path, PayloadModel.RowKind) is not null)
            .Select(row => row with { Since = context.Level(row.Since, events.Path) }).ToEquatableArray(),
    };
}
