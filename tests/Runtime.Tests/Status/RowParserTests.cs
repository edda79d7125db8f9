using System;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class RowParserTests
{
    private static readonly string Good = Rows.Lane("WP01", "planned", "claimed");

    [Test]
    [Arguments("event_id")]
    [Arguments("wp_id")]
    [Arguments("from_lane")]
    [Arguments("to_lane")]
    [Arguments("at")]
    [Arguments("actor")]
    [Arguments("force")]
    [Arguments("execution_mode")]
    public async Task A_row_without_a_required_key_is_corrupt(string key)
    {
        await Assert.That(Detail(Good.Replace("\"" + key + "\"", "\"x\"", StringComparison.Ordinal))).IsEqualTo($"the row has no '{key}'");
    }

    [Test]
    [Arguments("evidence")]
    [Arguments("mission_slug")]
    [Arguments("policy_metadata")]
    [Arguments("reason")]
    [Arguments("review_ref")]
    public async Task A_row_without_another_key_is_a_row(string key)
    {
        await Assert.That(Rows.Good(Good.Replace("\"" + key + "\"", "\"x\"", StringComparison.Ordinal)).LaneOf("WP01")).IsEqualTo(Lane.Claimed);
    }

    [Test]
    public async Task Lanes_are_canonical_names_only()
    {
        foreach (string lane in (string[])["doing", "Claimed", "claimed ", "", "Uninitialized", "uninitialized "])
        {
            await Assert.That(Detail(Rows.Lane("WP01", lane, "claimed"))).IsEqualTo("the row's 'from_lane' is no lane");
            await Assert.That(Detail(Rows.Lane("WP01", "planned", lane))).IsEqualTo("the row's 'to_lane' is no lane");
        }

        await Assert.That(Detail(Good.Replace("\"claimed\"", "5", StringComparison.Ordinal))).IsEqualTo("the row's 'to_lane' is no lane");
        await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", @"cl\u0061imed")).LaneOf("WP01")).IsEqualTo(Lane.Claimed);
    }

    [Test]
    public async Task The_lane_of_the_unseeded_goes_by_the_name_of_newer_hosts_too()
    {
        await Assert.That(Rows.Good(Rows.Lane("WP01", "uninitialized", "planned")).LaneOf("WP01")).IsEqualTo(Lane.Planned);
        await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", "uninitialized")).LaneOf("WP01")).IsEqualTo(Lane.Genesis);
    }

    [Test]
    [Arguments("event_id", "01JQ9000000000000000000001")]
    [Arguments("wp_id", "WP01")]
    [Arguments("at", Rows.Time)]
    public async Task What_names_and_orders_must_be_text(string key, string value)
    {
        foreach (string other in (string[])["5", "null", "[]", "{}", "true"])
        {
            await Assert.That(Detail(Good.Replace("\"" + value + "\"", other, StringComparison.Ordinal))).IsEqualTo($"the row's '{key}' is no string");
        }
    }

    [Test]
    public async Task The_actor_may_be_anything()
    {
        foreach (var (json, text) in ((string, string?)[])[("\"\"", ""), ("\"J\\u00fcrgen\"", "Jürgen"), ("null", null), ("5", "5"), ("{\"tool\": \"codex\"}", "{\"tool\": \"codex\"}"), ("[1, NaN]", "[1, NaN]")])
        {
            await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", "claimed", actor: json)).WorkPackages[0].Actor).IsEqualTo(text);
        }
    }

    [Test]
    public async Task Force_is_judged_as_Python_does()
    {
        foreach (string yes in (string[])["true", "1", "-0.5", "\"x\"", "\"false\"", "[0]", "{\"a\":0}", "NaN", "-Infinity", "1e5", "1e-300", "1e400", "[[]]"])
        {
            await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", "claimed", force: yes)).WorkPackages[0].ForceCount).IsEqualTo(1).Because(yes);
        }

        foreach (string no in (string[])["false", "null", "0", "-0.0", "0e7", "1e-401", "\"\"", "[]", "{}", "[ ]"])
        {
            await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", "claimed", force: no)).WorkPackages[0].ForceCount).IsEqualTo(0).Because(no);
        }
    }

    [Test]
    public async Task Of_equal_keys_the_last_counts()
    {
        await Assert.That(Rows.Good(Good.Replace("{\"actor\"", "{\"to_lane\": \"done\", \"actor\"", StringComparison.Ordinal)).LaneOf("WP01")).IsEqualTo(Lane.Claimed);
        await Assert.That(Rows.Good(Good[..^1] + ", \"to_lane\": \"done\"}").LaneOf("WP01")).IsEqualTo(Lane.Done);
        await Assert.That(Rows.Good(Good[..^1] + ", \"event_name\": \"retrospective.x\", \"event_name\": 5}").LaneOf("WP01")).IsEqualTo(Lane.Claimed);
    }

    [Test]
    public async Task Keys_and_values_may_be_escaped()
    {
        string escaped = string.Concat(Good.Select(c => char.IsAsciiLetterOrDigit(c) ? $"\\u{(int)c:x4}" : c.ToString()))
            .Replace("\\u006e\\u0075\\u006c\\u006c", "null", StringComparison.Ordinal).Replace("\\u0066\\u0061\\u006c\\u0073\\u0065", "false", StringComparison.Ordinal);
        await Assert.That(Rows.Describe(Rows.Good(escaped))).IsEqualTo(Rows.Describe(Rows.Good(Good)));
    }

    /// <summary>What has escapes is kept elsewhere than in the line, one value behind the other.</summary>
    [Test]
    public async Task Values_with_one_escape_each_do_not_run_into_one_another()
    {
        string escaped = Rows.Lane(@"WP0\u0031", "planned", "claimed", Rows.Time[..^1] + @"\u0030", Rows.Id(1)[..^1] + @"\u0031", slug: @"077-\u006d");
        await Assert.That(Rows.Describe(Rows.Good(escaped))).IsEqualTo(Rows.Describe(Rows.Good(Rows.Lane("WP01", "planned", "claimed", id: Rows.Id(1)))));
    }

    [Test]
    public async Task Rows_of_others_are_passed_over()
    {
        foreach (string row in (string[])["{\"event_type\": null}", "{\"event_type\": \"WPCreated\", \"payload\": {}}", "{\"type\": \"RetrospectiveCaptured\"}", "{\"type\": \"RetrospectiveCaptureFailed\"}",
            "{\"type\": \"RetrospectiveSkipped\"}", "{\"event_name\": \"retrospective.\"}", "{\"kind\": \"annotation\"}", "{\"kind\": null}", "{\"kind\": \"future\", \"at\": 5}", "{\"event_\\u0074ype\": 1}"])
        {
            await Assert.That(Rows.Good(row).EventCount).IsEqualTo(0).Because(row);
            await Assert.That(Rows.Good(Good[..^1] + ", " + row[1..]).EventCount).IsEqualTo(0).Because(row);
        }

        foreach (string row in (string[])["{}", "{\"type\": \"Other\"}", "{\"type\": null}", "{\"event_name\": \"retrospective\"}", "{\"event_name\": null}"])
        {
            await Assert.That(Detail(row)).IsEqualTo("the row has no 'event_id'");
        }
    }

    [Test]
    public async Task A_row_of_another_writer_must_be_JSON_too()
    {
        await Assert.That(Detail("{\"event_type\": 1, }")).Contains("not JSON");
        await Assert.That(Detail("{\"event_type\": 1} x")).Contains("not JSON");
    }

    [Test]
    public async Task The_old_name_of_the_slug_stands_in_for_it()
    {
        await Assert.That(Rows.Good(Good.Replace("mission_slug", "feature_slug", StringComparison.Ordinal)).MissionSlug).IsEqualTo("077-m");
        await Assert.That(Rows.Good(Good[..^1] + ", \"feature_slug\": \"old\"}").MissionSlug).IsEqualTo("077-m");
        await Assert.That(Rows.Good(Rows.Lane("WP01", "planned", "claimed", slug: "")[..^1] + ", \"feature_slug\": \"old\"}").MissionSlug).IsEqualTo("old");
        await Assert.That(Rows.Good(Good.Replace("\"077-m\"", "null", StringComparison.Ordinal)).MissionSlug).IsEqualTo("");
    }

    /// <summary>Plain rows, and rows that are nearly plain.</summary>
    [Test]
    public void The_quick_way_and_the_long_way_never_disagree()
    {
        var value = Pick("null", "\"\"", "\"x\"", "\"é\"", "\"a\\nb\"", "\"\\u00e9\"", "{}", "{\"a\": [1, {\"b\": null}]}", "{\"a\": }", "[]", "true", "false", "1", "NaN", "", "\"", "{", "\"claimed\"");
        var fields = Gen.Select(value, value, Pick("null", "{}", "{\"review\": {\"reviewer\": \"r\"}}"), Pick("true", "false"), Pick("planned", "in_review", "for_review", "doing", "in_progress"),
            Pick("\"in_progress\"", "\"done\"", "\"x\"", "null"));
        var row =
            from f in fields
            from key in Pick("", "\"mission_id\": \"01\", ", "\"mission_id\": null, ")
            from result in Pick("", "\"review_result\": {\"a\": 1}, ", "\"review_result\": 5, ")
            from strange in Gen.Int[0, 11]
            from text in Gen.Select(value, Pick("\"t\"", "\"t\"", "null"))
            select Disturb(
                $$"""{"actor": {{(strange == 1 ? f.Item1 : "\"a\"")}}, "at": {{text.Item2}}, "event_id": "i", "evidence": {{f.Item3}}, "execution_mode": "w", "force": {{f.Item4}}, "from_lane": "{{f.Item5}}", {{key}}"mission_slug": {{(strange == 2 ? f.Item2 : "\"s\"")}}, "policy_metadata": {{(strange == 3 ? f.Item1 : "{\"a\": [1, {\"b\": null}]}")}}, "reason": {{(strange == 4 ? f.Item1 : "null")}}, "review_ref": {{(strange == 5 ? f.Item2 : "\"r\"")}}, {{result}}"to_lane": {{f.Item6}}, "wp_id": {{(strange == 6 ? text.Item1 : "\"WP01\"")}}}""",
                strange);
        Gen.Select(row, row, row).Sample(
            (a, b, c) =>
            {
                // One parser for several rows: it remembers containers.
                var plain = new PlainRowParser();
                return Agree(plain, a) && Agree(plain, b) && Agree(plain, c) && Agree(plain, a);
            },
            iter: 30_000);
    }

    private static string Disturb(string row, int strange) => strange switch
    {
        7 => row[..^1],
        8 => row + "}",
        9 => row.Replace(", ", ",", StringComparison.Ordinal),
        10 => row[..^1] + ", \"kind\": 1}",
        11 => row.Replace("event_id", "wp_id", StringComparison.Ordinal),
        _ => row,
    };

    private static bool Agree(PlainRowParser plain, string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        if (!plain.TryParse(bytes, out var quick))
        {
            return true;
        }

        byte[] scratch = [];
        RowParser.Parse(bytes, noControls: true, ref scratch, out var row);
        return row.Kind == RowKind.Lane && quick.Kind == RowKind.Lane && quick.At.SequenceEqual(row.At) && quick.EventId.SequenceEqual(row.EventId) && quick.WpId.SequenceEqual(row.WpId)
            && quick.MissionSlug.SequenceEqual(row.MissionSlug) && quick.Actor.SequenceEqual(row.Actor) && quick.From == row.From && quick.To == row.To && quick.Force == row.Force
            && quick.IsRollback == row.IsRollback;
    }

    /// <summary>A plain row with any one byte another, without some, and any beginning of it.</summary>
    [Test]
    public async Task What_is_nearly_plain_is_read_as_the_long_way_reads_it()
    {
        const int LongestCut = 6;
        string row = Rows.Lane("WP01", "for_review", "in_progress", actor: "\"me\"", force: "true", reviewRef: "\"r\"")
            .Replace("\"policy_metadata\": null", "\"policy_metadata\": {\"a\": [1]}", StringComparison.Ordinal).Replace("\"to_lane\"", "\"review_result\": {}, \"to_lane\"", StringComparison.Ordinal)
            .Replace("\"mission_slug\"", "\"mission_id\": \"01\", \"mission_slug\"", StringComparison.Ordinal);
        await Assert.That(new PlainRowParser().TryParse(Encoding.UTF8.GetBytes(row), out _)).IsTrue();
        for (int i = 0; i < row.Length; i++)
        {
            foreach (char other in "\"\\,: {}x1")
            {
                await Assert.That(Agree(new PlainRowParser(), row[..i] + other + row[(i + 1)..])).IsTrue().Because($"{other} at {i}");
            }

            for (int length = 1; length <= LongestCut && i + length <= row.Length; length++)
            {
                await Assert.That(i == 0 || Agree(new PlainRowParser(), row[..i] + row[(i + length)..])).IsTrue().Because($"without {length} at {i}");
            }

            await Assert.That(i == 0 || Agree(new PlainRowParser(), row[..i])).IsTrue().Because($"up to {i}");
        }
    }

    [Test]
    public async Task A_plain_row_takes_the_quick_way()
    {
        foreach (string row in (string[])[Good, Good.Replace("\"mission_slug\"", "\"mission_id\": \"01\", \"mission_slug\"", StringComparison.Ordinal),
            Good.Replace("\"policy_metadata\": null, \"reason\": null", "\"policy_metadata\": {\"a\": [1, \"\\u00e9\"]}, \"reason\": \"why\"", StringComparison.Ordinal)])
        {
            await Assert.That(new PlainRowParser().TryParse(Encoding.UTF8.GetBytes(row), out _)).IsTrue();
        }
    }

    private static Gen<T> Pick<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Detail(string row)
    {
        var failure = Rows.Bad(Rows.Log(row));
        if (failure.Code != ErrorCode.EventLogCorrupt || failure.Effect != Effect.None || failure.Retryable)
        {
            throw new InvalidOperationException(failure.Message);
        }

        return Rows.Where(failure).Detail;
    }
}
