using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads messages.json.</summary>
internal static class MessagesParser
{
    public static MessagesModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) =>
        new(head.Id, head.Documentation, Entries.Read(file, reader, "messages", "message", IdForm.Dashed, (entry, id) =>
            new MessageModel(id, Placeholders.Check(file, entry.Text("text"), entry.SpanOf("text"), known: null))));
}
