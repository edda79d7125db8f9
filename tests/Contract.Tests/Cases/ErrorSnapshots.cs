using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;
using VerifyTUnit;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>A verified transcript for every code that a call can end with, at level 1.0.0 where it exists there; none of them changes a file.</summary>
public sealed partial class ErrorSnapshots
{
    private const string Slug = MissionBuilder.DefaultSlug;

    [Test]
    public async Task IDEMPOTENCY_KEY_REUSED()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("claim-next", "--mission", Slug, "--actor", "codex", "--policy", Policy.Valid, "--idempotency-key", "run-7:step-3");
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP02", "--to", "blocked", "--actor", "codex", "--idempotency-key", "run-7:step-3");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task USAGE_ERROR()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync();
        await transcript.ApiAsync("mission-stat", "--mission", Slug);
        await transcript.ApiAsync("mission-state");
        await transcript.ApiAsync("mission-state", "--mission");
        await transcript.ApiAsync("mission-state", "--feature", Slug);
        await transcript.ApiAsync("mission-state", "--mission", Slug, "extra");
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "nirvana", "--actor", "a");
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "done", "--actor", "a", "--evidence-json", "{");
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "done", "--actor", "a", "--evidence-json", "[]");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task POLICY_METADATA_REQUIRED()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a");
        await transcript.ApiAsync("start-review", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", "");
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "Doing", "--actor", "a");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task POLICY_VALIDATION_FAILED()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        foreach (var policy in new[] { "{", "[]", Policy.Without("agent_family"), Policy.With(("extra", new[] { "my-PassWord-1" })) })
        {
            await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", policy);
        }

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task MISSION_NOT_FOUND()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", "078-other");
        await transcript.ApiAsync("list-ready", "--mission", "../project/kitty-specs/" + Slug);
        await transcript.ApiAsync("transition", "--mission", "", "--wp", "WP01", "--to", "blocked", "--actor", "a");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task MISSION_AMBIGUOUS_SELECTOR()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission("080-beta").Id("01JQAAAA000000000000000002").Wp("WP01").Write();
        sandbox.Mission("080-alpha").Id("01JQAAAA000000000000000001").Wp("WP01").Write();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", "080");
        await transcript.ApiAsync("start-review", "--mission", "01JQAAAA", "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task WP_NOT_FOUND()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP99", "--actor", "a", "--policy", Policy.Valid);
        await transcript.ApiAsync("transition", "--mission", "077", "--wp", "*", "--to", "blocked", "--actor", "a");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task TRANSITION_REJECTED()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "done", "--actor", "a");
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "done", "--actor", "a", "--force");
        await transcript.ApiAsync("start-review", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task DEPENDENCIES_NOT_SATISFIED()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP03", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task WP_ALREADY_CLAIMED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_progress", actor: "one");
        mission.Put("WP02", "in_review", actor: "one");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "two", "--policy", Policy.Valid);
        await transcript.ApiAsync("start-review", "--mission", Slug, "--wp", "WP02", "--actor", "two", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task CONTRACT_VERSION_MISMATCH()
    {
        using var sandbox = await MissionAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("contract-version", "--provider-version", "0.0.9");
        await transcript.ApiAsync("contract-version", "--provider-version", "not-a-version");
        await transcript.ApiWithAsync([("SPEC_KITTY_CONTRACT", "9.9.9")], "mission-state", "--mission", Slug);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task EVENT_LOG_CORRUPT()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.AppendText("<<<<<<< HEAD\n");
        mission.Append(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60)));
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", Slug);
        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task META_INVALID()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write("meta.json", "[]");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", Slug);
        await transcript.ApiAsync("transition", "--mission", Slug, "--wp", "WP01", "--to", "blocked", "--actor", "a");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task TASK_FILE_INVALID()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Write("tasks/WP02-do-the-thing.md", "---\nwork_package_id: [\n---\n");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP02", "--actor", "a", "--policy", Policy.Valid);
        await transcript.ApiAsync("mission-state", "--mission", Slug);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task LOCK_TIMEOUT()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        using var held = new HeldLock(mission.LockPath);
        var transcript = sandbox.Record();

        await transcript.ApiWithAsync(
            [("SPEC_KITTY_LOCK_TIMEOUT_MS", "150")],
            "start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task DEADLINE_EXCEEDED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        using var held = new HeldLock(mission.LockPath);
        var transcript = sandbox.Record();

        await transcript.ApiWithAsync(
            [("SPEC_KITTY_DEADLINE_MS", "1500")],
            "start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task INTERRUPTED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        using var held = new HeldLock(mission.LockPath);
        var before = sandbox.Tree();
        var transcript = sandbox.Record();
        (string, string)[] patient = [("SPEC_KITTY_LOCK_TIMEOUT_MS", "60000")];
        using var running = await RunningCall.StartAsync(
            sandbox, patient, "orchestrator-api", "start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await running.HasOpenAsync(mission.LockPath);
        running.Signal(15);
        transcript.Add(await running.EndAsync(), patient, before);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task IO_FAILED()
    {
        using var sandbox = await MissionAsync();
        // Where the lock's directory has to be, there is a file.
        File.WriteAllText(sandbox.At(".git/spec-kitty-locks"), "");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task PROJECT_SCHEMA_UNSUPPORTED()
    {
        using var sandbox = await MissionAsync();
        sandbox.Write(".kittify/metadata.yaml", "spec_kitty:\n  schema_version: 4\n");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", Slug);
        await transcript.ApiAsync("start-implementation", "--mission", Slug, "--wp", "WP01", "--actor", "a", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task OUTPUT_TOO_LARGE()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Append(mission.Event("WP01", "planned", "claimed", Mission.SeedTime(60), ("actor", new string('a', 1_100_000))));
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", Slug);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task HISTORY_COMMIT_FAILED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".git/hooks/pre-commit", "#!/bin/sh\necho 'not on a Friday' >&2\nexit 1\n");
        File.SetUnixFileMode(sandbox.At(".git/hooks/pre-commit"), (UnixFileMode)0b111_101_101);
        var transcript = sandbox.Record();

        await transcript.ApiAsync("append-history", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--note", "n");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task STATUS_READ_PATH_NOT_FOUND()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission("thing-01JQ8Z4T").Meta("coordination_branch", "kitty/mission-thing-01JQ8Z4T").Wp("WP01").CommitAsync();
        var transcript = sandbox.Record();

        await transcript.ApiAsync("mission-state", "--mission", mission.Slug);
        await transcript.ApiAsync("start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task LANES_INVALID()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.Write("lanes.json", "{\"version\": 1}\n");
        var transcript = sandbox.Record();

        await transcript.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0")],
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task LANE_ALLOCATION_FAILED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        sandbox.Write($".worktrees/{mission.Slug}-lane-a", "in the way\n");
        var transcript = sandbox.Record();

        await transcript.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0")],
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task GIT_NOT_FOUND()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.WriteLanes(("lane-a", ["WP01", "WP02", "WP03"]));
        var transcript = sandbox.Record();

        await transcript.ApiWithAsync(
            [("SPEC_KITTY_CONTRACT", "1.1.0"), ("PATH", "/nowhere")],
            "start-implementation", "--mission", mission.Slug, "--wp", "WP01", "--actor", "codex", "--policy", Policy.Valid);

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task MISSION_NOT_READY()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().CommitAsync();
        mission.Put("WP02", "done");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("accept-mission", "--mission", mission.Slug, "--actor", "lead");

        await VerifyAsync(transcript);
    }

    [Test]
    public async Task WORKFLOW_EVIDENCE_REQUIRED()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = await sandbox.Mission().Wp("WP01").CommitAsync();
        mission.Put("WP01", "done");
        await sandbox.GitAsync("checkout", "-q", "-b", "feature/x");
        sandbox.Write(".github/workflows/build.yml", "on: push\n");
        await sandbox.CommitAsync("a workflow");
        var transcript = sandbox.Record();

        await transcript.ApiAsync("accept-mission", "--mission", mission.Slug, "--actor", "lead");

        await VerifyAsync(transcript);
    }

    private static async Task<Sandbox> MissionAsync()
    {
        var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission().Write();
        return sandbox;
    }

    private static async Task VerifyAsync(Transcript transcript) => await Verifier.Verify(transcript.Text).UseDirectory("Verified");
}
