using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Extensions;

/// <summary>Options whose value is JSON or text take <c>@FILE</c> and <c>-</c>.</summary>
public sealed class OptionContentsTests
{
    [Test]
    [Arguments("policy")]
    [Arguments("note")]
    [Arguments("evidence-json")]
    public async Task A_file_and_standard_input_stand_for_the_value(string flag)
    {
        string value = flag switch { "policy" => Policy.Valid, "note" => "für später: \u2028 a note", _ => Mission.Evidence };
        string? direct = await WrittenAsync(flag, value, null), file = await WrittenAsync(flag, "@value.txt", value + "\n"), input = await WrittenAsync(flag, "-", value + "\r\n");

        await Assert.That(direct).IsNotNull();
        await Assert.That(file).IsEqualTo(direct);
        await Assert.That(input).IsEqualTo(direct);
    }

    [Test]
    public async Task Two_ats_stand_for_one()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();

        (await mission.MovePlainAsync("WP01", "blocked", "--note", "@@alice should look")).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo("@alice should look");
    }

    [Test]
    public async Task The_joined_form_and_paths_from_the_working_directory_work_too()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();
        sandbox.Write("below/note.txt", "\ufefffrom below\n\n");

        (await sandbox.ApiInAsync(sandbox.At("below"), "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--note=@note.txt")).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo("from below\n");
    }

    [Test]
    [Arguments("@missing.txt", "missing.txt")]
    [Arguments("@kitty-specs", "kitty-specs")]
    [Arguments("@broken.bin", "UTF-8")]
    [Arguments("@nul.bin", "NUL")]
    [Arguments("@large.txt", "larger")]
    [Arguments("@", "--note")]
    public async Task What_cannot_be_read_is_named_and_nothing_is_changed(string value, string named)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();
        sandbox.Write("broken.bin", [0x61, 0xFF]);
        sandbox.Write("nul.bin", [0x61, 0, 0x62]);
        sandbox.Write("large.txt", new byte[(1024 * 1024) + 1].Select(_ => (byte)'a').ToArray());
        var before = sandbox.Tree();

        var call = (await mission.MovePlainAsync("WP01", "blocked", "--note", value)).Fails("USAGE_ERROR");

        await Assert.That(call.Message).Contains("--note").And.Contains(named);
        await Assert.That(call.Envelope.Command).IsEqualTo("orchestrator-api.transition");
        await Assert.That(sandbox.Tree().ToString()).IsEqualTo(before.ToString());
    }

    [Test]
    public async Task Standard_input_is_there_for_one_option_only()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();

        var call = (await sandbox.RunAsync(
            sandbox.Root,
            ["orchestrator-api", "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--note", "-", "--policy", "-"],
            [],
            Encoding.UTF8.GetBytes(Policy.Valid))).Fails("USAGE_ERROR");

        await Assert.That(call.Message).Contains("standard input");
    }

    [Test]
    public async Task A_pipe_that_nobody_writes_to_ends_with_the_deadline()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();
        await Spawn.RunAsync("mkfifo", [sandbox.At("pipe")], sandbox.Root, sandbox.Environment);

        (await sandbox.ApiWithAsync(
            [("SPEC_KITTY_DEADLINE_MS", "300")],
            "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "blocked", "--actor", "codex", "--note", "@pipe")).Fails("DEADLINE_EXCEEDED");
    }

    [Test]
    public async Task An_actor_that_begins_with_an_at_is_a_name()
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();

        (await mission.StartAsync("WP01", "@alice")).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("actor").GetString()).IsEqualTo("@alice");
    }

    /// <summary>The member of the row that came of the flag, as JSON.</summary>
    private static async Task<string?> WrittenAsync(string flag, string value, string? contents)
    {
        using var sandbox = Sandbox.WithoutGit();
        var mission = sandbox.Mission().Wp("WP01").Write();
        mission.Put("WP01", "approved");
        if (contents is not null)
        {
            sandbox.Write("value.txt", contents);
        }

        string[] needed = flag == "evidence-json" ? [] : ["--evidence-json", Mission.Evidence];
        (await sandbox.RunAsync(
            sandbox.Root,
            ["orchestrator-api", "transition", "--mission", mission.Slug, "--wp", "WP01", "--to", "done", "--actor", "codex", .. needed, "--" + flag, value],
            [],
            contents is null ? null : Encoding.UTF8.GetBytes(contents))).Ok();
        return mission.Rows[^1].GetProperty(flag switch { "policy" => "policy_metadata", "note" => "reason", _ => "evidence" }).GetRawText();
    }
}
