using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Git;
using SpecKitty.Runtime.Tests.Status;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>A repository with a mission whose lanes are to be merged, and merge-mission called in process.</summary>
internal sealed class MergeScene : IDisposable
{
    public const string Directory = "077-m";
    public const string MissionBranch = "kitty/mission-077-m";
    private const string Specs = "kitty-specs/" + Directory + "/";

    /// <param name="lanes">Lane ids, each with one work package: WP01, WP02 …</param>
    public MergeScene(params string[] lanes)
    {
        Lanes = lanes;
        Repository.Git("config", "user.name", "Kit");
        Repository.Git("config", "user.email", "kit@example.invalid");
        Repository.Write(".gitignore", ".worktrees/\n");
        Repository.Write(".kittify/config.yaml", "agents: []\n");
        Repository.Write("base.txt", "base\n");
        Repository.Write(Specs + "meta.json", "{\"mission_slug\": \"077-m\", \"target_branch\": \"main\"}\n");
        string list = string.Join(", ", lanes.Select((lane, i) => $"{{\"lane_id\": \"{lane}\", \"wp_ids\": [\"{Wp(i)}\"]}}"));
        Repository.Write(Specs + "lanes.json", $"{{\"version\": 1, \"mission_slug\": \"077-m\", \"mission_branch\": \"{MissionBranch}\", \"target_branch\": \"main\", \"lanes\": [{list}], \"computed_at\": \"x\", \"computed_from\": \"x\"}}\n");
        for (int i = 0; i < lanes.Length; i++)
        {
            Repository.Write(Specs + $"tasks/{Wp(i)}.md", $"---\nwork_package_id: {Wp(i)}\ndependencies: []\n---\n");
        }

        Repository.Write(Specs + "status.events.jsonl", string.Concat(lanes.Select((_, i) => Rows.Lane(Wp(i), "in_review", "approved", id: Rows.Id(i)) + "\n")));
        Repository.Commit("the mission");
    }

    public ScratchRepository Repository { get; } = new();

    public IReadOnlyList<string> Lanes { get; }

    public static string Wp(int number) => $"WP{number + 1:D2}";

    public static string Branch(string lane) => $"{MissionBranch}-{lane}";

    public string Worktree(string lane) => Repository[$".worktrees/{Directory}-{lane}"];

    public string LogPath => Repository[Specs + "status.events.jsonl"];

    /// <summary>A lane's branch with one commit, in a worktree or without.</summary>
    public void Work(string lane, string file, string text, bool keepWorktree = false, string? at = null)
    {
        string worktree = at ?? Worktree(lane);
        Repository.Git("worktree", "add", "-q", "-b", Branch(lane), worktree, "main");
        Commit(worktree, file, text);
        if (!keepWorktree)
        {
            Repository.Git("worktree", "remove", "--force", worktree);
        }
    }

    public void Commit(string worktree, string file, string text)
    {
        File.WriteAllText(Path.Combine(worktree, file), text);
        Repository.GitIn(worktree, "add", "-A");
        Repository.GitIn(worktree, "commit", "-q", "-m", "work");
    }

    public Result<Payload> Call(string strategy = "merge", string? target = null)
    {
        var context = new CallContext(ContractLevel.V1_0_0, new Deadline(60_000), new Project(Repository.Root, Repository[".git"]));
        return MergeMission.Run(new MergeMissionRequest { Mission = Directory, Strategy = strategy, Target = target }, context);
    }

    public MergeMissionPayload Merge(string strategy = "merge") =>
        Call(strategy).Try(out var payload, out var failure) ? (MergeMissionPayload)payload : throw new InvalidOperationException(failure.Message);

    /// <summary>The refusal; nothing may have changed but what nobody sees.</summary>
    public Failure Refused(string? target = null)
    {
        string before = State();
        var failure = Call(target: target).Failure ?? throw new InvalidOperationException("it was merged");
        return State() == before && failure.Effect == Effect.None ? failure : throw new InvalidOperationException("refused, and yet changed: " + failure.Message);
    }

    public static IReadOnlyList<string> Errors(Failure failure) => ((PreflightFailedData)failure.Data!).Errors;

    /// <summary>Branches, worktrees, what is uncommitted anywhere, and the log.</summary>
    public string State() =>
        Branches() + "\n" + Repository.Git("worktree", "list") + string.Concat(WorktreePaths().Select(path => Repository.GitIn(path, "status", "--porcelain"))) + File.ReadAllText(LogPath);

    public string Branches() => string.Join(' ', Repository.Git("for-each-ref", "--format=%(refname:short)=%(objectname:short)", "refs/heads").Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public bool HasBranch(string name) => Repository.TryGitIn(Repository.Root, "rev-parse", "--verify", "-q", "refs/heads/" + name).Status == 0;

    public string Show(string path, string commit = "main") => Repository.Git("show", commit + ":" + path);

    private IEnumerable<string> WorktreePaths() =>
        Repository.Git("worktree", "list", "--porcelain").Split('\n').Where(static line => line.StartsWith("worktree ", StringComparison.Ordinal)).Select(static line => line[9..]);

    public void Dispose() => Repository.Dispose();
}
