using System.Collections.Generic;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.HarnessTests;

/// <summary>Scrubbing takes out what varies and nothing else.</summary>
public sealed class ScrubberTests
{
    private const string First = "01JQ9000000000000000000001";
    private const string Second = "01JQ9000000000000000000002";

    [Test]
    public async Task Equal_values_get_one_name_and_different_ones_two() =>
        await Assert.That(Scrub($$"""{"event_id": "{{First}}", "last_event_id": "{{Second}}", "also": ["{{First}}"]}"""))
            .IsEqualTo("""{"event_id": "{id_1}", "last_event_id": "{id_2}", "also": ["{id_1}"]}""");

    [Test]
    public async Task Different_answers_stay_different()
    {
        var same = Scrub($$"""{"a": "{{First}}", "b": "{{First}}"}""");
        var other = Scrub($$"""{"a": "{{First}}", "b": "{{Second}}"}""");

        await Assert.That(same).IsNotEqualTo(other);
        await Assert.That(Scrub("""{"at": "2026-01-01T00:00:00+00:00"}""")).IsNotEqualTo(Scrub("""{"at": null}"""));
        await Assert.That(Scrub("""{"at": ""}""")).IsNotEqualTo(Scrub("""{"at": "2026-01-01T00:00:00+00:00"}"""));
        await Assert.That(Scrub("""{"event_count": 5}""")).IsNotEqualTo(Scrub("""{"event_count": 6}"""));
    }

    [Test]
    public async Task Known_values_stay() =>
        await Assert.That(Scrub($$"""{"at": "2026-04-08T12:00:00+00:00", "event_id": "{{First}}"}""", "2026-04-08T12:00:00+00:00", First))
            .IsEqualTo($$"""{"at": "2026-04-08T12:00:00+00:00", "event_id": "{{First}}"}""");

    [Test]
    public async Task Paths_go_by_the_longest_prefix() =>
        await Assert.That(Scrub("/tmp/sandbox-1/project/kitty-specs /tmp/sandbox-1/home")).IsEqualTo("{root}/kitty-specs {top}/home");

    [Test]
    public async Task What_no_member_names_is_found_by_its_look() =>
        await Assert.That(Scrub("at 2026-11-23T17:39:15.073820+00:00, corr-0123456789abcdef0123456789abcdef, 0123456789012345678901234567890123456789"))
            .IsEqualTo("at {time_1}, {id_1}, {commit_1}");

    [Test]
    public async Task A_shorter_time_is_not_cut_out_of_a_longer_one() =>
        await Assert.That(Scrub("""{"at": "2026-11-23T17:39:15+00:00", "timestamp": "2026-11-23T17:39:15.000001+00:00"}"""))
            .IsEqualTo("""{"at": "{time_1}", "timestamp": "{time_2}"}""");

    [Test]
    public async Task The_same_calls_in_another_place_and_at_another_time_give_the_same_text()
    {
        var first = await RecordAsync();
        var second = await RecordAsync();

        await Assert.That(first).IsEqualTo(second);
        await Assert.That(first).DoesNotContain("/sandbox-");
    }

    private static string Scrub(string text, params string[] known)
    {
        var scrubber = new Scrubber("/tmp/sandbox-1", "/tmp/sandbox-1/project", new HashSet<string>(known));
        scrubber.Learn(text);
        return scrubber.Scrub(text);
    }

    private static async Task<string> RecordAsync()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        var transcript = sandbox.Record();
        await transcript.ApiAsync("contract-version");
        await transcript.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);
        await transcript.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "other", "--policy", Policy.Valid);
        await transcript.ApiAsync("transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--note", "n");
        await transcript.ApiAsync("mission-state", "--mission", mission.Slug);
        await transcript.ApiAsync("list-ready", "--mission", "nowhere");
        return transcript.Text;
    }
}
