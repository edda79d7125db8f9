using System;
using System.IO;
using System.Linq;
using System.Text;

namespace SpecKitty.Load;

/// <summary>A project with git, on a branch that may be committed to, and missions as planning leaves them.</summary>
internal sealed class Scene
{
    private const string Policy =
        """{"orchestrator_id":"load","orchestrator_version":"1.0.0","agent_family":"codex","approval_mode":"never","sandbox_mode":"workspace_write","network_mode":"none","dangerous_flags":[]}""";

    private readonly string _executable;
    private readonly string[] _environment;

    public Scene(string executable, string top, string name)
    {
        _executable = executable;
        Root = Path.Combine(top, name);
        _environment = [$"PATH={Environment.GetEnvironmentVariable("PATH")}", $"HOME={top}", $"SPECIFY_REPO_ROOT={Root}", "GIT_CONFIG_NOSYSTEM=1", "SPEC_KITTY_LOCK_TIMEOUT_MS=60000", "SPEC_KITTY_DEADLINE_MS=120000"];
        Write(".kittify/config.yaml", "agents:\n  available: []\n");
        File.WriteAllText(Path.Combine(top, ".gitconfig"), "[user]\n\tname = Load\n\temail = load@example.invalid\n[init]\n\tdefaultBranch = work\n[gc]\n\tauto = 0\n");
    }

    public string Root { get; }

    public static string Wp(int number) => $"WP{number:D2}";

    public string LockPath(string mission) => $"{Root}/.git/spec-kitty-locks/{mission}.status.lock";

    /// <summary>Writes a mission; each work package depends on one of a third of its number, so that a few can start at once and many soon after.</summary>
    public void Mission(string slug, int packages, bool dependent)
    {
        string directory = $"kitty-specs/{slug}";
        Write($"{directory}/meta.json", $$"""{"created_at": "2026-04-08T12:00:00+00:00", "friendly_name": "{{slug}}", "mission_number": null, "mission_slug": "{{slug}}", "mission_type": "software-dev", "slug": "{{slug}}", "target_branch": "work"}""" + "\n");
        var log = new StringBuilder();
        for (int i = 1; i <= packages; i++)
        {
            string dependencies = dependent && i > 3 ? $"\n- {Wp(i / 3)}" : " []";
            Write($"{directory}/tasks/{Wp(i)}-do-it.md", $"---\nwork_package_id: {Wp(i)}\ntitle: {Wp(i)}\ndependencies:{dependencies}\nsubtasks: []\n---\n\n# {Wp(i)}\n\n## Activity Log\n\n");
            log.Append($$"""{"actor": "planner", "at": "2026-04-08T12:00:{{i / 60 % 60:D2}}.{{i:D6}}+00:00", "event_id": "01JQ8Z{{i:D20}}", "evidence": null, "execution_mode": "worktree", "force": false, "from_lane": "genesis", "mission_slug": "{{slug}}", "policy_metadata": null, "reason": null, "review_ref": null, "to_lane": "planned", "wp_id": "{{Wp(i)}}"}""").Append('\n');
        }

        Write($"{directory}/status.events.jsonl", log.ToString());
    }

    public void Commit()
    {
        Git("init", "-q");
        Git("add", "-A");
        Git("commit", "-q", "-m", "missions");
    }

    public Call Api(string command, string mission, params string[] more) => Call.Run([_executable, "orchestrator-api", command, "--mission", mission, .. more], Root, _environment);

    public Call Start(string mission, string wp, string actor) => Api("start-implementation", mission, "--wp", wp, "--actor", actor, "--policy", Policy);

    public Call Review(string mission, string wp, string actor) => Api("start-review", mission, "--wp", wp, "--actor", actor, "--policy", Policy, "--review-ref", "review/1");

    public Call Move(string mission, string wp, string lane, string actor, params string[] more) =>
        Api("transition", mission, ["--wp", wp, "--to", lane, "--actor", actor, "--policy", Policy, .. more]);

    private void Git(params string[] argv)
    {
        if (Call.Run(["git", .. argv], Root, _environment) is { Succeeded: false } call)
        {
            throw new InvalidOperationException($"git {string.Join(' ', argv)}: {call.Output}");
        }
    }

    private void Write(string path, string text)
    {
        string file = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
