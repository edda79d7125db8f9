using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Which contract level is served, and which provider versions may use it (DESIGN §4, §11; HOST §6.1).</summary>
public sealed class LevelTests
{
    public static IEnumerable<string> Commands() => CommandCatalogue.All.Select(command => command.Name);

    [Test]
    [Arguments("1.0.0")]
    [Arguments("1.1.0")]
    [Arguments("1.2.0")]
    [Arguments("1.3.0")]
    public async Task A_level_can_be_chosen_by_the_environment_or_the_project(string level)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var call = await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", level)], "contract-version");
        await Assert.That(call.Ok().GetProperty("api_version").GetString()).IsEqualTo(level);
        await Assert.That(call.Envelope.ContractVersion).IsEqualTo(level);
        await Assert.That(PythonText.Encode(call.Data.GetProperty("supported_levels"))).IsEqualTo("""["1.0.0", "1.1.0", "1.2.0", "1.3.0"]""");

        sandbox.Write(".kittify/config.yaml", $"agents:\n  available: []\norchestrator_api:\n  contract: \"{level}\"  # chosen\n");
        call = await sandbox.ApiAsync("contract-version");
        await Assert.That(call.Ok().GetProperty("api_version").GetString()).IsEqualTo(level);

        call = await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", "1.0.0")], "contract-version");
        await Assert.That(call.Ok().GetProperty("api_version").GetString()).IsEqualTo("1.0.0");
        call = await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", "")], "contract-version");
        await Assert.That(call.Ok().GetProperty("api_version").GetString()).IsEqualTo(level);
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task An_unknown_level_is_refused_by_every_command_after_argv_was_read(string name)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission().Write();
        var before = sandbox.Tree();
        var command = CommandCatalogue.Get(name);

        foreach (var level in new[] { "9.9.9", "1.0", "1.0.0 ", "latest", "\U0001F431" })
        {
            var call = (await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", level)], command.FullArgv())).Fails("CONTRACT_VERSION_MISMATCH");
            await Assert.That(call.Envelope.ContractVersion).IsEqualTo("1.0.0");
            await Assert.That(call.Message).Contains(level);
            (await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", level)], name, "--bogus")).IsUsageError();
            await Assert.That((await sandbox.ApiWithAsync([("SPEC_KITTY_CONTRACT", level)], name, "--help")).ExitStatus).IsEqualTo(0);
        }

        sandbox.Write(".kittify/config.yaml", "orchestrator_api:\n  contract: 7.0.0\n");
        (await sandbox.ApiAsync(command.FullArgv())).Fails("CONTRACT_VERSION_MISMATCH");
        sandbox.WriteProjectFiles();
        sandbox.Tree().MustEqual(before, "a refused level");
    }

    [Test]
    [Arguments("[]")]
    [Arguments("a: [")]
    [Arguments("- x")]
    [Arguments("")]
    [Arguments("\0")]
    [Arguments("a: &a [*a]")]
    [Arguments("orchestrator_api: 3\n")]
    [Arguments("orchestrator_api:\n  contract:\n")]
    public async Task A_configuration_that_says_nothing_of_a_level_leaves_the_first(string text)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Write(".kittify/config.yaml", text);

        await Assert.That((await sandbox.ApiAsync("contract-version")).Ok().GetProperty("api_version").GetString()).IsEqualTo("1.0.0");
    }

    [Test]
    public async Task A_configuration_that_is_no_file_is_passed_over()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        System.IO.File.Delete(sandbox.At(".kittify/config.yaml"));
        await Spawn.RunAsync("mkfifo", [sandbox.At(".kittify/config.yaml")], sandbox.Root, sandbox.Environment);
        (await sandbox.ApiAsync("contract-version")).Ok();

        System.IO.File.Delete(sandbox.At(".kittify/config.yaml"));
        System.IO.Directory.CreateDirectory(sandbox.At(".kittify/config.yaml"));
        (await sandbox.ApiAsync("contract-version")).Ok();
    }

    [Test]
    public async Task The_level_comes_from_the_main_checkout()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var worktree = System.IO.Path.Combine(sandbox.Top, "linked");
        await sandbox.GitAsync("worktree", "add", "-q", "-b", "side", worktree);
        sandbox.Write(".kittify/config.yaml", "orchestrator_api:\n  contract: 1.2.0\n");

        await Assert.That((await sandbox.ApiInAsync(worktree, "contract-version")).Ok().GetProperty("api_version").GetString()).IsEqualTo("1.2.0");
    }

    [Test]
    [Arguments("0.1.0")]
    [Arguments("0.1")]
    [Arguments("v0.2")]
    [Arguments("V1")]
    [Arguments(" 1.0 ")]
    [Arguments("1.0.0.1")]
    [Arguments("2024.01")]
    [Arguments("0.1.0+local")]
    [Arguments("0.1.0.post1")]
    [Arguments("0.1.0-1")]
    [Arguments("0.2a1")]
    [Arguments("0.2.dev3")]
    [Arguments("0.2rc1.post2.dev3+a.b-c_1")]
    [Arguments("1!0.0.1")]
    [Arguments("v1!2.3+x")]
    [Arguments("1.0ALPHA_2")]
    [Arguments("99999999999999999999999999999.0")]
    public async Task A_provider_that_is_new_enough_is_served(string version)
    {
        using var sandbox = Sandbox.Empty();

        (await sandbox.ApiAsync("contract-version", "--provider-version", version)).Ok();
    }

    [Test]
    [Arguments("0.0.9")]
    [Arguments("0")]
    [Arguments("0.0.99999999999999999999")]
    [Arguments("0.1.0rc1")]
    [Arguments("0.1.0.dev1")]
    [Arguments("0.1a0")]
    [Arguments("0.1.0-preview")]
    [Arguments("0!0.0.1")]
    public async Task A_provider_that_is_too_old_is_told_so(string version)
    {
        using var sandbox = Sandbox.Empty();

        var call = (await sandbox.ApiAsync("contract-version", "--provider-version", version)).Fails(
            "CONTRACT_VERSION_MISMATCH", $"Provider version '{version}' is below minimum '0.1.0'");
        await Assert.That(call.Text("provider_version")).IsEqualTo(version);
        await Assert.That(call.Text("min_supported_provider_version")).IsEqualTo("0.1.0");
        await Assert.That(call.Text("api_version")).IsEqualTo("1.0.0");
    }

    [Test]
    [Arguments("")]
    [Arguments(" ")]
    [Arguments("not-a-version")]
    [Arguments("1.")]
    [Arguments(".1")]
    [Arguments("1..0")]
    [Arguments("1.0-")]
    [Arguments("1.0+")]
    [Arguments("1.0+a..b")]
    [Arguments("1.0 beta gamma")]
    [Arguments("vv1")]
    [Arguments("1!")]
    [Arguments("-1")]
    [Arguments("\u0661.0")]
    [Arguments("1.0\u00E9")]
    public async Task A_provider_version_that_is_none_is_told_so(string version)
    {
        using var sandbox = Sandbox.Empty();

        var call = (await sandbox.ApiAsync("contract-version", $"--provider-version={version}")).Fails(
            "CONTRACT_VERSION_MISMATCH", $"Provider version '{version}' is not a valid version string");
        await Assert.That(call.Text("provider_version")).IsEqualTo(version);
    }
}
