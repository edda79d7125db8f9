using System.Linq;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads errors.json.</summary>
internal static class ErrorsParser
{
    private const string Since = "since";
    private const string FallsBackTo = "fallsBackTo";
    private const string Data = "data";

    public static ErrorsModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) =>
        new(head.Id, head.Documentation, Entries.Read(file, reader, "errors", "error code", IdForm.Code, Error, canRetire: true));

    private static ErrorModel Error(ObjectReader entry, string id)
    {
        if (entry.Has(Entries.Retired))
        {
            // Nobody looks up what a retired code refers to: what has the wrong form is found here or never.
            CheckForm(entry, Since, IdForm.Level);
            CheckForm(entry, FallsBackTo, IdForm.Code);
            CheckForm(entry, Data, IdForm.Dashed);
        }

        return new ErrorModel(id, entry.Text(Entries.Documentation))
        {
            Since = entry.Reference(Since),
            FallsBackTo = entry.OptionalReference(FallsBackTo),
            ReasonOnly = entry.Flag("reasonOnly"),
            Retryable = entry.Flag("retryable", required: true),
            Effect = entry.Choice("effect", "effect", ErrorModel.Effects.ToArray()),
            Data = entry.OptionalReference(Data),
            Remedy = entry.Text("remedy"),
        };
    }

    private static void CheckForm(ObjectReader entry, string member, IdForm form)
    {
        if (entry.Has(member))
        {
            entry.Id(member, form);
        }
    }
}
