using System;
using System.Buffers;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class AcceptanceTests
{
    private static readonly string[] Keys = ["a", "accept_commit", "accepted_at", "accepted_by", "accepted_from_commit", "acceptance_history", "slug", "\u00FC", "zz \"quoted\"", "\U0001F600"];

    private static readonly Gen<string> Value = Gen.OneOf(
        Gen.Int.Select(static i => i.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        Gen.String.Select(static s => Encoding.UTF8.GetString(JsonObjectEdit.Text(Sound(s)))),
        Gen.Const("null"), Gen.Const("[]"), Gen.Const("{\"b\":[1,{\"a\":2}],\"\u00E4\":\"\u00F6\"}"), Gen.Const("[{\"accepted_at\": \"x\"}, 1.50]"));

    [Test]
    public void A_file_in_the_reference_form_is_rewritten_as_the_reference_would()
    {
        Objects(sorted: true).Select(Gen.String.Select(Sound)).Sample(
            static (json, actor) =>
            {
                string file = Canonical(json);
                var edit = JsonObjectEdit.Parse(Encoding.UTF8.GetBytes(file), out _)!;
                if (Acceptance.Record(edit, actor, "now") is not null)
                {
                    return JsonNode.Parse(json)!["acceptance_history"] is not (null or JsonArray);
                }

                var model = JsonNode.Parse(json)!.AsObject();
                model["accepted_at"] = "now";
                model["accepted_by"] = actor;
                model["acceptance_mode"] = "orchestrator";
                model.Remove("accepted_from_commit");
                model.Remove("accept_commit");
                var history = model["acceptance_history"]?.AsArray().DeepClone().AsArray() ?? [];
                history.Add(new JsonObject { ["acceptance_mode"] = "orchestrator", ["accepted_at"] = "now", ["accepted_by"] = actor });
                model["acceptance_history"] = history;
                return Encoding.UTF8.GetString(edit.ToBytes()) == Canonical(model.ToJsonString());
            },
            iter: 5_000);
    }

    [Test]
    public void In_any_other_form_every_other_member_stays_as_it_is_spelled()
    {
        Objects(sorted: false).Sample(
            static json =>
            {
                var edit = JsonObjectEdit.Parse(Encoding.UTF8.GetBytes(json), out _)!;
                if (Acceptance.Record(edit, "boss", "now") is not null)
                {
                    return true;
                }

                byte[] after = edit.ToBytes();
                var again = JsonObjectEdit.Parse(after, out _)!;
                foreach (string key in (string[])["a", "slug", "\u00FC", "zz \"quoted\"", "\U0001F600"])
                {
                    if (!again.Find(key).SequenceEqual(JsonObjectEdit.Parse(Encoding.UTF8.GetBytes(json), out _)!.Find(key)))
                    {
                        return false;
                    }
                }

                return Acceptance.LatestBy(again, "boss") == "now" && Acceptance.LatestBy(again, "other") is null && again.Find("accept_commit").IsEmpty;
            },
            iter: 5_000);
    }

    [Test]
    public async Task Only_twenty_acceptances_are_kept()
    {
        var edit = JsonObjectEdit.Parse("{}"u8, out _)!;
        for (int i = 0; i < 25; i++)
        {
            Acceptance.Record(edit, "a" + i, "t" + i);
        }

        using var document = JsonDocument.Parse(edit.ToBytes());
        var history = document.RootElement.GetProperty("acceptance_history");
        await Assert.That(history.GetArrayLength()).IsEqualTo(20);
        await Assert.That(history[0].GetProperty("accepted_by").GetString()).IsEqualTo("a5");
    }

    [Test]
    public async Task Byte_order_mark_line_ends_and_indentation_are_kept()
    {
        var edit = JsonObjectEdit.Parse(Encoding.UTF8.GetBytes("\uFEFF{\r\n\t\"slug\": \"x\"\r\n}\r\n"), out _)!;
        Acceptance.Record(edit, "boss", "now");
        await Assert.That(Encoding.UTF8.GetString(edit.ToBytes())).IsEqualTo(
            "\uFEFF{\r\n\t\"acceptance_history\": [\r\n\t\t{\r\n\t\t\t\"acceptance_mode\": \"orchestrator\",\r\n\t\t\t\"accepted_at\": \"now\",\r\n\t\t\t\"accepted_by\": \"boss\"\r\n\t\t}\r\n\t],"
            + "\r\n\t\"acceptance_mode\": \"orchestrator\",\r\n\t\"accepted_at\": \"now\",\r\n\t\"accepted_by\": \"boss\",\r\n\t\"slug\": \"x\"\r\n}\r\n");
    }

    [Test]
    [Arguments("")]
    [Arguments("[]")]
    [Arguments("{")]
    [Arguments("{} x")]
    [Arguments("{\"a\": \"\\ud800\"}")]
    public async Task What_is_no_object_is_refused(string file)
    {
        var edit = JsonObjectEdit.Parse(Encoding.UTF8.GetBytes(file), out string? problem);
        await Assert.That(edit is null || file.Contains("ud800", StringComparison.Ordinal)).IsTrue();
        await Assert.That(edit is null).IsEqualTo(problem is not null);
    }

    [Test]
    [Arguments("https://github.com/o/r/actions/runs/1", true)]
    [Arguments("see <https://github.com/o/r-1.x/actions/runs/123>", true)]
    [Arguments("https://github.com/o/actions/runs/1", false)]
    [Arguments("https://github.com/o o/r/actions/runs/1", false)]
    [Arguments("https://github.com/o/r/actions/runs/x", false)]
    [Arguments("Run id: 12345", true)]
    [Arguments("- Successful GitHub Actions run #1234567", true)]
    [Arguments("run 12345 passed", true)]
    [Arguments("RUN-12345", true)]
    [Arguments("run 1234", false)]
    [Arguments("a run 12345", false)]
    [Arguments("", false)]
    public async Task Evidence_of_a_run_is_recognised(string text, bool expected) => await Assert.That(WorkflowEvidence.NamesRun("# T\n\n" + text + "\n")).IsEqualTo(expected);

    private static Gen<string> Objects(bool sorted) => Gen.Int[0, Keys.Length - 1].Select(Value).Array[0, 10].Select(members =>
    {
        var chosen = sorted ? (IDictionary<string, string>)new SortedDictionary<string, string>(Comparer<string>.Create(CodePointOrder.Compare)) : new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in members)
        {
            chosen[Keys[key]] = value;
        }

        var text = new StringBuilder("{");
        foreach (var (key, value) in chosen)
        {
            text.Append(text.Length == 1 ? "" : sorted ? ", " : " ,").Append(Encoding.UTF8.GetString(JsonObjectEdit.Text(key))).Append(sorted ? ": " : " :\t").Append(value);
        }

        return text.Append('}').ToString();
    });

    /// <summary>What Python's json.dumps(sort_keys=True, indent=2, ensure_ascii=False) gives, and a line feed.</summary>
    private static string Canonical(string json)
    {
        using var document = JsonDocument.Parse(json);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = PythonJson.DocumentWriter(buffer))
        {
            JsonValues.Write(writer, document.RootElement);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static string Sound(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
