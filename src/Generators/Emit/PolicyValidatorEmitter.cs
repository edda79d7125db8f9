using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the policy's validator: one step after the other, the first that fails gives the message.</summary>
internal static class PolicyValidatorEmitter
{
    private const string Kind = "global::System.Text.Json.JsonValueKind";
    private const string Element = "global::System.Text.Json.JsonElement";

    public static Emission Emit(PolicyInput input)
    {
        var policy = input.Policy;
        var writer = CSharp.File(policy.Id.Id);
        using (writer.Type(policy.Documentation, "internal static class PolicyValidator"))
        {
            writer.Line("/// <summary>The policy, or null and what is wrong with it. Never echoes a value that may be a secret.</summary>");
            writer.Line("/// <param name=\"json\">The option's value.</param>");
            writer.Line("/// <param name=\"level\">The contract level served.</param>");
            writer.Line("/// <param name=\"message\">The first thing that is wrong; null when nothing is.</param>");
            using (writer.Block($"public static {CSharp.Own("Policy")}? Validate(string json, {CSharp.Level} level, out string? message)"))
            {
                Steps(writer, input);
            }

            writer.Line();
            using (writer.Block($"private static string? CheckEntries({Element} list, string field, {CSharp.Level} level)"))
            {
                Entries(writer, policy);
            }

            writer.Line();
            using (writer.Block($"private static string[] TextsOf({Element} list)"))
            {
                writer.Lines(
                    """
                    var texts = new string[list.GetArrayLength()];
                    int count = 0;
                    foreach (var entry in list.EnumerateArray())
                    {
                        texts[count++] = entry.GetString()!;
                    }

                    return texts;
                    """);
            }
        }

        return new Emission("Policy.validator.g.cs", writer.Finish(), null);
    }

    private static void Steps(SourceWriter writer, PolicyInput input)
    {
        var messages = input.Policy.Messages;
        var fields = input.Policy.Fields;
        Fail(writer, $"!{CSharp.Own("JsonInput")}.TryRead(json, out {Element} root, out string? detail)", Say(messages.NotJson, static _ => "detail"));
        Fail(writer, $"root.ValueKind != {Kind}.Object", Say(messages.NotObject));
        Each(fields.Where(static field => field.Required), static field => $"!{Get(field)}", messages.MissingField);
        foreach (var field in fields.Where(static field => !field.Required))
        {
            // A field that is not there stays Undefined.
            writer.Line($"_ = {Get(field)};").Line();
        }

        var texts = fields.Where(static field => field is { Required: true, IsList: false });
        Each(texts, static field => $"{Local(field)}.ValueKind != {Kind}.String", messages.NotString);
        Each(fields.Where(static field => field.IsList), static field => $"{Local(field)}.ValueKind != {Kind}.Array", messages.NotArray);
        foreach (var field in fields.Where(static field => field.IsList))
        {
            string check = $"CheckEntries({Local(field)}, {Literals.Text(field.Id)}, level)";
            Fail(writer, Gate(field) + $"{check} is {{ }} {Local(field)}Message", Local(field) + "Message");
        }

        const string TextOrNothing = $"({Kind}.Undefined or {Kind}.Null or {Kind}.String)";
        Each(fields.Where(static field => !field.Required), static field => $"{Local(field)}.ValueKind is not {TextOrNothing}", messages.NotStringOrNull);
        string patterns = string.Join("|", input.Policy.SecretPatterns);
        string secret = MessageTemplate.Parse(messages.Secret)!.Fill("patterns", patterns).ToExpression(static name => name);
        Fail(writer, $"{CSharp.Own("SecretScan")}.Find(root, [{string.Join(", ", input.Policy.SecretPatterns.Select(Literals.Text))}]) is {{ }} path", secret);
        writer.Line("message = null;");
        using (writer.Block($"return new {CSharp.Own("Policy")}", "};"))
        {
            foreach (var field in fields)
            {
                string gate = input.IsEverywhere(field) ? "" : $"level < {CSharp.LevelValue(field.Since.Id)} ? null : ";
                writer.Line($"{PolicyEmitter.Name(field)} = {gate}{Stored(field)},");
            }
        }

        string Gate(PolicyFieldModel field) => input.IsEverywhere(field) ? "" : $"level >= {CSharp.LevelValue(field.Since.Id)} && ";

        void Each(IEnumerable<PolicyFieldModel> some, Func<PolicyFieldModel, string> wrong, string text)
        {
            foreach (var field in some)
            {
                // The test comes first: it may be what assigns the local.
                string gate = input.IsEverywhere(field) ? "" : $" && level >= {CSharp.LevelValue(field.Since.Id)}";
                Fail(writer, wrong(field) + gate, MessageTemplate.Parse(text)!.Fill("field", field.Id).ToExpression(static name => name));
            }
        }
    }

    private static string Stored(PolicyFieldModel field)
    {
        string local = Local(field);
        return field.IsList ? $"TextsOf({local})"
            : field.Required ? $"{local}.GetString()!"
            : $"{local}.ValueKind == {Kind}.String ? {local}.GetString() : null";
    }

    private static void Entries(SourceWriter writer, PolicyModel policy)
    {
        using (writer.Block("foreach (var entry in list.EnumerateArray())"))
        {
            using (writer.Block($"if (entry.ValueKind != {Kind}.String)"))
            {
                writer.Line($"return {Say(policy.Messages.EntryNotString, static _ => "field")};");
            }

            foreach (var banned in policy.Banned.Where(static banned => banned.Values.Count > 0))
            {
                string values = string.Join(" or ", banned.Values.Select(Literals.Text));
                string name = "banned" + Identifiers.Level(banned.Since.Id);
                writer.Line();
                string here = $"level >= {CSharp.LevelValue(banned.Since.Id)} && field == {Literals.Text(banned.Field.Id)}";
                using (writer.Block($"if ({here} && entry.GetString() is {{ }} {name} and ({values}))"))
                {
                    writer.Line($"return {Say(policy.Messages.Banned, placeholder => placeholder == "value" ? name : "field")};");
                }
            }
        }

        writer.Line().Line("return null;");
    }

    private static void Fail(SourceWriter writer, string condition, string message)
    {
        using (writer.Block($"if ({condition})"))
        {
            writer.Line($"message = {message};").Line("return null;");
        }

        writer.Line();
    }

    private static string Say(string text, Func<string, string>? valueOf = null) => MessageTemplate.Parse(text)!.ToExpression(valueOf ?? (static name => name));

    private static string Get(PolicyFieldModel field) => $"root.TryGetProperty({Literals.Utf8(field.Id)}, out {Element} {Local(field)})";

    private static string Local(PolicyFieldModel field) => Identifiers.Camel(field.Id) + "Field";
}
