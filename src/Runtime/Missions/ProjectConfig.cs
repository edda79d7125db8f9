using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>
/// .kittify/config.yaml of the main checkout, as far as this host asks. Without the file, or with one that is no use, the defaults hold. What could not be read for a
/// moment is neither: it may name the level that is served, and branches that are protected.
/// </summary>
internal sealed class ProjectConfig
{
    public const string RelativePath = Project.KittifyName + "/config.yaml";
    private const int MaxBytes = 1024 * 1024;

    private static string[] Wanted => [ConfigKeys.OrchestratorApi, ConfigKeys.Policy];
    private static string[] DefaultProtected => ["main", "master"];

    private ProjectConfig()
    {
    }

    /// <summary>What holds in a project that says nothing.</summary>
    public static ProjectConfig Default => new();

    /// <summary>orchestrator_api.contract as it is written; null if it is not set. It need not be a level that there is.</summary>
    public string? ContractLevel { get; private init; }

    /// <summary>Branches that nothing may be committed to.</summary>
    public string[] ProtectedBranches { get; private init; } = DefaultProtected;

    public MergeGates MergeGates { get; private init; } = MergeGates.Default;

    /// <summary>Why the file was ignored: a warning. Null if it was not.</summary>
    public string? Problem { get; private init; }

    /// <summary>Reads the file; one open in a project that has one. IO_FAILED where the system refused.</summary>
    public static Result<ProjectConfig> Load(Project project)
    {
        var outcome = ProjectFiles.TryRead(project.Root, RelativePath, MaxBytes, out var bytes);
        using (bytes)
        {
            return outcome.Status switch
            {
                ReadStatus.Ok => Parse(bytes.Span),
                ReadStatus.Missing => Default,
                ReadStatus.Failed => outcome.ToFailure("read", RelativePath),
                _ => new ProjectConfig { Problem = Messages.ConfigIgnored(RelativePath, outcome.Detail) },
            };
        }
    }

    /// <summary>The same over the file's bytes.</summary>
    internal static ProjectConfig Parse(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        // A file that mentions neither key, not even in an escaped spelling, says nothing here, whatever else it holds.
        if (text.IndexOf("orchestrator_api"u8) < 0 && text.IndexOf("policy"u8) < 0 && !text.Contains((byte)'\\'))
        {
            return Default;
        }

        if (Yaml.Read(text, Wanted, 1, out string? problem) is not { } root)
        {
            return new() { Problem = Messages.ConfigIgnored(RelativePath, problem!) };
        }

        var policy = root.Find(ConfigKeys.Policy);
        return new()
        {
            ContractLevel = LevelOf(root.Find(ConfigKeys.OrchestratorApi)?.Find(ConfigKeys.Contract)),
            ProtectedBranches = BranchesOf(policy?.Find(ConfigKeys.ProtectedBranches)),
            MergeGates = MergeGates.From(policy?.Find(ConfigKeys.MergeGates)),
        };
    }

    private static string? LevelOf(YamlValue? contract) => contract?.Kind switch
    {
        null or YamlKind.Null => null,
        YamlKind.Sequence => "[…]",
        YamlKind.Mapping => "{…}",
        _ => contract.Text.Trim() is { Length: > 0 } level ? level : null,
    };

    private static string[] BranchesOf(YamlValue? branches)
    {
        switch (branches?.Kind)
        {
            case YamlKind.Text or YamlKind.Literal:
                var names = new List<string>();
                foreach (var range in branches.Text.AsSpan().Split(','))
                {
                    var name = branches.Text.AsSpan(range).Trim();
                    if (!name.IsEmpty)
                    {
                        names.Add(name.ToString());
                    }
                }

                return names.ToArray();
            case YamlKind.Sequence:
                var list = new List<string>(branches.Items.Count);
                foreach (var item in branches.Items)
                {
                    if (item.Kind is YamlKind.Text or YamlKind.Literal && item.Text.Length != 0)
                    {
                        list.Add(item.Text);
                    }
                }

                return list.ToArray();
            default:
                return DefaultProtected;
        }
    }
}
