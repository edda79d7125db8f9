using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>
/// JSON as rows and options have it: the scanner of the log, the library and the plain model take the same texts for JSON, but for the numbers that only Python
/// knows; strings mean the same to all; and what is written of a value is read as that value.
/// </summary>
internal sealed class JsonTarget : FuzzTarget
{
    public override string Name => "json";

    protected override IEnumerable<string> Texts { get; } =
    [
        "{}", "[]", "\"\"", "0", "-1.5e+10", "null", "true", "NaN", "[-Infinity, Infinity]", "{\"a\": {\"b\": [1, 2, {\"c\": \"d\"}]}, \"é\": \"\\u00e9\\ud83d\\ude00\"}", " [ 1 , \t\"x\" ] ",
        "{\"z\": 1, \"a\": 2, \"a\": 3, \"\\u0061\": 4}", "\"\\b\\f\\n\\r\\t\\/\\\\\\\"\"", "[[[[[[[[]]]]]]]]", "\"\U0001F431\ue000\"",
    ];

    public override string Run(byte[] input)
    {
        var scanner = new JsonScanner(input, noControls: false);
        bool scanned = Utf8.IsValid(input) && scanner.TryValue(out _) && scanner.AtEnd();
        var model = Utf8.IsValid(input) ? PythonJsonModel.Read(Encoding.UTF8.GetString(input), out var reader) : null;
        if (model is null)
        {
            bool isDeep = scanner.IsTooDeep || scanned;
            Require(!scanned || Depth(input) >= PythonJsonModel.MostDepth, "the scanner takes it, the model does not");
            Require(isDeep || !Utf8.IsValid(input) || Library(input) is null, "the library takes it, the model does not");
            return scanner.IsTooDeep ? "too deep" : "no JSON";
        }

        _ = PythonJsonModel.Read(Encoding.UTF8.GetString(input), out reader);
        Require(scanned, "the model takes it, the scanner does not");
        if (!reader.HasPythonNumbers)
        {
            using var document = Library(input);
            Require(document is not null, "the model takes it, the library does not");
            Written(document.RootElement);
        }

        if (model.IsText)
        {
            int start = Array.IndexOf(input, (byte)'"'), end = Array.LastIndexOf(input, (byte)'"');
            Same(JsonText.OfToken(input.AsSpan(start..(end + 1))), model.Text, "the string is");
        }

        foreach (var (name, _) in model.Members)
        {
            // A key that is spelled with escapes is not looked for, and only an object that starts the text is looked into.
            if (input[0] == (byte)'{' && name.AsSpan().IndexOfAny("\\\"\ud800") < 0 && !HasEscapedKeys(model, input))
            {
                Same(Encoding.UTF8.GetString(JsonMembers.Find(input, Encoding.UTF8.GetBytes(name))), model[name]!.Raw, "the member is");
            }
        }

        return $"{model.Kind} {model.Members.Count} {model.Items.Count} {reader.Depth}";
    }

    private static bool HasEscapedKeys(PythonJsonModel.Node model, byte[] input) => model.Members.Count > 0 && Array.IndexOf(input, (byte)'\\') >= 0;

    /// <summary>Values of options are written sorted, escaped and with Python's spaces; they must come back as they were.</summary>
    private static void Written(JsonElement value)
    {
        if (JsonProblems.HasLoneSurrogate(value))
        {
            return;
        }

        var buffer = new RowBuffer();
        using (var writer = PythonJson.LineWriter(buffer))
        {
            JsonValues.Write(writer, value);
        }

        var line = buffer.Written.ToArray();
        line = line[..PythonJson.CloseLine(line)];
        Require(line.AsSpan().IndexOfAnyExceptInRange((byte)0x20, (byte)0x7E) < 0, "what is written is not printable ASCII");
        using var again = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2000 });
        Same(PythonJsonOrder.Canonical(again.RootElement), PythonJsonOrder.Canonical(value), "written, the value is");
    }

    private static JsonDocument? Library(byte[] input)
    {
        try
        {
            return JsonDocument.Parse(input, new JsonDocumentOptions { MaxDepth = PythonJsonModel.MostDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Depth(byte[] input)
    {
        int depth = 0, most = 0;
        foreach (byte b in input)
        {
            depth += b is (byte)'[' or (byte)'{' ? 1 : b is (byte)']' or (byte)'}' ? -1 : 0;
            most = Math.Max(most, depth);
        }

        return most;
    }
}
