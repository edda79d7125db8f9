using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What the parser refuses and what it lets through, for every command and flag of the table (HOST §7).</summary>
public sealed class UsageTests
{
    private static readonly string[] All = [.. CommandCatalogue.All.Select(command => command.Name)];

    public static IEnumerable<string> Commands() => All;

    [Test]
    public async Task The_nine_commands_and_claim_next_are_in_the_table() =>
        await Assert.That(string.Join(' ', All)).IsEqualTo(
            "accept-mission append-history claim-next contract-version list-ready merge-mission mission-state start-implementation start-review transition");

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task The_required_flags_are_enough_and_all_flags_are_understood(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);

        foreach (var argv in new[] { command.MinimalArgv(), command.FullArgv() })
        {
            var call = await sandbox.ApiAsync(argv);
            await Assert.That(call.Envelope.Command).IsEqualTo($"orchestrator-api.{name}");
            await Assert.That(call.ExitStatus).IsNotEqualTo(2);
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task Each_required_flag_is_missed_by_name(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);

        foreach (var flag in command.Flags.Where(flag => flag.IsRequired))
        {
            var call = (await sandbox.ApiAsync(command.ArgvWithout(flag))).IsUsageError();
            await Assert.That(call.Message).Contains($"'{flag.Name}'");
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task Of_several_missing_flags_the_first_of_the_table_is_named(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);
        if (command.Flags.FirstOrDefault(flag => flag.IsRequired) is { } first)
        {
            var call = (await sandbox.ApiAsync(name)).IsUsageError();
            await Assert.That(call.Message).Contains($"'{first.Name}'");
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task Unknown_flags_and_extra_words_are_refused(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var argv = CommandCatalogue.Get(name).MinimalArgv();

        foreach (var flag in new[] { "--bogus", "--json", "--no-json", "--feature", "-h", "-m", "--Mission", "--mission-", "-", "--bogus=1" })
        {
            var call = (await sandbox.ApiAsync([.. argv, flag])).IsUsageError();
            await Assert.That(call.Message).Contains(flag.Split('=')[0]);
        }

        foreach (var word in new[] { "extra", "", " ", "WP01", "mission-state" })
        {
            (await sandbox.ApiAsync([.. argv, word])).IsUsageError();
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task A_prefix_of_a_flag_is_not_the_flag(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);

        foreach (var flag in command.Flags)
        {
            (await sandbox.ApiAsync([.. command.MinimalArgv(), flag.Name[..^1], "x"])).IsUsageError();
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task A_flag_at_the_end_lacks_its_value(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);

        foreach (var flag in command.Flags.Where(flag => !flag.IsSwitch))
        {
            var call = (await sandbox.ApiAsync([.. command.MinimalArgv(), flag.Name])).IsUsageError();
            await Assert.That(call.Message).Contains($"'{flag.Name}'");
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task A_switch_takes_no_value(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);

        foreach (var flag in command.Flags.Where(flag => flag.IsSwitch))
        {
            (await sandbox.ApiAsync([.. command.MinimalArgv(), $"{flag.Name}=true"])).IsUsageError();
            (await sandbox.ApiAsync([.. command.MinimalArgv(), flag.Name, "true"])).IsUsageError();
        }
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task A_flag_and_its_value_may_be_one_word(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);
        var argv = command.FullArgv();
        var joined = new List<string> { name };
        for (var i = 1; i < argv.Length; i++)
        {
            joined.Add(command.Flags.Single(flag => flag.Name == argv[i]).IsSwitch ? argv[i] : $"{argv[i]}={argv[++i]}");
        }

        var apart = await sandbox.ApiAsync(argv);
        var together = await sandbox.ApiAsync([.. joined]);

        await Assert.That(together.Data.GetRawText()).IsEqualTo(apart.Data.GetRawText());
        await Assert.That(together.ExitStatus).IsEqualTo(apart.ExitStatus);
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task The_order_of_the_flags_does_not_matter(string name)
    {
        using var sandbox = Sandbox.WithoutGit();
        var command = CommandCatalogue.Get(name);
        var reversed = command with { Flags = [.. command.Flags.Reverse()] };

        var call = await sandbox.ApiAsync(command.FullArgv());
        var other = await sandbox.ApiAsync(reversed.FullArgv());

        await Assert.That(other.Data.GetRawText()).IsEqualTo(call.Data.GetRawText());
    }

    [Test]
    public async Task The_last_of_a_repeated_flag_wins()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await sandbox.ApiAsync("mission-state", "--mission", "nowhere", "--mission", mission.Slug)).Ok();
        (await sandbox.ApiAsync("mission-state", "--mission", mission.Slug, "--mission=nowhere")).Fails("MISSION_NOT_FOUND");
        (await mission.MoveAsync("WP01", "in_progress", "--to", "claimed", "--actor", "second")).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("to_lane").GetString()).IsEqualTo("claimed");
        await Assert.That(mission.Rows[^1].GetProperty("actor").GetString()).IsEqualTo("second");
    }

    [Test]
    public async Task Of_a_switch_and_its_opposite_the_last_wins()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();
        mission.Put("WP01", "in_progress");

        (await mission.MoveAsync("WP01", "for_review", "--subtasks-complete", "--no-subtasks-complete")).Fails("TRANSITION_REJECTED");
        (await mission.MoveAsync("WP01", "for_review", "--no-subtasks-complete", "--subtasks-complete")).Ok();
    }

    [Test]
    public async Task What_looks_like_a_flag_is_a_value_where_a_value_is_due()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await sandbox.ApiAsync("mission-state", "--mission", "--wp")).Fails("MISSION_NOT_FOUND", "Mission '--wp' not found in kitty-specs/");
        (await sandbox.ApiAsync("mission-state", "--mission", "--help")).Fails("MISSION_NOT_FOUND");
        (await sandbox.ApiAsync("mission-state", "--mission", "--")).Fails("MISSION_NOT_FOUND");
        (await mission.MovePlainAsync("WP01", "blocked", "--note", "--force")).Ok();

        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo("--force");
        await Assert.That(mission.Rows[^1].GetProperty("force").GetBoolean()).IsFalse();
    }

    [Test]
    public async Task A_value_may_be_empty_or_hold_anything()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        foreach (var note in new[] { "", "=", "a=b", "--x=y", " ", "a@file", "\"quoted\"", "-", "--", "#", "\\n", "new\nline", "tab\t", "\U0001F431", "%s{0}$HOME`id`" })
        {
            (await mission.MovePlainAsync("WP01", "blocked", "--force", "--note", "x", $"--note={note}x")).Ok();
            await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo(note + "x");
        }

        (await mission.MovePlainAsync("WP02", "blocked", "--note=")).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo("");
    }

