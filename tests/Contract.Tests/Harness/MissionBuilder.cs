using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Describes a mission and writes its files, as the planning steps of the other host would have left them.</summary>
internal sealed class MissionBuilder
{
    internal const string DefaultSlug = "077-mission-terminology-cleanup";
    internal const string DefaultId = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D";
    private readonly Sandbox _sandbox;
    private readonly string _slug;
    private readonly List<(string Wp, string[] Dependencies)> _workPackages = [];
    private readonly Dictionary<string, object?> _meta = new(StringComparer.Ordinal);
    private string _directory;
    private string? _id = DefaultId;
    private bool _seeded = true;

    internal MissionBuilder(Sandbox sandbox, string slug)
    {
        _sandbox = sandbox;
        _slug = slug;
        _directory = slug;
    }

    /// <summary>Adds a work package; without any, a mission has WP01, WP02 (needs WP01) and WP03 (needs both).</summary>
    internal MissionBuilder Wp(string wp, params string[] dependencies)
    {
        _workPackages.Add((wp, dependencies));
        return this;
    }

    /// <summary>The mission_id, or null for a mission of the time before there were any.</summary>
    internal MissionBuilder Id(string? id)
    {
        _id = id;
        return this;
    }

    internal MissionBuilder InDirectory(string directory)
    {
        _directory = directory;
        return this;
    }

    /// <summary>A member of meta.json, instead of or beside the usual ones.</summary>
    internal MissionBuilder Meta(string name, object? value)
    {
        _meta[name] = value;
        return this;
    }

    /// <summary>No rows in the log, as before its work packages were finalized.</summary>
    internal MissionBuilder Unseeded()
    {
        _seeded = false;
        return this;
    }

    /// <summary>Writes the files.</summary>
    internal Mission Write()
    {
        if (_workPackages.Count == 0)
        {
            Wp("WP01").Wp("WP02", "WP01").Wp("WP03", "WP01", "WP02");
        }

        var mission = new Mission(_sandbox, _slug, _directory, _id);
        mission.Write("meta.json", PythonText.Document(JsonSerializer.SerializeToElement(MetaMembers())));
        mission.Write("spec.md", "# Spec\n");
        foreach (var (wp, dependencies) in _workPackages)
        {
            mission.Write($"tasks/{wp}-do-the-thing.md", TaskFile(wp, dependencies));
        }

        if (_seeded)
        {
            mission.Seed([.. _workPackages.Select(p => p.Wp)]);
        }

        return mission;
    }

    /// <summary>Writes the files and commits them.</summary>
    internal async Task<Mission> CommitAsync()
    {
        var mission = Write();
        await _sandbox.CommitAsync($"mission {_slug}");
        return mission;
    }

    internal static string TaskFile(string wp, params string[] dependencies)
    {
        var text = new StringBuilder($"---\nwork_package_id: {wp}\ntitle: Work package {wp}\n");
        text.Append(dependencies.Length == 0 ? "dependencies: []\n" : $"dependencies:\n{string.Concat(dependencies.Select(d => $"- {d}\n"))}");
        return text.Append("subtasks:\n- T001\n---\n\n# ").Append(wp).Append("\n\nDo it.\n\n## Activity Log\n\n").ToString();
    }

    private Dictionary<string, object?> MetaMembers()
    {
        var prefix = _slug.Split('-')[0];
        var members = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["created_at"] = Mission.SeedTime(0),
            ["friendly_name"] = _slug,
            ["mission_number"] = prefix.All(char.IsAsciiDigit) ? int.Parse(prefix, System.Globalization.CultureInfo.InvariantCulture) : null,
            ["mission_slug"] = _slug,
            ["mission_type"] = "software-dev",
            ["slug"] = _slug,
            ["status_phase"] = 2,
            ["target_branch"] = "main",
        };
        if (_id is not null)
        {
            members["mission_id"] = _id;
            members["mid8"] = _id[..8];
        }

        foreach (var (name, value) in _meta)
        {
            members[name] = value;
        }

        return members;
    }
}
