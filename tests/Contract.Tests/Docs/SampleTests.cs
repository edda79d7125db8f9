using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>The sample orchestrators drive a mission to its end, and the README shows them as they are.</summary>
public sealed class SampleTests
{
    [Test]
    public async Task The_python_orchestrator_drives_a_mission_to_its_end()
    {
        using var sandbox = await DocumentSandbox.CreateAsync();
        string sample = RepositoryRoot.File("samples", "python", "orchestrator.py");

        await RunsToTheEndAsync(sandbox, "python3", [sample, DocumentSandbox.Mission], sandbox.Environment);
    }

    [Test]
    public async Task The_csharp_orchestrator_drives_a_mission_to_its_end()
    {
        using var sandbox = await DocumentSandbox.CreateAsync();
        string sample = Path.Combine(sandbox.Top, "orchestrator.cs");
        File.Copy(RepositoryRoot.File("samples", "csharp", "orchestrator.cs"), sample);

        await RunsToTheEndAsync(sandbox, "dotnet", ["run", sample, "--", DocumentSandbox.Mission], BuildEnvironment(sandbox));
    }

    [Test]
    [Arguments("python3", "orchestrator.py")]
    public async Task An_orchestrator_that_is_refused_says_by_what(string interpreter, string file)
    {
        using var sandbox = await DocumentSandbox.CreateAsync();

        var result = await Spawn.RunAsync(interpreter, [RepositoryRoot.File("samples", "python", file), "no-such-mission"], sandbox.Root, sandbox.Environment);

        await Assert.That(result.ExitStatus).IsEqualTo(1);
        await Assert.That(result.StderrText).StartsWith("claim-next: MISSION_NOT_FOUND: ");
    }

    [Test]
    [Arguments("python", "orchestrator.py", "# ")]
    [Arguments("csharp", "orchestrator.cs", "// ")]
    public async Task The_readme_shows_the_loop_of_the_sample(string language, string file, string comment)
    {
        string sample = RepositoryRoot.Read("samples", language, file);
        string[] loop = sample.Split(comment + "<loop>\n")[1].Split("    " + comment + "</loop>")[0].TrimEnd('\n').Split('\n');
        string shown = DocumentBlock.Of("README.md").Single(block => block.Language == language).Text;

        await Assert.That(shown).IsEqualTo(string.Concat(loop.Select(static line => line[4..] + "\n")));
        await Assert.That(loop.Length).IsLessThan(13);
    }

    private static async Task RunsToTheEndAsync(Sandbox sandbox, string executable, string[] argv, IReadOnlyDictionary<string, string> environment)
    {
        var result = await Spawn.RunAsync(executable, argv, sandbox.Root, environment, null, TimeSpan.FromMinutes(10));

        await Assert.That((result.ExitStatus, result.StdoutText.TrimEnd())).IsEqualTo((0, "WP01 WP02 WP03")).Because(result.StderrText + result.StdoutText);
        var summary = (await sandbox.ApiAsync("mission-state", "--mission", DocumentSandbox.Mission)).Ok().GetProperty("summary");
        await Assert.That(summary.GetProperty("done").GetInt32()).IsEqualTo(3);
        await Assert.That((await sandbox.GitAsync("ls-tree", "--name-only", "main")).Split('\n').Count(static name => name is "WP01.txt" or "WP02.txt" or "WP03.txt")).IsEqualTo(3);
        await Assert.That(await sandbox.GitAsync("status", "--porcelain")).IsEqualTo("");
    }

    /// <summary>The compiler needs the home directory and the packages of whoever runs the tests; nothing of the test platform's.</summary>
    private static Dictionary<string, string> BuildEnvironment(Sandbox sandbox)
    {
        var environment = new Dictionary<string, string>(sandbox.Environment, StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (name is "HOME" || name.StartsWith("DOTNET_", StringComparison.Ordinal) || name.StartsWith("NUGET_", StringComparison.Ordinal))
            {
                environment[name] = (string?)variable.Value ?? "";
            }
        }

        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        return environment;
    }
}
