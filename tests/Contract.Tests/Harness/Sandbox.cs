using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// A fresh directory for one test: a project in it, with or without git, and an environment of which every variable is known.
/// </summary>
internal sealed class Sandbox : IDisposable
{
    internal const string GitConfig = "[user]\n\tname = Sandbox\n\temail = sandbox@example.invalid\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[commit]\n\tgpgsign = false\n";

    private Sandbox(string top)
    {
        Top = top;
        Root = Path.Combine(top, "project");
        Home = Path.Combine(top, "home");
        Environment = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = System.Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin",
            ["HOME"] = Home,
            ["TMPDIR"] = Path.Combine(top, "tmp"),
            ["LC_ALL"] = "C.UTF-8",
            ["GIT_CONFIG_GLOBAL"] = Path.Combine(Home, "gitconfig"),
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_AUTHOR_DATE"] = "2026-04-08T12:00:00Z",
            ["GIT_COMMITTER_DATE"] = "2026-04-08T12:00:00Z",
        };
    }

    /// <summary>The directory that holds all of the test's files.</summary>
    internal string Top { get; }

    /// <summary>The project: the main checkout where there is git.</summary>
    internal string Root { get; }

    internal string Home { get; }

    /// <summary>What the executable and git see; tests may add to it.</summary>
    internal Dictionary<string, string> Environment { get; }

    /// <summary>Texts that the test itself put there, so that they are no accident of the run.</summary>
    internal HashSet<string> Known { get; } = new(StringComparer.Ordinal);

    /// <summary>A git repository on branch main, with one commit and a .kittify.</summary>
    internal static async Task<Sandbox> WithGitAsync()
    {
        var sandbox = Create();
        await RepositoryTemplate.CopyToAsync(sandbox);
        return sandbox;
    }

    /// <summary>A project that only .kittify makes one.</summary>
    internal static Sandbox WithoutGit()
    {
        var sandbox = Create();
        sandbox.WriteProjectFiles();
        return sandbox;
    }

    /// <summary>Nothing but the directories.</summary>
    internal static Sandbox Empty() => Create();

    internal void WriteProjectFiles() => Write(".kittify/config.yaml", "agents:\n  available: []\n");

    /// <summary>Writes a file of the project; the path is relative to its root.</summary>
    internal void Write(string path, string text) => Write(path, Encoding.UTF8.GetBytes(text));

    internal void Write(string path, byte[] bytes)
    {
        var file = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, bytes);
    }

    internal string Read(string path) => File.ReadAllText(At(path));

    internal string At(string path) => Path.Combine(Root, path);

    internal MissionBuilder Mission(string slug = MissionBuilder.DefaultSlug) => new(this, slug);

    /// <summary>Calls <c>spec-kitty orchestrator-api …</c> in the project.</summary>
    internal Task<Call> ApiAsync(params string[] argv) => RunAsync(Root, ["orchestrator-api", .. argv], []);

    internal Task<Call> ApiInAsync(string directory, params string[] argv) => RunAsync(directory, ["orchestrator-api", .. argv], []);

    internal Task<Call> ApiWithAsync(IEnumerable<(string Name, string Value)> variables, params string[] argv) =>
        RunAsync(Root, ["orchestrator-api", .. argv], variables);

    internal async Task<Call> RunAsync(string directory, string[] argv, IEnumerable<(string Name, string Value)> variables, byte[]? stdin = null)
    {
        var environment = new Dictionary<string, string>(Environment, StringComparer.Ordinal);
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return new Call(argv, await Spawn.RunAsync(await PublishedExecutable.PathAsync(), argv, directory, environment, stdin));
    }

    /// <summary>Runs git in the project.</summary>
    internal Task<string> GitAsync(params string[] argv) => GitInAsync(Root, argv);

    internal async Task<string> GitInAsync(string directory, params string[] argv)
    {
        var result = await Spawn.RunAsync("git", argv, directory, Environment);
        return result.ExitStatus == 0
            ? result.StdoutText
            : throw new InvalidOperationException($"git {string.Join(' ', argv)}: {result.StderrText}");
    }

    internal async Task CommitAsync(string message, string? directory = null)
    {
        await GitInAsync(directory ?? Root, "add", "-A");
        await GitInAsync(directory ?? Root, "commit", "-q", "--allow-empty", "-m", message);
    }

    /// <summary>Everything below the sandbox now: project, home and temporary directory, refs and index with it.</summary>
    internal FileTree Tree() => FileTree.Of(Top);

    /// <summary>Starts to record calls, for a snapshot.</summary>
    internal Transcript Record() => new(this);

    public void Dispose()
    {
        foreach (var directory in Directory.EnumerateDirectories(Top, "*", SearchOption.AllDirectories).Where(d => new DirectoryInfo(d).LinkTarget is null))
        {
            File.SetUnixFileMode(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Directory.Delete(Top, recursive: true);
    }

    internal static Sandbox Create()
    {
        var sandbox = new Sandbox(Directory.CreateTempSubdirectory("sandbox-").FullName);
        Directory.CreateDirectory(sandbox.Root);
        Directory.CreateDirectory(sandbox.Home);
        Directory.CreateDirectory(Path.Combine(sandbox.Top, "tmp"));
        File.WriteAllText(Path.Combine(sandbox.Home, "gitconfig"), GitConfig);
        return sandbox;
    }
}
