using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading;
using SpecKitty.Reliability.Harness;

namespace SpecKitty.Reliability.Scenes;

/// <summary>Builds one project of each kind and copies it as often as asked.</summary>
internal sealed class Templates : IDisposable
{
    private readonly ConcurrentDictionary<SceneKind, Lazy<string>> _made = new();
    private readonly ConcurrentDictionary<string, Lazy<string>> _prepared = new(StringComparer.Ordinal);
    private readonly string _top;
    private int _count;

    public Templates(Options options)
    {
        Binary = options.Binary;
        _top = $"{options.Work}/skr-{Environment.ProcessId}";
        Directory.CreateDirectory(_top);
        GitConfig = _top + "/gitconfig";
        File.WriteAllText(GitConfig, "[user]\n\tname = Kit\n\temail = kit@example.invalid\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n[maintenance]\n\tauto = false\n");
    }

    public string Binary { get; }

    public string GitConfig { get; }

    public string Path { get; } = Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin";

    /// <summary>A new directory of the run's own.</summary>
    public string NewDirectory()
    {
        string path = $"{_top}/{Interlocked.Increment(ref _count)}";
        Directory.CreateDirectory(path);
        return path;
    }

    /// <summary>A fresh copy of a project of that kind; returns the directory around it.</summary>
    public string Copy(SceneKind kind)
    {
        string template = _made.GetOrAdd(kind, k => new Lazy<string>(() => Build(k))).Value;
        string copy = NewDirectory();
        CopyTree(template, copy);
        return copy;
    }

    /// <summary>The same of a project in which something has happened already, which happens once for each name.</summary>
    public string CopyPrepared(string name, SceneKind kind, Action<Scene> prepare)
    {
        string template = _prepared.GetOrAdd(name, _ => new Lazy<string>(() =>
        {
            var scene = new Scene(kind);
            prepare(scene);
            return scene.Top;
        })).Value;
        string copy = NewDirectory();
        CopyTree(template, copy);
        return copy;
    }

    public string Git(string directory, params string[] argv) => Encoding.UTF8.GetString(GitBytes(directory, argv));

    public byte[] GitBytes(string directory, params string[] argv)
    {
        var answer = new Launch
        {
            Argv = ["git", .. argv],
            Directory = directory,
            Environment = ["PATH=" + Path, "HOME=" + _top, "GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=" + GitConfig, "LC_ALL=C.UTF-8"],
        }.Run();
        return answer.ExitCode == 0 ? answer.Output : throw new InvalidOperationException("git: " + answer);
    }

    public static void CopyTree(string from, string to) => CopyTree(from, to, from, to);

    private static void CopyTree(string from, string to, string fromTop, string toTop)
    {
        Directory.CreateDirectory(to);
        foreach (string directory in Directory.EnumerateDirectories(from))
        {
            CopyTree(directory, to + directory[from.Length..], fromTop, toTop);
        }

        foreach (string file in Directory.EnumerateFiles(from))
        {
            string copy = to + file[from.Length..];
            if (System.IO.Path.GetFileName(file) is ".git" or "gitdir")
            {
                // A worktree and its repository point at each other by absolute paths.
                File.WriteAllText(copy, File.ReadAllText(file).Replace(fromTop, toTop, StringComparison.Ordinal));
            }
            else
            {
                File.Copy(file, copy);
            }
        }
    }

