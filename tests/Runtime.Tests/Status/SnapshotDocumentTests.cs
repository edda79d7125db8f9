using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class SnapshotDocumentTests
{
    /// <summary>The expected files are Python's: json.dumps over an independent reading of the rules.</summary>
    [Test]
    public async Task Snapshots_have_the_bytes_that_Python_makes()
    {
        foreach (string line in File.ReadLines(Rows.Data("snapshots.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var number = root.GetProperty("number");
            var identity = Identity(number.ValueKind == JsonValueKind.Null ? "" : number.GetRawText(), root.GetProperty("type").GetString()!);
            var status = Rows.Good(Encoding.UTF8.GetBytes(root.GetProperty("log").GetString()!));
            string made = Encoding.UTF8.GetString(SnapshotDocument.Write(status, identity).Span);
            await Assert.That(made).IsEqualTo(root.GetProperty("snapshot").GetString()).Because(root.GetProperty("name").GetString()!);
        }
    }

    [Test]
    public async Task Every_key_of_the_schema_is_written_and_no_other()
    {
        var status = Rows.Good(Rows.Lane("WP01", "planned", "claimed"), """{"event_name": "retrospective.started"}""");
        using var document = JsonDocument.Parse(SnapshotDocument.Write(status, Identity("7", "t")));
        var root = document.RootElement;
        await Assert.That(Keys(root) + ", retrospective").IsEqualTo(SnapshotFields.Required.Replace(", summary", ", retrospective, summary", System.StringComparison.Ordinal) + ", retrospective");
        await Assert.That(Keys(root.GetProperty("work_packages").GetProperty("WP01"))).IsEqualTo(SnapshotWorkPackageFields.Required);
        await Assert.That(Keys(root.GetProperty("retrospective"))).IsEqualTo(SnapshotRetrospectiveFields.Required);
    }

    [Test]
    public async Task A_number_that_only_Python_reads_becomes_null()
    {
        var status = Rows.Good(Rows.Lane("WP01", "planned", "claimed", actor: "{\"a\": NaN}"));
        await Assert.That(Encoding.UTF8.GetString(SnapshotDocument.Write(status, Identity("7", "t")).Span)).Contains("\"actor\": null");
    }

    [Test]
    [Arguments("{\"a\": \"x\\udc00y\"}", "\"a\": \"x\uFFFDy\"")]
    [Arguments("{\"\\ud800\": 1}", "\"\uFFFD\": 1")]
    [Arguments("{\"a\": \"\\ud800\\ud83d\\ude00\"}", "\"a\": \"\uFFFD\U0001F600\"")]
    [Arguments("{\"a\": \"\\\\ud800 \\uD800\\n\"}", "\"a\": \"\\\\ud800 \uFFFD\\n\"")]
    public async Task Half_a_surrogate_pair_in_an_actor_that_is_no_string_failed_every_later_mutation(string actor, string expected)
    {
        var status = Rows.Good(Rows.Lane("WP01", "planned", "claimed", actor: actor));
        await Assert.That(Encoding.UTF8.GetString(SnapshotDocument.Write(status, Identity("7", "t")).Span)).Contains(expected);
    }

    private static string Keys(JsonElement element) => string.Join(", ", element.EnumerateObject().Select(m => m.Name));

    private static Identity Identity(string number, string type) => new()
    {
        MissionId = null,
        MissionSlug = "s",
        MissionNumber = number.Length == 0 ? null : int.Parse(number, CultureInfo.InvariantCulture),
        MissionType = type,
    };
}
