using System;
using System.Collections.Generic;
using System.IO;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Model;

namespace SpecKitty.Reliability.Scenes;

/// <summary>A project on disk with one mission, to be thrown away.</summary>
internal sealed class Scene : IDisposable
{
    public const string Mission = "077-reliability";
    public const string MissionId = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D";

    private static readonly string Worktree = $"{Mission}-{MissionId[..8]}-coord";

    public Scene(SceneKind kind) => (Kind, Top) = (kind, Templates.Copy(kind));

    /// <summary>A project that lies somewhere already.</summary>
    public Scene(SceneKind kind, string top) => (Kind, Top) = (kind, top);

    /// <summary>Where scenes come from; set once at the start.</summary>
    public static Templates Templates { get; set; } = null!;

    public SceneKind Kind { get; }

    /// <summary>The directory around the project: HOME, and room for what must not be in the project.</summary>
    public string Top { get; }

    public string Root => Top + "/project";

    public string MissionDirectory => Root + "/kitty-specs/" + Mission;

    /// <summary>The working tree that holds the log: the coordination worktree, or the project itself.</summary>
    public string StatusDirectory => Kind.Coordination ? $"{Root}/.worktrees/{Worktree}/kitty-specs/{Mission}" : MissionDirectory;

    public string Log => StatusDirectory + "/status.events.jsonl";

    public string Snapshot => StatusDirectory + "/status.json";

    public string TaskFile(string wp) => $"{MissionDirectory}/tasks/{wp}-do-it.md";

    public string LockFile => Root + (Kind.Git ? "/.git" : "/.kittify") + $"/spec-kitty-locks/{Mission}.status.lock";

    /// <summary>The environment of a call: nothing of the driver's own. What a busy machine needs for a call under strace is no failure of the call's.</summary>
    public List<string> Environment(params string[] more)
    {
        List<string> all = ["PATH=" + Templates.Path, "HOME=" + Top, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + Templates.GitConfig, "LC_ALL=C.UTF-8", .. more];
        const string Deadline = "SPEC_KITTY_DEADLINE_MS=";
        if (!all.Exists(v => v.StartsWith(Deadline, StringComparison.Ordinal)))
        {
            all.Add(Deadline + "80000");
        }

        return all;
    }

    /// <summary>What every call is given to read; null for nothing.</summary>
    public string? Input { get; set; }

    /// <summary>A call of the contract.</summary>
    /// <param name="argv">Below the group's name.</param>
    /// <param name="before">Programs that start it: strace and its options, say.</param>
    /// <param name="environment">Further variables.</param>
    public Launch Call(string[] argv, string[]? before = null, params string[] environment) => new()
    {
        Argv = [.. before ?? [], Templates.Binary, "orchestrator-api", .. argv],
        Directory = Root,
        Environment = Environment(environment),
        StandardInputFile = argv[0] == Calls.BatchCommand ? InputFile() : null,
    };

    /// <summary>The same, with an eye on the memory it takes.</summary>
    public Launch WatchedCall(string[] argv, params string[] environment) => new()
    {
        Argv = [Templates.Binary, "orchestrator-api", .. argv],
        Directory = Root,
        Environment = Environment(environment),
        WatchesMemory = true,
    };

    /// <summary>A file with the input, in a place of its own beside the scene: of the project it is no part.</summary>
    private string InputFile()
    {
        string path = Templates.NewDirectory() + "/input";
        File.WriteAllText(path, Input);
        return path;
    }

    /// <summary>Runs a call that only prepares the scene and has to succeed.</summary>
    public void Prepare(params string[] argv)
    {
        var answer = Call(argv).Run();
        if (!answer.Succeeded)
        {
            throw new InvalidOperationException("cannot set the scene: " + answer);
        }
    }

    /// <summary>The log where it is now: while a coordination branch has no worktree, or an unfinished one, its tip has the log; once it has landed, the checkout.</summary>
    public LogFile ReadLog() => Kind.Coordination && Git("branch", "--list", Templates.MissionBranch).Length == 0 ? LogFile.Read(MissionDirectory + "/status.events.jsonl") :
            Kind.Coordination && (File.Exists($"{Root}/.git/worktrees/{Worktree}/locked") || !Directory.Exists(StatusDirectory)) ? LogFile.Parse(CommittedLog()) : LogFile.Read(Log);

    /// <summary>The log in the tip of the coordination branch.</summary>
    public byte[] CommittedLog()
    {
        string path = $"kitty-specs/{Mission}/status.events.jsonl";
        return Git("ls-tree", "--name-only", Templates.MissionBranch, "--", path).Length == 0 ? [] : Templates.GitBytes(Root, "show", $"{Templates.MissionBranch}:{path}");
    }

    /// <summary>Runs git in the project and returns what it says.</summary>
    public string Git(params string[] argv) => Templates.Git(Root, argv);

    public void Dispose() => Templates.Remove(Top);
}
