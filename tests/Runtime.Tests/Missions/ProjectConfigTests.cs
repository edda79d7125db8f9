using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class ProjectConfigTests
{
    private static readonly Gen<string> Configs = Gen.OneOf(
        "orchestrator_api:\n", "policy:\n", "agents:\n", "  contract: 1.1.0\n", "  contract: '1.2.0'\n", "  contract: 1.1\n", "  contract:\n", "  merge_gates:\n", "    mode: off\n", "    mode: \"warn\"\n",
        "    enabled: false\n", "    require_risk_check: no\n", "  protected_branches: [main, release]\n", "  protected_branches:\n  - main\n", "  protected_branches: main, dev\n", "  available:\n  - claude\n",
        "# comment\n", "\n", "orchestrator_api: {contract: 1.3.0}\n", "policy: *x\n", "base: &x\n", "\"orchestrator\\u005fapi\":\n", "<<: *x\n", "- a\n", "\tx\n").Array[0, 8].Select(string.Concat);

    [Test]
    public void Both_ways_of_reading_say_the_same() => Configs.Sample(
        static text =>
        {
            var config = ProjectConfig.Parse(Encoding.UTF8.GetBytes(text));
            var full = FullYaml.Read(text, 1, out _);
            bool isUsable = full is { Kind: YamlKind.Mapping } && !full.IsRepeated("orchestrator_api") && !full.IsRepeated("policy");
            if (!isUsable)
            {
                // Ignored: with a warning where it may have meant this host.
                return config.ContractLevel is null && config.MergeGates.Mode == MergeGateMode.Block && config.ProtectedBranches.Length == 2;
            }

            var policy = full!.Find("policy");
            string? level = full.Find("orchestrator_api")?.Find("contract") is { Kind: not YamlKind.Null } contract 
                ? contract.Kind switch { YamlKind.Sequence => "[…]", YamlKind.Mapping => "{…}", _ => contract.Text }
                : null;
            var mode = policy?.Find("merge_gates")?.Find("mode")?.Text switch { "off" => MergeGateMode.Off, "warn" => MergeGateMode.Warn, _ => MergeGateMode.Block };
            bool enabled = policy?.Find("merge_gates")?.Find("enabled") is not { Text: "false" };
            string branches = policy?.Find("protected_branches") is { Kind: not YamlKind.Null } list
                ? string.Join(",", list.Kind == YamlKind.Sequence ? Texts(list) : list.Text.Replace(" ", "", StringComparison.Ordinal).Split(','))
                : "main,master";
            return config.Problem is null && config.ContractLevel == level && config.MergeGates.Mode == mode && config.MergeGates.Enabled == enabled
                && string.Join(",", config.ProtectedBranches) == branches;
        },
        iter: 10_000);

    [Test]
    public async Task Without_a_file_the_careful_defaults_hold()
    {
        using var scene = new Scene();
        var config = Load(scene);
        await Assert.That(config.ContractLevel).IsNull();
        await Assert.That(string.Join(' ', config.ProtectedBranches)).IsEqualTo("main master");
        await Assert.That(config.MergeGates.Mode).IsEqualTo(MergeGateMode.Block);
        await Assert.That(config.MergeGates.Enabled).IsTrue();
        await Assert.That(config.Problem).IsNull();
    }

    [Test]
    public async Task Everything_is_read()
    {
        using var scene = new Scene();
        scene.Write(".kittify/config.yaml", """
            vcs:
              type: git
            orchestrator_api:
              contract: 1.2.0 # for now
            policy:
              protected_branches: [main, "release/1", 7]
              merge_gates:
                enabled: true
                mode: warn
                require_review_approval: false
                require_risk_check: "false"
                require_deps_complete: 0
            """);
        var config = Load(scene);
        await Assert.That(config.ContractLevel).IsEqualTo("1.2.0");
        await Assert.That(string.Join(' ', config.ProtectedBranches)).IsEqualTo("main release/1 7");
        await Assert.That(config.MergeGates.Mode).IsEqualTo(MergeGateMode.Warn);
        await Assert.That(config.MergeGates.RequireReviewApproval).IsFalse();
        // Python's bool("false").
        await Assert.That(config.MergeGates.RequireRiskCheck).IsTrue();
        await Assert.That(config.MergeGates.RequireDepsComplete).IsFalse();
    }

    [Test]
    [Arguments("policy: {protected_branches: []}", "")]
    [Arguments("policy: {protected_branches: }", "main master")]
    [Arguments("policy: {protected_branches: dev}", "dev")]
    [Arguments("policy: {protected_branches: {a: b}}", "main master")]
    [Arguments("policy: [a]", "main master")]
    public async Task Branches_may_be_none_or_one(string yaml, string branches)
    {
        await Assert.That(string.Join(' ', ProjectConfig.Parse(Encoding.UTF8.GetBytes(yaml)).ProtectedBranches)).IsEqualTo(branches);
    }

    [Test]
    [Arguments("orchestrator_api: {contract: [1.1.0]}", "[…]")]
    [Arguments("orchestrator_api: {contract: ''}", null)]
    [Arguments("orchestrator_api: {contract: 2}", "2")]
    [Arguments("orchestrator_api: 1.1.0", null)]
    [Arguments("\"orchestrator\\x5fapi\": {contract: 1.1.0}", "1.1.0")]
    [Arguments("\ufefforchestrator_api:\n  contract: 1.1.0\n", "1.1.0")]
    public async Task The_level_is_passed_on_as_it_is_written(string yaml, string? level)
    {
        await Assert.That(ProjectConfig.Parse(Encoding.UTF8.GetBytes(yaml)).ContractLevel).IsEqualTo(level);
    }

    [Test]
    public async Task A_file_that_cannot_be_used_is_a_warning()
    {
        using var scene = new Scene();
        using var outside = new TemporaryFolder();
        scene.Write(".kittify/config.yaml", "policy: [\n");
        await Assert.That(Load(scene).Problem).StartsWith(".kittify/config.yaml is not usable and was ignored: invalid YAML at line ");
        scene.Write(".kittify/config.yaml", "agents: [\n");
        await Assert.That(Load(scene).Problem).IsNull();
        File.Delete(scene[".kittify/config.yaml"]);
        File.WriteAllText(outside["f"], "");
        File.CreateSymbolicLink(scene[".kittify/config.yaml"], outside["f"]);
        await Assert.That(Load(scene).Problem).EndsWith("it leads out of the project");
    }

    [Test]
    [Arguments("spec_kitty:\n  version: 3.0.0\n  schema_version: 3\n", null)]
    [Arguments("# c\nspec_kitty:\n  schema_version: '3'\n  last_upgraded_at: null\nmigrations:\n  applied: []\n", null)]
    [Arguments("spec_kitty: {schema_version: 3}\n", null)]
    [Arguments("spec_kitty:\n  schema_version: 2\n", "schema_version is 2")]
    [Arguments("spec_kitty:\n  schema_version: 4\n", "schema_version is 4")]
    [Arguments("spec_kitty:\n  schema_version: 3.0\n", "schema_version is 3.0")]
    [Arguments("spec_kitty:\n  schema_version: [3]\n", "schema_version is no number")]
    [Arguments("spec_kitty:\n  schema_version:\n", "it has no spec_kitty.schema_version")]
    [Arguments("spec_kitty:\n  version: 3.0.0\n", "it has no spec_kitty.schema_version")]
    [Arguments("spec_kitty: 3\n", "it has no spec_kitty.schema_version")]
    [Arguments("", "it has no spec_kitty.schema_version")]
    [Arguments("[", "invalid YAML")]
    [Arguments("- 3", "it holds a list instead of keys and values")]
    public async Task Mutations_need_the_supported_schema(string yaml, string? problem)
    {
        using var scene = new Scene();
        scene.Write(".kittify/metadata.yaml", yaml);
        var failure = ProjectSchema.Check(scene.Project);
        if (problem is null)
        {
            await Assert.That(failure).IsNull();
            return;
        }

        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.ProjectSchemaUnsupported);
        await Assert.That(failure.Message).StartsWith(".kittify/metadata.yaml: ");
        await Assert.That(failure.Message).Contains(problem);
        await Assert.That(failure.Message).EndsWith("; this host writes projects of schema version 3");
    }

    [Test]
    public async Task No_metadata_is_fine_and_too_much_is_not()
    {
        using var scene = new Scene();
        await Assert.That(ProjectSchema.Check(scene.Project)).IsNull();
        scene.Write(".kittify/metadata.yaml", "spec_kitty:\n  schema_version: 3\n# " + new string('x', 256 * 1024));
        await Assert.That(ProjectSchema.Check(scene.Project)!.Message).Contains("it is too large");
    }

    private static ProjectConfig Load(Scene scene) => ProjectConfig.Load(scene.Project).Try(out var config, out var failure) ? config : throw new InvalidOperationException(failure.Message);

    private static List<string> Texts(YamlValue list)
    {
        var texts = new List<string>();
        foreach (var item in list.Items)
        {
            texts.Add(item.Text);
        }

        return texts;
    }
}
