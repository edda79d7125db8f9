using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>lanes.json: exactly what HOST §1.8 says is accepted, and no name in it can become an option, a path that leads away, or two things at once.</summary>
internal sealed partial class LanesTarget : FuzzTarget
{
    private const string Sound =
        """
        {"version": 1, "mission_slug": "077-m", "mission_id": "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", "mission_branch": "kitty/mission-077-m", "target_branch": "main",
         "lanes": [{"lane_id": "lane-a", "wp_ids": ["WP01"], "write_scope": [], "depends_on_lanes": [], "parallel_group": 0}, {"lane_id": "lane-b", "wp_ids": ["WP02", "WP03"], "depends_on_lanes": ["lane-a"]}],
         "computed_at": "2026-04-08T12:00:00+00:00", "computed_from": "x", "planning_artifact_wps": []}
        """;

    public override string Name => "lanes";

    public override IReadOnlyList<string> Words { get; } =
    [
        "\"version\": ", "\"lanes\": ", "\"lane_id\": ", "\"wp_ids\": ", "\"mission_branch\": ", "\"depends_on_lanes\": ", "\"parallel_group\": ", "\"lane-a\"", "\"WP01\"", "\"../x\"", "\"-x\"", "\"a..b\"", "\"a.lock\"", "\"a@{b\"", "\"HEAD\"",
        "\"a/b\"", "\"/a\"", "\"a b\"", "\"@\"", "\"lane-planning\"", "\"a\\u0000\"", "\".a\"", "\"a/.b\"", "\"planning_artifact_wps\": [\"WP09\"]",
    ];

    protected override IEnumerable<string> Texts { get; } = [Sound, "{}", "[]", "", Sound.Replace("lane-b", "lane-planning", StringComparison.Ordinal), Sound.Replace("\"mission_id\"", "\"other\"", StringComparison.Ordinal)];

    public override string Run(byte[] input)
    {
        var manifest = LaneManifestReader.Read(input, out string? problem);
        Require(manifest is null == problem is not null, "neither a manifest nor a problem, or both");
        bool isSound = IsSound(input);
        if (manifest is null)
        {
            RequireSentence(problem);
            Require(!isSound, "refused, and yet as it should be: " + problem);
            return Kind(problem);
        }

        Require(isSound, "accepted, and yet not as it should be");
        Require(IsBranch(manifest.MissionBranch) && IsBranch(manifest.TargetBranch), "no branch: " + manifest.MissionBranch + " " + manifest.TargetBranch);
        foreach (var lane in manifest.Lanes)
        {
            Require(IsSegment().IsMatch(lane.Id) && !lane.Id.Contains("..", StringComparison.Ordinal) && IsBranch("kitty/mission-m-" + lane.Id), "no lane's name: " + lane.Id);
            Require(lane.WpIds.All(wp => manifest.LaneOf(wp) == lane) && manifest.Find(lane.Id) == lane, "it is not found again");
        }

        return $"{manifest.Lanes.Count} {manifest.IsPlanningOnly} {manifest.MissionId == manifest.MissionSlug} {manifest.PlanningArtifactWps.Length}";
    }

    private static bool IsSound(byte[] input)
    {
        try
        {
            using var document = JsonDocument.Parse(input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? input.AsMemory(3) : input);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object || Of(root, "lanes") is not { ValueKind: JsonValueKind.Array } lanes)
            {
                return false;
            }

            var ids = lanes.EnumerateArray().Select(static lane => Text(lane, "lane_id")).ToList();
            var wps = lanes.EnumerateArray().SelectMany(static lane => TextsOf(lane, "wp_ids") ?? [null]).ToList();
            return Of(root, "version") is { ValueKind: JsonValueKind.Number } version && version.TryGetInt64(out _) && Text(root, "mission_slug") is not null
                && (Of(root, "mission_id") is null or { ValueKind: JsonValueKind.Null } || Text(root, "mission_id") is not null)
                && IsBranch(Text(root, "mission_branch")) && IsBranch(Text(root, "target_branch"))
                && Of(root, "computed_at") is { ValueKind: JsonValueKind.String } && Of(root, "computed_from") is { ValueKind: JsonValueKind.String }
                && IsListOrAbsent(root, "planning_artifact_wps")
                && lanes.EnumerateArray().All(static lane => lane.ValueKind == JsonValueKind.Object && IsListOrAbsent(lane, "depends_on_lanes") && (Of(lane, "parallel_group") is not { } group || (group.ValueKind == JsonValueKind.Number && group.TryGetInt32(out _))))
                && ids.All(static id => id is not null && id.Length <= 255 && IsSegment().IsMatch(id) && !id.Contains("..", StringComparison.Ordinal) && IsBranch(id)) && ids.Distinct().Count() == ids.Count
                && wps.All(static wp => wp is not null) && wps.Distinct().Count() == wps.Count;
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>git-check-ref-format(1), rule by rule, with --branch.</summary>
    private static bool IsBranch(string? name) =>
        name is { Length: > 0 } && name.Split('/').All(static part => part.Length > 0 && part[0] != '.' && !part.EndsWith(".lock", StringComparison.Ordinal))
        && !name.Contains("..", StringComparison.Ordinal) && !name.Any(static c => c is < ' ' or '\u007f' or ' ' or '~' or '^' or ':' or '?' or '*' or '[' or '\\')
        && name[^1] != '.' && !name.Contains("@{", StringComparison.Ordinal) && name is not ("@" or "HEAD") && name[0] != '-';

    private static JsonElement? Of(JsonElement owner, string key) => owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(key, out var value) ? value : null;

    private static string? Text(JsonElement owner, string key) => Of(owner, key) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    private static List<string?>? TextsOf(JsonElement owner, string key) =>
        Of(owner, key) is { ValueKind: JsonValueKind.Array } list ? [.. list.EnumerateArray().Select(static item => item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text ? text : null)] : null;

    private static bool IsListOrAbsent(JsonElement owner, string key) => Of(owner, key) is null || (TextsOf(owner, key) is { } texts && texts.TrueForAll(static text => text is not null));

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*\\z")]
    private static partial Regex IsSegment();
}
