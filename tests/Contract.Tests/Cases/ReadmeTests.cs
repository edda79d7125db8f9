using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What the README shows works as it stands there.</summary>
public sealed class ReadmeTests
{
    private static readonly string Readme = RepositoryRoot.Read("README.md");

    [Test]
    public async Task The_calls_succeed_one_after_the_other()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission().Write();
        sandbox.Environment["PATH"] = $"{Path.GetDirectoryName(await PublishedExecutable.PathAsync())}:{sandbox.Environment["PATH"]}";
        var script = Block("sh");

        var result = await Spawn.RunAsync("/bin/bash", ["-e", "-c", script], sandbox.Root, sandbox.Environment);

        await Assert.That(result.ExitStatus).IsEqualTo(0);
        var answers = result.StdoutText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await Assert.That(answers.Length).IsEqualTo(script.Split('\n').Count(line => line.StartsWith("spec-kitty ", StringComparison.Ordinal)));
        foreach (var answer in answers)
        {
            await Assert.That(Envelope.Parse(Encoding.UTF8.GetBytes(answer + "\n")).Success).IsTrue();
        }
    }

    [Test]
    public async Task The_answer_that_is_shown_is_what_is_answered()
    {
        using var sandbox = Sandbox.Empty();
        var shown = StrictJson.Parse(Block("json"));

        var call = await sandbox.ApiAsync("contract-version");

        await Assert.That(PythonText.Encode(shown)).IsEqualTo(Block("json").TrimEnd());
        await Assert.That(string.Join(' ', StrictJson.Parse(call.StdoutText).EnumerateObject().Select(m => m.Name)))
            .IsEqualTo(string.Join(' ', shown.EnumerateObject().Select(m => m.Name)));
        await Assert.That(PythonText.Encode(call.Data)).IsEqualTo(PythonText.Encode(shown.GetProperty("data")));
    }

    [Test]
    public async Task It_is_short() => await Assert.That(Readme.Split('\n').Length).IsLessThan(250);

    private static string Block(string language)
    {
        var start = Readme.IndexOf($"```{language}\n", StringComparison.Ordinal) + language.Length + 4;
        return Readme[start..Readme.IndexOf("```", start, StringComparison.Ordinal)];
    }
}
