using System;
using System.IO;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class LaneManifestTests
{
    private const string Whole = """
        {
          "version": 1,
          "mission_slug": "077-thing",
          "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D",
          "mission_branch": "kitty/mission-077-thing",
          "target_branch": "main",
          "lanes": [
            {"lane_id": "lane-a", "wp_ids": ["WP01", "WP02"], "write_scope": ["src/**"], "predicted_surfaces": [], "depends_on_lanes": [], "parallel_group": 0},
            {"lane_id": "lane-b", "wp_ids": ["WP03"], "depends_on_lanes": ["lane-a"], "parallel_group": 1},
            {"lane_id": "lane-planning", "wp_ids": []}
          ],
          "computed_at": "2026-04-08T12:00:00+00:00",
          "computed_from": "dependency_graph",
          "planning_artifact_wps": ["WP04"],
          "collapse_report": {"events": []},
          "planning_commit_sha": "abc"
        }
        """;

    [Test]
    public async Task A_whole_manifest_is_read()
    {
        using var scene = new Scene();
        var mission = scene.AMission();
        scene.Write("kitty-specs/077-thing/lanes.json", Whole);
        await Assert.That(LaneManifest.Load(mission).Try(out var manifest, out _)).IsTrue();
        await Assert.That(manifest!.MissionBranch).IsEqualTo("kitty/mission-077-thing");
        await Assert.That(manifest.TargetBranch).IsEqualTo("main");
        await Assert.That(manifest.Lanes.Count).IsEqualTo(3);
        await Assert.That(manifest.LaneOf("WP03")!.Id).IsEqualTo("lane-b");
        await Assert.That(manifest.LaneOf("WP09")).IsNull();
        await Assert.That(manifest.Find("lane-b")!.DependsOnLanes[0]).IsEqualTo("lane-a");
        await Assert.That(manifest.Find("lane-b")!.ParallelGroup).IsEqualTo(1);
        await Assert.That(manifest.Find("lane-planning")!.IsPlanning).IsTrue();
        await Assert.That(manifest.IsPlanningOnly).IsFalse();
        await Assert.That(manifest.PlanningArtifactWps[0]).IsEqualTo("WP04");
        await Assert.That(LaneNames.Branch(mission, manifest, manifest.Lanes[0])).IsEqualTo("kitty/mission-077-thing-lane-a");
        await Assert.That(LaneNames.Branch(mission, manifest, manifest.Lanes[2])).IsEqualTo("main");
    }

    [Test]
    [Arguments("version")]
    [Arguments("mission_slug")]
    [Arguments("mission_branch")]
    [Arguments("target_branch")]
    [Arguments("lanes")]
    [Arguments("computed_at")]
    [Arguments("computed_from")]
    public async Task Every_required_key_is_required(string key)
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        json.Remove(key);
        await Assert.That(Refuse(json.ToJsonString())).IsEqualTo($"'{key}'");
    }

    [Test]
    [Arguments("lane_id")]
    [Arguments("wp_ids")]
    public async Task Every_required_key_of_a_lane_is_required(string key)
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        json["lanes"]![1]!.AsObject().Remove(key);
        await Assert.That(Refuse(json.ToJsonString())).IsEqualTo($"'{key}'");
    }

    [Test]
    [Arguments("version", "\"1\"")]
    [Arguments("version", "true")]
    [Arguments("version", "1.5")]
    [Arguments("mission_slug", "5")]
    [Arguments("mission_slug", "\"\"")]
    [Arguments("mission_id", "7")]
    [Arguments("mission_branch", "\"--force\"")]
    [Arguments("mission_branch", "\"a b\"")]
    [Arguments("target_branch", "\"../main\"")]
    [Arguments("target_branch", "null")]
    [Arguments("lanes", "{}")]
    [Arguments("lanes", "[1]")]
    [Arguments("lanes", """[{"lane_id": "../x", "wp_ids": []}]""")]
    [Arguments("lanes", """[{"lane_id": "a/b", "wp_ids": []}]""")]
    [Arguments("lanes", """[{"lane_id": "a.lock", "wp_ids": []}]""")]
    [Arguments("lanes", """[{"lane_id": 7, "wp_ids": []}]""")]
    [Arguments("lanes", """[{"lane_id": "a", "wp_ids": "WP01"}]""")]
    [Arguments("lanes", """[{"lane_id": "a", "wp_ids": [1]}]""")]
    [Arguments("lanes", """[{"lane_id": "a", "wp_ids": []}, {"lane_id": "a", "wp_ids": []}]""")]
    [Arguments("lanes", """[{"lane_id": "a", "wp_ids": ["WP01"]}, {"lane_id": "b", "wp_ids": ["WP01"]}]""")]
    [Arguments("lanes", """[{"lane_id": "a", "wp_ids": [], "parallel_group": "0"}]""")]
    [Arguments("lanes", """[{"lane_id": "a", "wp_ids": [], "depends_on_lanes": "b"}]""")]
    [Arguments("computed_at", "7")]
    [Arguments("planning_artifact_wps", "\"WP01\"")]
    public async Task A_value_of_the_wrong_kind_is_refused(string key, string value)
    {
        var json = JsonNode.Parse(Whole)!.AsObject();
        json[key] = JsonNode.Parse(value);
        await Assert.That(Refuse(json.ToJsonString())).IsNotNull();
    }

    [Test]
    [Arguments("")]
    [Arguments("{")]
    [Arguments("[]")]
    [Arguments("null")]
    [Arguments("{\"mission_slug\": \"\\ud800\"}")]
    public async Task What_is_no_object_is_refused(string json)
    {
        await Assert.That(Refuse(json)).IsNotNull();
    }

    [Test]
    public async Task Defaults_apply()
    {
        var manifest = LaneManifestReader.Read(Encoding.UTF8.GetBytes(
            "\ufeff" + """{"version": 1, "mission_slug": "s", "mission_branch": "b", "target_branch": "main", "lanes": [{"lane_id": "lane-planning", "wp_ids": ["WP01"]}], "computed_at": "", "computed_from": ""}"""), out _)!;
        await Assert.That(manifest.MissionId).IsEqualTo("s");
        await Assert.That(manifest.IsPlanningOnly).IsTrue();
        await Assert.That(manifest.Lanes[0].ParallelGroup).IsEqualTo(0);
        await Assert.That(manifest.PlanningArtifactWps.Length).IsEqualTo(0);
    }

    [Test]
    public async Task Missing_and_corrupt_are_told_apart()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        var mission = scene.AMission();
        await Assert.That(LaneManifest.LoadIfAny(mission).Try(out var none, out _)).IsTrue();
        await Assert.That(none).IsNull();
        await Assert.That(Message(mission)).IsEqualTo("lanes.json is required for 077-thing. Run the task-finalization step to compute execution lanes.");
        scene.Write("kitty-specs/077-thing/lanes.json", "{}");
        await Assert.That(Message(mission)).IsEqualTo("lanes.json at kitty-specs/077-thing/lanes.json is corrupt or malformed: 'version'");
        await Assert.That(LaneManifest.LoadIfAny(mission).Try(out _, out _)).IsFalse();
        File.Delete(scene["kitty-specs/077-thing/lanes.json"]);
        File.WriteAllText(outside["f"], Whole);
        File.CreateSymbolicLink(scene["kitty-specs/077-thing/lanes.json"], outside["f"]);
        await Assert.That(Message(mission)).EndsWith("it leads out of the project");
    }

    private static string Message(Mission mission) =>
        LaneManifest.Load(mission).Try(out _, out var failure) ? throw new InvalidOperationException("it was read")
        : failure.Code == ErrorCode.LanesInvalid ? failure.Message
        : throw new InvalidOperationException(failure.Message);

    private static string? Refuse(string json) =>
        LaneManifestReader.Read(Encoding.UTF8.GetBytes(json), out string? problem) is null ? problem : throw new InvalidOperationException("it was read");
}
