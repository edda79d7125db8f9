using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>Reads lanes.json and refuses everything that is not as HOST §1.8 says, and every name that could not be a branch or part of a path.</summary>
internal sealed class LaneManifestReader
{
    private string? _problem;

    private LaneManifestReader()
    {
    }

    /// <summary>The manifest in a file's bytes, or null and what is wrong with it.</summary>
    public static LaneManifest? Read(ReadOnlyMemory<byte> json, out string? problem)
    {
        if (json.Span.StartsWith(Encoding.UTF8.Preamble))
        {
            json = json[Encoding.UTF8.Preamble.Length..];
        }

        var reader = new LaneManifestReader();
        try
        {
            using var document = JsonDocument.Parse(json);
            var manifest = reader.Manifest(document.RootElement);
            problem = reader._problem;
            return problem is null ? manifest : null;
        }
        catch (JsonException error)
        {
            problem = $"malformed JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}";
        }
        catch (InvalidOperationException)
        {
            problem = "malformed text in a string";
        }

        return null;
    }

    private LaneManifest? Manifest(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return Fail<LaneManifest>("it is no JSON object");
        }

        // Both the reference and this host know one version; it is required, and not compared.
        RequireInt(root, LanesKeys.Version);
        string slug = Text(root, LanesKeys.MissionSlug);
        var lanes = ReadLanes(root);
        var manifest = new LaneManifest
        {
            MissionSlug = slug,
            MissionId = root.TryGetProperty(LanesKeys.MissionId, out var id) && id.ValueKind != JsonValueKind.Null ? Text(root, LanesKeys.MissionId) : slug,
            MissionBranch = Branch(root, LanesKeys.MissionBranch),
            TargetBranch = Branch(root, LanesKeys.TargetBranch),
            Lanes = lanes,
            PlanningArtifactWps = Texts(root, LanesKeys.PlanningArtifactWps, isRequired: false).ToArray(),
        };
        RequireText(root, LanesKeys.ComputedAt);
        RequireText(root, LanesKeys.ComputedFrom);
        return manifest;
    }

    private Items<ManifestLane> ReadLanes(JsonElement root)
    {
        var lanes = new Items<ManifestLane>();
        if (!root.TryGetProperty(LanesKeys.Lanes, out var list))
        {
            Missing(LanesKeys.Lanes);
            return lanes;
        }

        if (list.ValueKind != JsonValueKind.Array)
        {
            Fail<object>($"'{LanesKeys.Lanes}' must be a list");
            return lanes;
        }

        var ids = new HashSet<string>(StringComparer.Ordinal);
        var members = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                Fail<object>("a lane must be an object");
                return lanes;
            }

            var lane = Lane(item);
            if (_problem is not null)
            {
                return lanes;
            }

            if (!ids.Add(lane.Id))
            {
                Fail<object>($"two lanes are called '{ShortText.Of(lane.Id)}'");
            }

            foreach (string wp in lane.WpIds)
            {
                if (!members.Add(wp))
                {
                    Fail<object>($"'{ShortText.Of(wp)}' is in a lane twice");
                }
            }

            lanes.Add(lane);
        }

        return lanes;
    }

    private ManifestLane Lane(JsonElement item)
    {
        string id = Text(item, LanesKeys.LaneId);
        if (_problem is null && !(SafeNames.IsSafe(id) && BranchNames.IsValid(id)))
        {
            Fail<object>($"'{LanesKeys.LaneId}' cannot be part of a path and a branch name");
        }

        int group = 0;
        if (item.TryGetProperty(LanesKeys.ParallelGroup, out var value) && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out group)))
        {
            Fail<object>($"'{LanesKeys.ParallelGroup}' must be a whole number");
        }

        return new ManifestLane
        {
            Id = id,
            WpIds = Texts(item, LanesKeys.WpIds, isRequired: true).ToArray(),
            DependsOnLanes = Texts(item, LanesKeys.DependsOnLanes, isRequired: false).ToArray(),
            ParallelGroup = group,
        };
    }

    private string Branch(JsonElement owner, string key)
    {
        string name = Text(owner, key);
        if (_problem is null && !BranchNames.IsValid(name))
        {
            Fail<object>($"'{key}' is no branch name");
        }

        return name;
    }

    /// <summary>A string that is not empty.</summary>
    private string Text(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty(key, out var value))
        {
            Missing(key);
            return "";
        }

        if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 } text)
        {
            Fail<object>($"'{key}' must be a string that is not empty");
            return "";
        }

        return text;
    }

    private List<string> Texts(JsonElement owner, string key, bool isRequired)
    {
        var texts = new List<string>();
        if (!owner.TryGetProperty(key, out var list))
        {
            if (isRequired)
            {
                Missing(key);
            }

            return texts;
        }

        if (list.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in list.EnumerateArray())
            {
                if (item.ValueKind == JsonValueKind.String && item.GetString() is { Length: > 0 } text)
                {
                    texts.Add(text);
                    continue;
                }

                Fail<object>($"'{key}' must be a list of strings");
                break;
            }
        }
        else
        {
            Fail<object>($"'{key}' must be a list of strings");
        }

        return texts;
    }

    private void RequireText(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty(key, out var value))
        {
            Missing(key);
        }
        else if (value.ValueKind != JsonValueKind.String)
        {
            Fail<object>($"'{key}' must be a string");
        }
    }

    private void RequireInt(JsonElement owner, string key)
    {
        if (!owner.TryGetProperty(key, out var value))
        {
            Missing(key);
        }
        else if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out _))
        {
            Fail<object>($"'{key}' must be a whole number");
        }
    }

    /// <summary>The reference names a missing key in quotes and says no more.</summary>
    private void Missing(string key) => Fail<object>($"'{key}'");

    private T? Fail<T>(string problem)
        where T : class
    {
        _problem ??= problem;
        return null;
    }
}
