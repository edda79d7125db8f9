using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Unicode;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Fuzz.Targets;

/// <summary>.kittify/config.yaml: a file that cannot be read changes nothing, and says so; one that can means what the library reads in it, word for word.</summary>
internal sealed class ConfigTarget : FuzzTarget
{
    private static readonly string[] Wanted = ["orchestrator_api", "policy"];

    public override string Name => "config";

    public override IReadOnlyList<string> Words { get; } =
    [
        "orchestrator_api:\n", "  contract: 1.1.0\n", "policy:\n", "  merge_gates:\n", "    mode: off\n", "    enabled: false\n", "    require_review_approval: 0\n", "  protected_branches: [main, release]\n", "  protected_branches:\n  - main\n",
        "  protected_branches: main, dev\n", "\"orchestrator\\u005fapi\": {contract: 1.2.0}\n", "&x ", "*x", "<<: *x\n", "warn", "\"false\"", "~", "agents:\n", "  available:\n  - claude\n",
    ];

    protected override IEnumerable<string> Texts { get; } =
    [
        "agents:\n  available: []\n", "orchestrator_api:\n  contract: 1.3.0\n", "policy:\n  merge_gates:\n    enabled: true\n    mode: warn\n    require_review_approval: false\n  protected_branches:\n  - main\n  - release/1\n",
        "\ufeffpolicy: {protected_branches: [], merge_gates: {mode: \"off\"}}\norchestrator_api: {contract: '1.2.0'}\n", "base: &b\n  mode: off\npolicy:\n  merge_gates:\n    <<: *b\n    enabled: yes\n", "",
    ];

    public override string Run(byte[] input)
    {
        var config = ProjectConfig.Parse(input);
        var text = input.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? input.AsSpan(3) : input;
        Require(config.ProtectedBranches.All(static name => name.Length > 0), "a protected branch without a name");
        var full = Utf8.IsValid(text) ? FullYaml.Read(Encoding.UTF8.GetString(text), 1, out _) : null;
        bool isUsable = full is { Kind: YamlKind.Mapping } && !full.IsRepeated("orchestrator_api") && !full.IsRepeated("policy");
        if (PlainYaml.TryRead(text, Wanted, out var plain))
        {
            Require(isUsable, "the plain reader takes what the library does not");
            foreach (string key in Wanted)
            {
                Same(YamlText.Of(plain.Find(key)), YamlText.Of(full!.Find(key)), key + " is");
            }
        }

        if (config.Problem is not null)
        {
            RequireSentence(config.Problem);
            Require(!isUsable, "ignored, and yet usable: " + config.Problem);
        }

        if (!isUsable)
        {
            Require(
                config is { ContractLevel: null, MergeGates: { Enabled: true, Mode: MergeGateMode.Block, RequireReviewApproval: true }, ProtectedBranches: ["main", "master"] }, "a file that cannot be used, and is");
            return config.Problem is null ? "says nothing" : Kind(config.Problem);
        }

        var contract = full!.Find("orchestrator_api")?.Find("contract");
        Same(
            config.ContractLevel, contract?.Kind switch { null or YamlKind.Null => null, YamlKind.Sequence => "[…]", YamlKind.Mapping => "{…}", _ => contract.Text.Trim() is { Length: > 0 } level ? level : null }, "the level is");
        var gates = full.Find("policy")?.Find("merge_gates");
        Require(config.MergeGates.RequireReviewApproval == (gates?.Find("require_review_approval")?.IsTruthy ?? true), "require_review_approval");
        Require(config.MergeGates.Enabled == (gates?.Find("enabled")?.IsTruthy ?? true), "enabled");
        return $"{config.ContractLevel is null} {config.MergeGates.Mode} {config.MergeGates.Enabled} {config.ProtectedBranches.Length}";
    }
}
