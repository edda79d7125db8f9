using System.Collections.Generic;
using Microsoft.CodeAnalysis.Text;

namespace SpecKitty.Generators.Json;

/// <summary>
/// Reads JSON (RFC 8259, no extensions) and keeps positions. Never throws. It goes on behind an error as well as it can, so that one
/// slip of the pen costs one diagnostic and not the types of the whole file: docs/adr/0001-own-json-reader-in-the-generator.md.
/// </summary>
internal sealed class JsonReader
{
    /// <summary>Deeper nesting is an error; it bounds the recursion.</summary>
    public const int MaxDepth = 64;

    private readonly JsonScanner _scanner;
    private int _depth;

    private JsonReader(string text) => _scanner = new JsonScanner(text);

    /// <summary>Reads all of <paramref name="text"/>.</summary>
    public static JsonText Read(string text)
    {
        var reader = new JsonReader(text);
        var root = reader.Value();
        var scanner = reader._scanner;
        if (scanner.SkipSpace())
        {
            scanner.Fail("nothing more was expected behind the value", scanner.Position, 1);
        }

        return new JsonText(root, scanner.Error);
    }

    private JsonValue Value()
    {
        _scanner.SkipSpace();
        switch (_scanner.Current)
        {
            case '{':
                return Nested(isObject: true);
            case '[':
                return Nested(isObject: false);
            case '"':
                int start = _scanner.Position;
                string text = _scanner.String();
                return new JsonValue { Kind = JsonKind.String, Text = text, Span = _scanner.From(start) };
            case '-' or (>= '0' and <= '9'):
                return _scanner.Number();
            default:
                return _scanner.Word();
        }
    }

    private JsonValue Nested(bool isObject)
    {
        int start = _scanner.Position;
        if (_depth == MaxDepth)
        {
            _scanner.Fail($"values are nested deeper than {MaxDepth} levels", start, 1);
            _scanner.SkipRest();
            return new JsonValue { Span = _scanner.From(start) };
        }

        _depth++;
        var value = isObject ? Object() : Array();
        _depth--;
        return value;
    }

    private JsonValue Object()
    {
        int start = _scanner.Position;
        var members = new List<JsonMember>();
        _scanner.Skip();
        while (Another('}', members.Count))
        {
            int nameStart = _scanner.Position;
            if (_scanner.Current != '"')
            {
                _scanner.Fail("a member's name in double quotes was expected", nameStart, 1);
                _scanner.SkipWord();
                continue;
            }

            string name = _scanner.String();
            TextSpan nameSpan = _scanner.From(nameStart);
            _scanner.SkipSpace();
            if (!_scanner.TrySkip(':'))
            {
                _scanner.Fail("':' was expected between a member's name and its value", _scanner.Position, 1);
            }

            members.Add(new JsonMember(name, nameSpan, Value()));
        }

        return new JsonValue { Kind = JsonKind.Object, Members = members, Span = _scanner.From(start) };
    }

    private JsonValue Array()
    {
        int start = _scanner.Position;
        var items = new List<JsonValue>();
        _scanner.Skip();
        while (Another(']', items.Count))
        {
            var item = Value();
            if (item.Kind != JsonKind.Missing)
            {
                items.Add(item);
            }
        }

        return new JsonValue { Kind = JsonKind.Array, Items = items, Span = _scanner.From(start) };
    }

    /// <summary>Goes to the next item and says whether there is one; behind the last, the closing bracket is taken.</summary>
    private bool Another(char close, int count)
    {
        bool comma = false;
        while (_scanner.SkipSpace())
        {
            char current = _scanner.Current;
            if (current == close)
            {
                if (comma)
                {
                    _scanner.Fail($"no ',' was expected before '{close}'", _scanner.Position, 1);
                }

                _scanner.Skip();
                return false;
            }

            if (current == ',')
            {
                if (comma || count == 0)
                {
                    _scanner.Fail("no ',' was expected here", _scanner.Position, 1);
                }

                comma = true;
                _scanner.Skip();
                continue;
            }

            if (current is ':' or ']' or '}')
            {
                _scanner.Fail($"'{current}' was not expected here; '{close}' is still missing", _scanner.Position, 1);
                if (current != ':' && _depth > 1)
                {
                    return false;
                }

                _scanner.Skip();
                continue;
            }

            if (!comma && count > 0)
            {
                _scanner.Fail($"',' or '{close}' was expected", _scanner.Position, 1);
            }

            return true;
        }

        _scanner.Fail($"'{close}' was expected before the end of the file", _scanner.Position, 0);
        return false;
    }
}
