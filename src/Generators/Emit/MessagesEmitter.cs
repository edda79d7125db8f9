using System.Linq;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits a method a sentence; its parameters are the placeholders, in the order in which they first come.</summary>
internal static class MessagesEmitter
{
    public static Emission Emit(MessagesModel messages)
    {
        var writer = CSharp.File(messages.Id.Id);
        using (writer.Type(messages.Documentation, "internal static class Messages"))
        {
            foreach (var message in messages.Messages)
            {
                Method(writer, Identifiers.Member(message.Id, "Messages"), message.Text);
            }
        }

        return new Emission("Messages.messages.g.cs", writer.Finish(), null);
    }

    /// <summary>A method that gives the sentence.</summary>
    public static void Method(SourceWriter writer, string name, string text)
    {
        var template = MessageTemplate.Parse(text)!;
        string parameters = string.Join(", ", template.Parameters.Select(static parameter => "string " + Parameter(parameter)));
        writer.Summary(text).Line($"public static string {name}({parameters}) => {template.ToExpression(Parameter)};");
    }

    /// <summary>Placeholders are written as parameters are; they only must not be keywords.</summary>
    private static string Parameter(string placeholder) => Identifiers.Safe(placeholder);
}
