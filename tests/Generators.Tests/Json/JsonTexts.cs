using System;
using System.Globalization;
using System.Linq;
using System.Text;
using CsCheck;
using SpecKitty.Generators.Tests.Text;

namespace SpecKitty.Generators.Tests.Json;

/// <summary>Random JSON, and random things that are not.</summary>
internal static class JsonTexts
{
    private static readonly string[] Numbers = ["0", "-0", "7", "-12", "3.5", "1e9", "-2.50E-7", "9007199254740993"];

    private static readonly Gen<string> Space = Gen.OneOf("", " ", "\n", "\r\n", "\t", "  \n ");

    /// <summary>What strings are made of: plain, escaped and surrogate pairs.</summary>
    private static readonly Gen<string> Piece = Gen.OneOf<string>(
        Gen.Char['a', 'z'].Select(static c => c.ToString()),
        Gen.OneOf("\\n", "\\\"", "\\\\", "\\/", "\\b", "\\f", "\\r", "\\t", "\\u0041", "\\u00e9", "\\ud83d\\udc31", "é", "🐱", "\u2028", "\u007f", " "));

    /// <summary>A string as it stands in JSON.</summary>
    public static Gen<string> String { get; } = Piece.Array[0, 6].Select(static pieces => "\"" + string.Concat(pieces) + "\"");

    /// <summary>A JSON text.</summary>
    public static Gen<string> Valid { get; } = Gen.Recursive<string>(static (depth, inner) => depth > 4
        ? Scalar
        : Gen.Frequency<string>(
            (3, Scalar),
            (2, Gen.Select(inner.Array[0, 4], Space, static (items, space) => "[" + space + string.Join(space + "," + space, items) + space + "]")),
            (2, Gen.Select(Gen.Select(String, inner).Array[0, 4], Space, static (members, space) =>
                "{" + space + string.Join("," + space, members.Select(member => member.Item1 + space + ":" + space + member.Item2)) + "}"))));

    /// <summary>A JSON text with an accident: something cut out or put in. Half a surrogate pair is not in it: no decoder lets one through.</summary>
    public static Gen<string> Damaged { get; } = Gen.Select(Valid, Gen.Int[0, 10_000], Gen.Int[0, 8], Gen.OneOf("", ",", ":", "{", "}", "[", "]", "\"", "\\", "\0", "/*", "nul", "-", "\\ud83d", "0"))
        .Select(static (text, at, length, junk) =>
        {
            int start = text.Length == 0 ? 0 : at % text.Length;
            return text[..start] + junk + text[Math.Min(text.Length, start + length)..];
        })
        .Where(static text => text.IsWellFormed());

    private static Gen<string> Scalar => Gen.OneOf<string>(Gen.OneOf("true", "false", "null"), Gen.OneOf(Numbers), String);

    /// <summary>A string's content as JSON text again, everything unusual escaped.</summary>
    public static string Quote(string content)
    {
        var text = new StringBuilder("\"");
        foreach (char c in content)
        {
            text.Append(c is < ' ' or '"' or '\\' or > '~' ? "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture) : c.ToString());
        }

        return text.Append('"').ToString();
    }
}
