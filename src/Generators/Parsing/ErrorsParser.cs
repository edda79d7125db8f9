using System.Linq;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads errors.json.</summary>
internal static class ErrorsParser
{
    public static ErrorsModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) =>
        new(head.Id, head.Documentation, Entries.Read(file, reader, "errors", "error code", IdForm.Code, static (entry, id) =>
            new ErrorModel(id, entry.Text(Entries.Documentation))
            {
                Since = entry.Reference("since"),
                FallsBackTo = entry.OptionalReference("fallsBackTo"),
                ReasonOnly = entry.Flag("reasonOnly"),
                Retryable = entry.Flag("retryable", required: true),
                Effect = entry.Choice("effect", "effect", ErrorModel.Effects.ToArray()),
                Data = entry.OptionalReference("data"),
                Remedy = entry.Text("remedy"),
            }, canRetire: true));
}
