using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.HarnessTests;

/// <summary>The expected byte forms, on texts that the other host's encoder was asked about.</summary>
public sealed class PythonTextTests
{
    [Test]
    [Arguments("""{"b":[1,2.50,true,null],"a":{}}""", """{"b": [1, 2.50, true, null], "a": {}}""")]
    [Arguments("\"na\u00EFve \u2028 \U0001F431 \u007F / \\\\ \\\" \\u0001\"", "\"na\\u00efve \\u2028 \\ud83d\\udc31 \\u007f / \\\\ \\\" \\u0001\"")]
    [Arguments("[]", "[]")]
    public async Task One_line_has_spaces_and_only_ascii(string json, string expected) =>
        await Assert.That(PythonText.Encode(StrictJson.Parse(json))).IsEqualTo(expected);

    [Test]
    public async Task Sorting_is_by_code_point() =>
        await Assert.That(PythonText.Encode(StrictJson.Parse("{\"\U0001F431\":1,\"\uFFFD\":2,\"b\":3,\"B\":4}"), sorted: true))
            .IsEqualTo("{\"B\": 4, \"b\": 3, \"\\ufffd\": 2, \"\\ud83d\\udc31\": 1}");

    [Test]
    public async Task A_document_is_sorted_and_indented_and_keeps_its_letters() =>
        await Assert.That(PythonText.Document(StrictJson.Parse("""{"b":{"y":[],"x":{}},"a":[1,"é"]}""")))
            .IsEqualTo("{\n  \"a\": [\n    1,\n    \"é\"\n  ],\n  \"b\": {\n    \"x\": {},\n    \"y\": []\n  }\n}\n");
}
