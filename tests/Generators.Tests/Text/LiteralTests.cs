using System.Text;
using System.Threading.Tasks;
using System.Linq;
using System.Xml.Linq;
using CsCheck;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Tests.Text;

/// <summary>Whatever a schema says, it comes out of a literal, an identifier or a comment as it went in, or harmless.</summary>
internal sealed class LiteralTests
{
    private static readonly Gen<string> Texts = Gen.OneOf<string>(
        Gen.String,
        Gen.OneOf("\"", "\\", "{", "}", "{{", "}}", "\n", "\r\n", "\u2028", "\u0085", "*/", "\"\"\"", "\\u0041", "é", "🐱", "\0", "{a}", "$", "@\"", "</summary>", "]]>", "&amp;")
            .Array[0, 8].Select(string.Concat));

    [Test]
    public void A_text_literal_has_the_text() => Texts.Sample(static text =>
    {
        var literal = (LiteralExpressionSyntax)SyntaxFactory.ParseExpression(Literals.Text(text));
        return !literal.ContainsDiagnostics && literal.Token.ValueText == text && Ascii.IsValid(Literals.Text(text));
    });

    [Test]
    public void A_utf8_literal_has_the_text() => Texts.Where(static text => text.IsWellFormed()).Sample(static text =>
    {
        var literal = (LiteralExpressionSyntax)SyntaxFactory.ParseExpression(Literals.Utf8(text));
        return literal.RawKind == (int)SyntaxKind.Utf8StringLiteralExpression && !literal.ContainsDiagnostics && literal.Token.ValueText == text;
    });

    [Test]
    public void A_sentence_keeps_its_words_around_its_placeholders() => Gen.Select(Texts, Texts).Sample(static (before, after) =>
    {
        string sentence = before.WithoutBraces() + "{who}" + after.WithoutBraces();
        var expression = (InterpolatedStringExpressionSyntax)SyntaxFactory.ParseExpression(MessageTemplate.Parse(sentence)!.ToExpression(static name => name));
        string text = string.Concat(expression.Contents.Select(static part => part is InterpolatedStringTextSyntax words
            ? words.TextToken.ValueText
            : "{" + ((InterpolationSyntax)part).Expression + "}"));
        return !expression.ContainsDiagnostics && text == sentence;
    });

    [Test]
    public void Any_braces_are_a_template_or_mended_into_one() => Gen.OneOf("{", "}", "a", "b", " ").Array[0, 9].Select(string.Concat).Sample(static text =>
        MessageTemplate.Parse(MessageTemplate.Mend(text, static name => name == "a")) is { } template
        && template.Parameters.All(static name => name == "a")
        && (MessageTemplate.Parse(text) is not { } whole || whole.Parameters.Any(static name => name != "a") || MessageTemplate.Mend(text, static _ => true) == text));

    [Test]
    public void A_filled_placeholder_is_text() => Texts.Sample(static text =>
    {
        var filled = MessageTemplate.Parse("a {x} b {x} {y}")!.Fill("x", text);
        return filled.Parameters.SequenceEqual(["y"]) && filled.ToExpression(static name => name).Contains(Literals.InterpolatedPart($"a {text} b {text} "), System.StringComparison.Ordinal);
    });

    [Test]
    public void Documentation_is_one_line_of_XML() => Texts.Where(static text => text.IsWellFormed()).Sample(static text =>
    {
        string escaped = XmlDocs.Escape(text);
        return !escaped.Contains('\n', System.StringComparison.Ordinal) && !escaped.Contains('\u2028', System.StringComparison.Ordinal)
            && XElement.Parse($"<a>{escaped}</a>", LoadOptions.PreserveWhitespace).Value.Length == text.Length;
    });

    [Test]
    public void An_identifier_is_one_whatever_the_id() => Texts.Sample(static text =>
        SyntaxFacts.IsValidIdentifier(Identifiers.Pascal(text))
        && SyntaxFacts.IsValidIdentifier(Identifiers.Level(text))
        && IsUsable(Identifiers.Camel(text))
        && SyntaxFacts.IsValidIdentifier(Identifiers.Member(text, "Type")));

    [Test]
    [Arguments("mission-state", "MissionState", "missionState")]
    [Arguments("mission_id", "MissionId", "missionId")]
    [Arguments("WP_NOT_FOUND", "WpNotFound", "wpNotFound")]
    [Arguments("default", "Default", "@default")]
    [Arguments("3d", "_3d", "_3d")]
    [Arguments("", "_", "@_")]
    [Arguments("istanbul", "Istanbul", "istanbul")]
    public async Task Identifiers_are_made_so(string id, string pascal, string camel)
    {
        await Assert.That(Identifiers.Pascal(id)).IsEqualTo(pascal);
        await Assert.That(Identifiers.Camel(id)).IsEqualTo(camel);
    }

    [Test]
    [Arguments("get_type", "Guest", "GetTypeValue")]
    [Arguments("equals", "Guest", "EqualsValue")]
    [Arguments("guest", "Guest", "GuestValue")]
    [Arguments("name", "Guest", "Name")]
    public async Task A_member_is_not_called_as_its_type_or_what_every_type_has(string id, string type, string member) =>
        await Assert.That(Identifiers.Member(id, type)).IsEqualTo(member);

    [Test]
    [Arguments("abc", "abc", 0)]
    [Arguments("abc", "abd", 1)]
    [Arguments("abc", "ac", 1)]
    [Arguments("", "abc", 3)]
    [Arguments("kitten", "sitting", 3)]
    public async Task Words_are_so_far_apart(string a, string b, int distance)
    {
        await Assert.That(EditDistance.Between(a, b)).IsEqualTo(distance);
        await Assert.That(EditDistance.Between(b, a)).IsEqualTo(distance);
    }

    private static bool IsUsable(string name) =>
        name[0] == '@' ? SyntaxFacts.GetKeywordKind(name[1..]) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name[1..]) != SyntaxKind.None : SyntaxFacts.IsValidIdentifier(name);
}
