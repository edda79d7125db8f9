using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads policy.json.</summary>
internal static class PolicyParser
{
    public static PolicyModel Parse(SchemaFile file, ObjectReader reader, SchemaHead head) => new(head.Id, head.Documentation)
    {
        Flag = reader.Reference("flag"),
        Fields = Entries.Read(file, reader, "fields", "policy field", IdForm.Underscored, (entry, id) => Field(file, entry, id)),
        Banned = reader.Objects("bannedValues", "a set of banned values", required: false).Select(Banned).ToEquatableArray(),
        SecretPatterns = reader.Texts("secretPatterns", IdForm.Word),
        Messages = Messages(file, reader.Object("messages", "the messages of a policy")),
    };

    private static PolicyFieldModel Field(SchemaFile file, ObjectReader entry, string id)
    {
        bool isList = entry.Choice("type", "type of a policy field", "string", "string[]") == "string[]";
        var field = new PolicyFieldModel(
            id, isList, entry.Flag("required", required: true), entry.Flag("nullable"), entry.Reference("since"), entry.Text(Entries.Documentation));
        if (isList && (field.Nullable || !field.Required))
        {
            // A list that is missing would need a message of its own, and there is none in the reference.
            file.Report(Descriptors.BadPolicyField, entry.Start, id, "a list", field.Required ? "nullable" : "not required");
            return field with { Required = true, Nullable = false };
        }

        if (!isList && field.Required == field.Nullable)
        {
            string not = field.Required ? "" : "not ";
            file.Report(Descriptors.BadPolicyField, entry.Start, id, not + "required", not + "nullable");
            return field with { Nullable = !field.Required };
        }

        return field;
    }

    private static BannedModel Banned(ObjectReader entry)
    {
        var banned = new BannedModel(
            entry.Reference("field"), entry.Reference("since"), entry.Texts("values", required: true), entry.Text(Entries.Documentation));
        entry.End();
        return banned;
    }

    private static PolicyMessagesModel Messages(SchemaFile file, ObjectReader? reader)
    {
        if (reader is null)
        {
            return new();
        }

        var messages = new PolicyMessagesModel
        {
            Required = Message("required", "command"),
            RequiredForLane = Message("requiredForLane", "lane"),
            NotJson = Message("notJson", "detail"),
            NotObject = Message("notObject"),
            MissingField = Message("missingField", "field"),
            NotString = Message("notString", "field"),
            NotArray = Message("notArray", "field"),
            EntryNotString = Message("entryNotString", "field"),
            NotStringOrNull = Message("notStringOrNull", "field"),
            Banned = Message("banned", "field", "value"),
            Secret = Message("secret", "path", "patterns"),
        };
        reader.End();
        return messages;

        string Message(string name, params string[] known) => Placeholders.Check(file, reader.Text(name), reader.SpanOf(name), known);
    }
}
