using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Json;

/// <summary>A JSON value and where it stands. Lives only while its file is parsed; never in a model.</summary>
internal sealed class JsonValue
{
    /// <summary>What the value is.</summary>
    public JsonKind Kind { get; init; }

    /// <summary>From its first to behind its last character.</summary>
    public TextSpan Span { get; init; }

    /// <summary>A string's content without escapes, a number as written; else empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>A boolean's value.</summary>
    public bool Flag { get; init; }

    /// <summary>An array's items.</summary>
    public IReadOnlyList<JsonValue> Items { get; init; } = [];

    /// <summary>An object's members in the order written; one name may come twice.</summary>
    public IReadOnlyList<JsonMember> Members { get; init; } = [];
}
