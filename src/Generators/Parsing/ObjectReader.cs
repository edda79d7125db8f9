using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis.Text;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Json;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>
/// Takes the members of a JSON object by name. What is asked for is what there may be: <see cref="End"/> reports everything else, so the
/// members of a kind are written down once, where they are read.
/// </summary>
internal sealed class ObjectReader
{
    private readonly SchemaFile _file;
    private readonly JsonValue _value;
    private readonly string _what;
    private readonly List<string> _asked = [];

    /// <summary>Reads <paramref name="value"/>, an object.</summary>
    /// <param name="file">The file that it is part of.</param>
    /// <param name="value">The object.</param>
    /// <param name="what">What to call it in diagnostics: "a flag".</param>
    public ObjectReader(SchemaFile file, JsonValue value, string what)
    {
        (_file, _value, _what) = (file, value, what);
        var names = new HashSet<string>();
        foreach (var member in value.Members)
        {
            if (!names.Add(member.Name))
            {
                file.Report(Descriptors.RepeatedMember, member.NameSpan, member.Name);
            }
        }
    }

    /// <summary>Where a diagnostic about the whole object points: its opening brace.</summary>
    public TextSpan Start => new(_value.Span.Start, _value.Span.Length > 0 ? 1 : 0);

    /// <summary>Where a member's value stands; the object's start when there is no such member.</summary>
    public TextSpan SpanOf(string name) => Find(name)?.Span ?? Start;

    /// <summary>Whether the member is there.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A text that must be there.</summary>
    public string Text(string name) => Take(name, JsonKind.String, "a text", required: true)?.Text ?? "";

    /// <summary>A text, or null.</summary>
    public string? OptionalText(string name) => Take(name, JsonKind.String, "a text", required: false)?.Text;

    /// <summary>True or false; false when it is not there.</summary>
    public bool Flag(string name, bool required = false) => Take(name, JsonKind.Boolean, "true or false", required)?.Flag ?? false;

    /// <summary>A whole number, or null.</summary>
    public int? Number(string name, bool required = false)
    {
        var value = Take(name, JsonKind.Number, "a whole number", required);
        if (value is null)
        {
            return null;
        }

        if (int.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        _file.Report(Descriptors.WrongType, value.Span, name, _what, "a whole number of 32 bits");
        return null;
    }

    /// <summary>One of <paramref name="allowed"/>, which must be there; the first of them when it is not.</summary>
    public string Choice(string name, string what, params string[] allowed) => Choose(name, what, allowed, required: true) ?? allowed[0];

    /// <summary>One of <paramref name="allowed"/>; null when it is not there or another.</summary>
    public string? OptionalChoice(string name, string what, params string[] allowed) => Choose(name, what, allowed, required: false);

    /// <summary>An id that must be there and must have the form of <paramref name="form"/>.</summary>
    public string Id(string name, IdForm form)
    {
        var value = Take(name, JsonKind.String, "a text", required: true);
        if (value is not null && !form.Matches(value.Text))
        {
            _file.Report(Descriptors.BadId, value.Span, value.Text, form.What, form.Example);
        }

        return value?.Text ?? "";
    }

    /// <summary>The id of something described elsewhere, which must be there.</summary>
    public Reference Reference(string name) => OptionalReference(name, required: true) ?? _file.Refer("", Start);

    /// <summary>The id of something described elsewhere, or null.</summary>
    public Reference? OptionalReference(string name, bool required = false) =>
        Take(name, JsonKind.String, "a text", required) is { } value ? _file.Refer(value.Text, value.Span) : null;

    /// <summary>A list of ids of things described elsewhere.</summary>
    public EquatableArray<Reference> References(string name, bool required = false) =>
        Items(name, JsonKind.String, "a list of texts", required).Select(item => _file.Refer(item.Text, item.Span)).ToEquatableArray();

    /// <summary>A list of texts.</summary>
    public EquatableArray<string> Texts(string name, bool required = false) =>
        Items(name, JsonKind.String, "a list of texts", required).Select(item => item.Text).ToEquatableArray();

    /// <summary>A list of texts that have the form of <paramref name="form"/>.</summary>
    public EquatableArray<string> Texts(string name, IdForm form)
    {
        var items = Items(name, JsonKind.String, "a list of texts", required: true).ToList();
        foreach (var item in items.Where(item => !form.Matches(item.Text)))
        {
            _file.Report(Descriptors.BadId, item.Span, item.Text, form.What, form.Example);
        }

        return items.Select(static item => item.Text).ToEquatableArray();
    }

    /// <summary>An object that must be there; null when it is not.</summary>
    public ObjectReader? Object(string name, string what) =>
        Take(name, JsonKind.Object, "an object", required: true) is { } value ? new ObjectReader(_file, value, what) : null;

    /// <summary>A list of objects.</summary>
    public IEnumerable<ObjectReader> Objects(string name, string what, bool required = true) =>
        Items(name, JsonKind.Object, "a list of objects", required).Select(item => new ObjectReader(_file, item, what));

    /// <summary>Reports every member that nobody asked for.</summary>
    public void End()
    {
        foreach (var member in _value.Members)
        {
            if (!_asked.Contains(member.Name))
            {
                _file.Report(Descriptors.UnknownMember, member.NameSpan, member.Name, _what, string.Join(", ", _asked));
            }
        }
    }

    private string? Choose(string name, string what, string[] allowed, bool required)
    {
        var value = Take(name, JsonKind.String, "a text", required);
        if (value is null || allowed.Contains(value.Text))
        {
            return value?.Text;
        }

        _file.Report(Descriptors.NotAllowed, value.Span, value.Text, what, string.Join(", ", allowed));
        return null;
    }

    private IEnumerable<JsonValue> Items(string name, JsonKind kind, string expected, bool required)
    {
        var list = Take(name, JsonKind.Array, expected, required);
        foreach (var item in list?.Items ?? [])
        {
            if (item.Kind == kind && item is not { Kind: JsonKind.String, Text: "" })
            {
                yield return item;
            }
            else
            {
                _file.Report(Descriptors.WrongType, item.Span, name, _what, expected);
            }
        }
    }

    private JsonValue? Take(string name, JsonKind kind, string expected, bool required)
    {
        var value = Find(name);
        if (value is null && required)
        {
            _file.Report(Descriptors.MissingMember, Start, name, _what);
        }
        else if (value is not null && value.Kind != kind)
        {
            _file.Report(Descriptors.WrongType, value.Span, name, _what, expected);
            return null;
        }
        else if (value is { Kind: JsonKind.String, Text: "" })
        {
            _file.Report(Descriptors.WrongType, value.Span, name, _what, "a text that is not empty");
            return null;
        }

        return value;
    }

    private JsonValue? Find(string name)
    {
        if (!_asked.Contains(name))
        {
            _asked.Add(name);
        }

        foreach (var member in _value.Members)
        {
            if (member.Name == name)
            {
                return member.Value;
            }
        }

        return null;
    }
}
