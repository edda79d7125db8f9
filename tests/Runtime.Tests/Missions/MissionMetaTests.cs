using System;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class MissionMetaTests
{
    [Test]
    [Arguments("""{}""", null, false)]
    [Arguments("""{"mission_number": null}""", null, false)]
    [Arguments("""{"mission_number": ""}""", null, false)]
    [Arguments("""{"mission_number": "  "}""", null, false)]
    [Arguments("""{"mission_number": 77}""", 77, false)]
    [Arguments("""{"mission_number": 0}""", 0, false)]
    [Arguments("""{"mission_number": -3}""", -3, false)]
    [Arguments("""{"mission_number": 77.0}""", 77, false)]
    [Arguments("""{"mission_number": "042"}""", 42, false)]
    [Arguments("""{"mission_number": "000"}""", 0, false)]
    [Arguments("""{"mission_number": 77.5}""", null, true)]
    [Arguments("""{"mission_number": 99999999999}""", null, true)]
    [Arguments("""{"mission_number": "99999999999"}""", null, true)]
    [Arguments("""{"mission_number": "pending"}""", null, true)]
    [Arguments("""{"mission_number": "-5"}""", null, true)]
    [Arguments("""{"mission_number": "\u0664\u0662"}""", null, true)]
    [Arguments("""{"mission_number": true}""", null, true)]
    [Arguments("""{"mission_number": [1]}""", null, true)]
    [Arguments("""{"mission_number": {"a": 1}}""", null, true)]
    [Arguments("""{"mission_number": "TBD", "mission_number": 5}""", 5, false)]
    public async Task A_number_that_is_none_is_null_and_a_warning(string json, int? number, bool warns)
    {
        var meta = Parse(json);
        await Assert.That(meta.MissionNumber).IsEqualTo(number);
        await Assert.That(meta.MissionNumberProblem is not null).IsEqualTo(warns);
    }

    [Test]
    public async Task The_warning_shows_what_was_there()
    {
        await Assert.That(Parse("""{"mission_number": "pending"}""").MissionNumberProblem).IsEqualTo("meta.json mission_number must be int or null, got 'pending'");
        await Assert.That(Parse("""{"mission_number": [1]}""").MissionNumberProblem).IsEqualTo("meta.json mission_number must be int or null, got a list");
        await Assert.That(Parse("{\"mission_number\": \"" + new string('x', 5000) + "\"}").MissionNumberProblem!.Length).IsLessThan(120);
    }

    [Test]
    [Arguments("""{"mission_slug": "a", "slug": "b"}""", "a")]
    [Arguments("""{"mission_slug": "", "slug": "b"}""", "b")]
    [Arguments("""{"mission_slug": 5, "slug": "b"}""", "b")]
    [Arguments("""{"mission_slug": null, "slug": ["b"]}""", null)]
    [Arguments("""{"mission_slug": "a", "mission_slug": "z"}""", "z")]
    [Arguments("""{"mission\u005fslug": "a"}""", "a")]
    [Arguments("""{"nested": {"mission_slug": "a"}, "list": [{"slug": "b"}]}""", null)]
    public async Task The_slug_is_the_first_that_is_there(string json, string? slug)
    {
        await Assert.That(Parse(json).MissionSlug).IsEqualTo(slug);
    }

    [Test]
    [Arguments("""{}""", "software-dev")]
    [Arguments("""{"mission_type": "research", "mission": "x"}""", "research")]
    [Arguments("""{"mission": "documentation"}""", "documentation")]
    [Arguments("""{"mission_type": " research "}""", "research")]
    [Arguments("""{"mission_type": "  ", "mission": "x"}""", "software-dev")]
    [Arguments("""{"mission_type": 3}""", "software-dev")]
    public async Task The_type_has_a_default(string json, string type)
    {
        await Assert.That(Parse(json).MissionType).IsEqualTo(type);
    }

    [Test]
    [Arguments("""{"mid8": "AAAAAAAA", "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D"}""", "AAAAAAAA")]
    [Arguments("""{"mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D"}""", "01JQ8Z4T")]
    [Arguments("""{"mid8": "../../xx", "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D"}""", "01JQ8Z4T")]
    [Arguments("""{"mission_id": "../../../../etc/passwd"}""", "")]
    [Arguments("""{"mission_id": "short"}""", "")]
    [Arguments("""{"mid8": "abcdefgh"}""", "")]
    public async Task A_mid8_can_always_be_part_of_a_name(string json, string mid8)
    {
        await Assert.That(Parse(json).Mid8).IsEqualTo(mid8);
    }

    [Test]
    public async Task Branches_are_there_only_if_they_say_something()
    {
        var meta = Parse("""{"coordination_branch": "kitty/mission-x", "target_branch": " main ", "merge_target_branch": "", "status_phase": 1}""");
        await Assert.That(meta.CoordinationBranch).IsEqualTo("kitty/mission-x");
        await Assert.That(meta.TargetBranch).IsEqualTo("main");
        await Assert.That(meta.MergeTargetBranch).IsNull();
        await Assert.That(meta.StatusPhase).IsEqualTo("1");
        meta = Parse("""{"coordination_branch": "  ", "target_branch": 7, "status_phase": "2"}""");
        await Assert.That(meta.CoordinationBranch).IsNull();
        await Assert.That(meta.TargetBranch).IsNull();
        await Assert.That(meta.StatusPhase).IsEqualTo("2");
    }

    [Test]
    public async Task A_byte_order_mark_is_skipped()
    {
        await Assert.That(Parse("\ufeff{\"slug\": \"b\"}").Slug).IsEqualTo("b");
    }

    [Test]
    [Arguments("{", "malformed JSON at line 1, byte 2")]
    [Arguments("{\n \"a\": }", "malformed JSON at line 2, byte 7")]
    [Arguments("", "malformed JSON at line 1, byte 1")]
    [Arguments("[1, {}]", "it holds a list instead of an object")]
    [Arguments("[1,", "malformed JSON at line 1, byte 3")]
    [Arguments("null", "it holds null instead of an object")]
    [Arguments("{} x", "malformed JSON at line 1, byte 4")]
    [Arguments("{\"slug\": \"\\ud800\"}", "malformed text in a string")]
    public async Task What_is_no_object_is_refused_with_the_place(string json, string problem)
    {
        await Assert.That(MissionMeta.Parse(Encoding.UTF8.GetBytes(json), out string? found)).IsNull();
        await Assert.That(found).IsEqualTo(problem);
    }

    [Test]
    public async Task Bytes_that_are_no_text_are_refused_where_they_matter()
    {
        byte[] json = [.. "{\"slug\": \""u8, 0xFF, 0xFE, .. "\"}"u8];
        await Assert.That(MissionMeta.Parse(json, out string? problem)).IsNull();
        await Assert.That(problem).IsNotNull();
    }

    [Test]
    public async Task Deep_nesting_is_a_clean_refusal()
    {
        string json = "{\"a\": " + new string('[', 100_000) + new string(']', 100_000) + "}";
        await Assert.That(MissionMeta.Parse(Encoding.UTF8.GetBytes(json), out string? problem)).IsNull();
        await Assert.That(problem).StartsWith("malformed JSON");
    }

    private static MissionMeta Parse(string json) =>
        MissionMeta.Parse(Encoding.UTF8.GetBytes(json), out string? problem) ?? throw new InvalidOperationException(problem);
}