    public static void Remove(string directory)
    {
        if (Directory.Exists(directory))
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    public void Dispose() => Remove(_top);

    private string Build(SceneKind kind)
    {
        string top = NewDirectory();
        string root = top + "/project";
        string mission = $"{root}/kitty-specs/{Scene.Mission}";
        Directory.CreateDirectory(root + "/.kittify");
        Directory.CreateDirectory(mission + "/tasks");
        File.WriteAllText(root + "/.kittify/config.yaml", "agents:\n  available: []\n");
        File.WriteAllText(root + "/.gitignore", ".worktrees/\n");
        File.WriteAllText(mission + "/meta.json", Meta(kind));
        File.WriteAllText(mission + "/spec.md", "# Spec\n");
        for (int i = 1; i <= kind.Wps; i++)
        {
            File.WriteAllText($"{mission}/tasks/{Wp(i)}-do-it.md", TaskText(kind, i));
        }

        if (kind.Seeded)
        {
            File.WriteAllText(mission + "/status.events.jsonl", SeedRows(kind.Wps));
        }

        if (kind.Lanes)
        {
            File.WriteAllText(mission + "/lanes.json", LanesJson(kind));
        }

        if (kind.Git)
        {
            MakeRepository(kind, root);
        }

        return top;
    }

    private void MakeRepository(SceneKind kind, string root)
    {
        Git(root, "init", "-q", "--template=", "-b", kind.Branch);
        Git(root, "add", "-A");
        Git(root, "commit", "-q", "-m", "mission");
        if (kind.Branch != "main")
        {
            Git(root, "branch", "main");
        }

        if (kind.Coordination || kind.Lanes)
        {
            Git(root, "branch", MissionBranch);
        }

        // In a chain the first lane alone has been worked on.
        for (int i = 1; kind.LaneWork && i <= (kind.Chain ? 1 : kind.Wps); i++)
        {
            string lane = LaneBranch(i);
            Git(root, "branch", lane);
            string work = root + "/.lane";
            Git(root, "worktree", "add", "-q", work, lane);
            File.WriteAllText(work + $"/work-{i}.txt", $"work of {Wp(i)}\n");
            Git(work, "add", "-A");
            Git(work, "commit", "-q", "-m", $"work of {Wp(i)}");
            Git(root, "worktree", "remove", work);
        }
    }

    public const string MissionBranch = "kitty/mission-" + Scene.Mission;

    public static string LaneBranch(int i) => $"{MissionBranch}-{LaneId(i)}";

    public static string LaneId(int i) => "lane-" + (char)('a' + i - 1);

    public static string Wp(int i) => $"WP{i:D2}";

    private static string Meta(SceneKind kind) => $$"""
        {
          "created_at": "2026-04-08T12:00:00+00:00",{{(kind.Coordination ? $"\n  \"coordination_branch\": \"{MissionBranch}\"," : "")}}
          "friendly_name": "Reliability",
          "mission_id": "{{Scene.MissionId}}",
          "mission_number": 77,
          "mission_slug": "{{Scene.Mission}}",
          "mission_type": "software-dev",
          "slug": "{{Scene.Mission}}",
          "target_branch": "main"
        }

        """;

    private static string TaskText(SceneKind kind, int i) => $"""
        ---
        work_package_id: {Wp(i)}
        title: Work package {i}
        dependencies: [{(kind.Chain && i > 1 ? Wp(i - 1) : "")}]
        ---

        # {Wp(i)}

        Do it.

        ## Activity Log


        """;

    private static string SeedRows(int wps)
    {
        var rows = new StringBuilder();
        for (int i = 1; i <= wps; i++)
        {
            rows.Append(SeedRow(Wp(i), i)).Append('\n');
        }

        return rows.ToString();
    }

    /// <summary>A row genesis → planned in the shared byte form.</summary>
    public static string SeedRow(string wp, int i) =>
        $$"""{"actor": "planner", "at": "2026-04-08T12:{{i / 60 % 60:D2}}:{{i % 60:D2}}.{{i / 3600:D6}}+00:00", "event_id": "01JQ8Z0000{{i:D16}}", "evidence": null, "execution_mode": "worktree", "force": false, "from_lane": "genesis", "mission_id": "{{Scene.MissionId}}", "mission_slug": "{{Scene.Mission}}", "policy_metadata": null, "reason": null, "review_ref": null, "to_lane": "planned", "wp_id": "{{wp}}"}""";

    private static string LanesJson(SceneKind kind)
    {
        var lanes = new List<string>();
        for (int i = 1; i <= kind.Wps; i++)
        {
            lanes.Add($$"""    {"lane_id": "{{LaneId(i)}}", "wp_ids": ["{{Wp(i)}}"], "write_scope": [], "predicted_surfaces": [], "depends_on_lanes": [{{(kind.Chain && i > 1 ? $"\"{LaneId(i - 1)}\"" : "")}}], "parallel_group": {{i - 1}}}""");
        }

        return $$"""
            {
              "version": 1,
              "mission_slug": "{{Scene.Mission}}",
              "mission_id": "{{Scene.MissionId}}",
              "mission_branch": "{{MissionBranch}}",
              "target_branch": "main",
              "lanes": [
            {{string.Join(",\n", lanes)}}
              ],
              "computed_at": "2026-04-08T12:00:00+00:00",
              "computed_from": "dependency_graph",
              "planning_artifact_wps": []
            }

            """;
    }
}
