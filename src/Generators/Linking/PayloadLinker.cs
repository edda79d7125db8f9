using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links a payload: its parts, and the types of its fields.</summary>
internal static class PayloadLinker
{
    public static PayloadModel Link(Linkable<PayloadModel> payload, LinkContext context)
    {
        var (model, path, _) = payload;
        var includes = model.Includes
            .Select(include => context.Payload(include, path, PayloadModel.PartKind)).OfType<Reference>()
            .Where(include => include.Id != model.Id.Id).ToEquatableArray();
        foreach (var include in includes)
        {
            var repeated = context.Payloads[include.Id].Fields.FirstOrDefault(inner => model.Fields.Any(field => field.Name == inner.Name));
            if (repeated is not null)
            {
                context.Report(Descriptors.RepeatedKey, path, include.Site, repeated.Name, include.Id);
            }
        }

        return model with
        {
            Includes = includes,
            Fields = model.Fields.Select(field => field with
            {
                Type = Type(field.Type, path, context),
                Since = context.Level(field.Since, path),
                Tail = field.Tail is { } tail ? context.Payload(tail, path, PayloadModel.PartKind) : null,
            }).ToEquatableArray(),
        };
    }

    private static FieldType Type(FieldType type, string path, LinkContext context)
    {
        switch (type.Kind)
        {
            case FieldKind.List or FieldKind.Map:
                return type with { Item = Type(type.Item!, path, context) };
            case FieldKind.Part:
                return context.Resolve(context.PayloadIds, type.Part, path) is { } part
                    ? type with { Part = part, ClassName = context.Payloads[part.Id].ClassName }
                    : new FieldType(FieldKind.Unknown);
            default:
                return type;
        }
    }
}
