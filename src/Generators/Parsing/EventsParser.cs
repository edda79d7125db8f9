using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads events.json.</summary>
internal static class EventsParser
{
    public static EventsModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) => new(head.Id, head.Documentation)
    {
        File = reader.Text("file"),
        SnapshotFile = reader.Text("snapshotFile"),
        Rows = Entries.Read(file, reader, "rows", "row", IdForm.Dashed, static (entry, id) =>
            new RowModel(id, entry.Reference("payload"), entry.Reference("since"), entry.Text(Entries.Documentation))),
        Foreign = Entries.Read(file, reader, "foreign", "foreign row", IdForm.Dashed, (entry, id) => Foreign(file, entry, id)),
        Constants = Entries.Read(file, reader, "constants", "constant", IdForm.Dashed, static (entry, id) =>
            new ConstantModel(id, entry.Text("value"), entry.Text(Entries.Documentation))),
        GenericActors = reader.Texts("genericActors", required: true),
    };

    private static ForeignRowModel Foreign(SchemaFile file, ObjectReader entry, string id)
    {
        var row = new ForeignRowModel(id, entry.Text("key"), entry.OptionalText("prefix"), entry.Texts("values"), entry.Text(Entries.Documentation));
        if (row.Prefix is not null && row.Values.Count > 0)
        {
            file.Report(Descriptors.BadForeignRow, entry.SpanOf("values"), id);
        }

        return row;
    }
}