    [Test]
    public async Task A_response_file_is_never_read()
    {
        using var sandbox = Sandbox.WithoutGit();
        sandbox.Write("args.rsp", "--mission\nx\n");

        (await sandbox.ApiAsync("mission-state", "@args.rsp")).IsUsageError();
        (await sandbox.ApiAsync("mission-state", "--mission", "@args.rsp")).Fails("MISSION_NOT_FOUND");
    }

    [Test]
    [Arguments("feature-state")]
    [Arguments("accept-feature")]
    [Arguments("merge-feature")]
    [Arguments("resolve-workspace")]
    [Arguments("bogus")]
    [Arguments("Mission-State")]
    [Arguments("mission_state")]
    [Arguments("mission-state ")]
    [Arguments("")]
    [Arguments("--bogus")]
    [Arguments("-h")]
    [Arguments("--mission")]
    [Arguments("--version")]
    [Arguments("[suggest:3]")]
    [Arguments("[diagram]")]
    [Arguments("\U0001F431")]
    public async Task Words_that_are_no_command_are_refused(string word)
    {
        using var sandbox = Sandbox.WithoutGit();

        await Assert.That((await sandbox.ApiAsync(word)).IsUsageError().Message).Contains(word);
        await Assert.That((await sandbox.ApiAsync(word, "--mission", "x")).IsUsageError().Message).Contains(word);
    }

    [Test]
    public async Task No_command_at_all_is_refused()
    {
        using var sandbox = Sandbox.Empty();

        (await sandbox.ApiAsync()).IsUsageError();
    }

    [Test]
    [MethodDataSource(nameof(Commands))]
    public async Task Help_is_prose_and_names_every_flag(string name)
    {
        using var sandbox = Sandbox.Empty();

        var call = await sandbox.ApiAsync(name, "--help");

        await Assert.That(call.ExitStatus).IsEqualTo(0);
        await Assert.That(call.StderrText).IsEqualTo("");
        await Assert.That(call.StdoutText).DoesNotContain("{\"contract_version\"");
        foreach (var flag in CommandCatalogue.Get(name).Flags)
        {
            await Assert.That(call.StdoutText).Contains(flag.Name);
        }
    }

    [Test]
    [Arguments("mision-state", "--help")]
    [Arguments("--help", "mision-state")]
    [Arguments("resolve-workspace", "--help")]
    [Arguments("mission-state", "--help", "--bogus")]
    [Arguments("mission-state", "extra", "--help")]
    public async Task Help_does_not_make_a_success_of_words_that_nobody_knows(params string[] argv)
    {
        using var sandbox = Sandbox.Empty();

        (await sandbox.ApiAsync(argv)).IsUsageError();
    }

    [Test]
    public async Task Help_asks_for_no_flag()
    {
        using var sandbox = Sandbox.Empty();

        await Assert.That((await sandbox.ApiAsync("transition", "--mission", "x", "--force", "--help")).ExitStatus).IsEqualTo(0);
    }

    [Test]
    public async Task The_help_of_the_group_names_every_command()
    {
        using var sandbox = Sandbox.Empty();

        var call = await sandbox.ApiAsync("--help");

        await Assert.That(call.ExitStatus).IsEqualTo(0);
        foreach (var name in All)
        {
            await Assert.That(call.StdoutText).Contains(name);
        }
    }

    [Test]
    public async Task Flags_of_later_levels_do_not_exist_yet()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var mission = sandbox.Mission().Write();

        (await mission.MoveAsync("WP01", "claimed", "--review-result-json", "{}")).IsUsageError();
        await Assert.That((await sandbox.ApiAsync("transition", "--help")).StdoutText).DoesNotContain("--review-result-json");
    }

    [Test]
    public async Task Bytes_in_argv_that_are_not_text_give_an_envelope()
    {
        using var sandbox = Sandbox.WithoutGit();
        var shell = await Spawn.RunAsync(
            "/bin/sh", ["-c", "exec \"$1\" orchestrator-api mission-state --mission \"$(printf 'a\\377b')\"", "sh", await PublishedExecutable.PathAsync()], sandbox.Root, sandbox.Environment);

        new Call(["mission-state", "--mission", "a\\377b"], shell).Fails("MISSION_NOT_FOUND");

        var mission = sandbox.Mission().Write();
        shell = await Spawn.RunAsync(
            "/bin/sh",
            ["-c", "exec \"$1\" orchestrator-api transition --mission 077 --wp WP01 --to blocked --actor a --note \"$(printf 'a\\377b')\"", "sh", await PublishedExecutable.PathAsync()],
            sandbox.Root,
            sandbox.Environment);
        new Call(["transition"], shell).Ok();
        await Assert.That(mission.Rows[^1].GetProperty("reason").GetString()).IsEqualTo("a\uFFFDb");
    }
}
