using System;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>What the pages take for granted: a project with the mission 077, which <c>spec-kitty new</c> made, spec-kitty on PATH, and files that the text speaks of.</summary>
internal static class DocumentSandbox
{
    public const string Mission = "077-search";

    public static async Task<Sandbox> CreateAsync()
    {
        var sandbox = await Sandbox.WithGitAsync();
        string executable = await PublishedExecutable.PathAsync();
        sandbox.Environment["PATH"] = $"{Path.GetDirectoryName(executable)}:{sandbox.Environment["PATH"]}";
        sandbox.Write("policy.json", Policy.Valid);
        sandbox.Write("note.txt", "as agreed\n");
        sandbox.Write("-", "a file of that name\n");
        sandbox.Write(".gitignore", ".worktrees/\ndist\n");
        Directory.CreateDirectory(sandbox.At("dist/linux-x64"));
        File.CreateSymbolicLink(sandbox.At("dist/linux-x64/spec-kitty"), executable);
        var made = await sandbox.RunAsync(sandbox.Root, ["new", Mission, "--wp", "WP01:Index", "--wp", "WP02:Query:WP01", "--wp", "WP03:Page", "--lanes"], []);
        Harness.Contract.Equal(made.ExitStatus, 0, $"{made}: {made.StderrText}");
        await sandbox.CommitAsync("Plan the mission");
        return sandbox;
    }

    /// <summary>Runs a script as a reader would: in bash, from the project, ending with the first line that fails.</summary>
    public static Task<SpawnResult> BashAsync(this Sandbox sandbox, string script) => Spawn.RunAsync(
        "/bin/bash", ["-c", "trap 'echo \"line $LINENO: $BASH_COMMAND\" >&2' ERR\nset -eEuo pipefail\n" + script], sandbox.Root, sandbox.Environment, null, TimeSpan.FromMinutes(5));
}
