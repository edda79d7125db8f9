using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>The contract as the executable itself prints it: schema, errors, explain, contract diff, and the hints of refusals.</summary>
public sealed class PublishingToolTests
{
    private const string Slug = MissionBuilder.DefaultSlug;

    public static IEnumerable<string> LevelNames() => Levels.All;

    public static IEnumerable<string> Codes() => ErrorCatalogue.Codes;

    [Test]
    [MethodDataSource(nameof(LevelNames))]
    public async Task The_executable_prints_what_is_published(string level)
    {
        using var sandbox = Sandbox.Empty();

        await Assert.That((await RunAsync(sandbox, "schema", "--level", level)).StdoutText).IsEqualTo(PublishedSchemas.Document(level));
        sandbox.Environment["SPEC_KITTY_CONTRACT"] = level;
        await Assert.That((await RunAsync(sandbox, "schema")).StdoutText).IsEqualTo(PublishedSchemas.Document(level));
    }

    [Test]
    public async Task The_document_of_a_command_stands_by_itself()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        sandbox.Mission().Write();
        string state = (await RunAsync(sandbox, "schema", "mission-state")).StdoutText;
        string envelope = (await RunAsync(sandbox, "schema", "envelope")).StdoutText;
        var answer = StrictJson.Parse((await sandbox.ApiAsync("mission-state", "--mission", Slug)).StdoutText);
        var other = StrictJson.Parse((await sandbox.ApiAsync("list-ready", "--mission", Slug)).StdoutText);

        await Assert.That(PublishedSchemas.ProblemsOf(state, answer)).IsEmpty();
        await Assert.That(PublishedSchemas.ProblemsOf(state, other)).IsNotEmpty();
        await Assert.That(PublishedSchemas.ProblemsOf(envelope, other)).IsEmpty();
        await Assert.That(StrictJson.Parse(state).GetProperty("$defs").TryGetProperty("mission-state.argv", out _)).IsTrue();
        await Assert.That(StrictJson.Parse(state).GetProperty("$defs").TryGetProperty("list-ready", out _)).IsFalse();
    }

    [Test]
    public async Task The_schema_of_what_tools_print_is_published_and_tight()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await sandbox.Mission().CommitAsync();
        string published = (await RunAsync(sandbox, "schema", "tools")).StdoutText;
        string board = (await RunAsync(sandbox, "board", "077", "--json")).StdoutText;

        await Assert.That(published).IsEqualTo(RepositoryRoot.Read("docs", "schemas", "tools.json"));
        await Assert.That(PublishedSchemas.ProblemsOf(published, StrictJson.Parse(board))).IsEmpty();
        await Assert.That(PublishedSchemas.ProblemsOf(published, StrictJson.Parse(board.Replace("\"warnings\"", "\"alarms\"", StringComparison.Ordinal)))).IsNotEmpty();
        string line = (await RunAsync(sandbox, "events", "077")).StdoutText.Split('\n')[0];
        await Assert.That(PublishedSchemas.ProblemsOf(published, StrictJson.Parse(line))).IsEmpty();
        await Assert.That(PublishedSchemas.ProblemsOf(published, StrictJson.Parse(line.Replace("\"cursor\": \"e1", "\"cursor\": \"e2", StringComparison.Ordinal)))).IsNotEmpty();
        await Assert.That(PublishedSchemas.ProblemsOf((await RunAsync(sandbox, "schema", "doctor-document")).StdoutText, StrictJson.Parse(board))).IsNotEmpty();
    }

    /// <summary>'contract', which is no tool but leads to one, had no description; the group's was that of a file; --version and the merge driver had no help.</summary>
    [Test]
    public async Task The_help_of_every_word_says_what_it_is_for_with_examples_and_exit_statuses()
    {
        using var sandbox = Sandbox.Empty();
        string top = await HelpAsync([]);
        await Assert.That(top).Contains("  --version  ");
        string[] words = [.. top[top.IndexOf("Commands:\n", StringComparison.Ordinal)..top.IndexOf("\nExamples:", StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];
        await Assert.That(words.Length).IsGreaterThan(10);
        foreach (string line in words)
        {
            await Assert.That(line).Matches(@"^  [a-z-]+( <.+>)?  +[A-Z].*\.$");
            string word = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
            await Assert.That(await HelpAsync([word])).Contains("\nExit status:\n  0    ");
        }

        await Assert.That(await HelpAsync(["contract", "diff"])).Contains("\nExit status:\n  0    ");
        foreach (var command in CommandCatalogue.All)
        {
            string help = await HelpAsync(["orchestrator-api", command.Name]);
            await Assert.That(help).Contains("\nExit status:\n  0    ");
            await Assert.That(help.Contains("@FILE", StringComparison.Ordinal)).IsEqualTo(help.Contains(" <JSON>", StringComparison.Ordinal) || help.Contains(" <TEXT>", StringComparison.Ordinal));
        }

        await Assert.That(await HelpAsync(["orchestrator-api", "merge-mission"])).Contains("One of: merge, rebase, squash.");
        await Assert.That(await HelpAsync(["orchestrator-api", "transition"])).Contains("One of: planned, claimed, in_progress, for_review, in_review, approved, done, blocked, canceled.");
        var driver = await RunAsync(sandbox, "merge-driver-event-log", "--help");
        await Assert.That((driver.ExitStatus, driver.StderrText)).IsEqualTo((0, ""));
        await Assert.That(driver.StdoutText).Contains("git config merge.spec-kitty-event-log.driver 'spec-kitty merge-driver-event-log %O %A %B'");

        async Task<string> HelpAsync(string[] path)
        {
            var call = await RunAsync(sandbox, [.. path, "--help"]);
            await Assert.That((call.ExitStatus, call.StderrText)).IsEqualTo((0, ""));
            await Assert.That(call.StdoutText).StartsWith("Description:\n  ").And.Contains("\nExamples:\n  spec-kitty ");
            return call.StdoutText;
        }
    }

    /// <summary>A report or a schema that a full disk cut short counted as made.</summary>
    [Test]
    [Arguments("schema")]
    [Arguments("report 077 --html -")]
    [Arguments("report 077 --json")]
    [Arguments("board 077")]
    [Arguments("board 077 --watch --json")]
    [Arguments("events 077 --follow")]
    [Arguments("doctor --json")]
    [Arguments("explain LOCK_TIMEOUT")]
    [Arguments("--help")]
    [Arguments("--version")]
    [Arguments("board --help")]
    public async Task What_could_not_be_written_is_no_success(string words)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        await sandbox.Mission().CommitAsync();
        foreach (var (redirection, reason) in new[] { ("1>/dev/full", "No space left on device"), ("1>&-", "Bad file descriptor") })
        {
            var result = await Spawn.RunAsync("/bin/sh", ["-c", $"\"$0\" {words} {redirection}", await PublishedExecutable.PathAsync()], sandbox.Root, sandbox.Environment);
            await Assert.That(result.ExitStatus).IsEqualTo(1);
            await Assert.That(result.StderrText).EndsWith($": Cannot write standard output: {reason}\n");
        }

        // Who has seen enough is another matter.
        var read = await Spawn.RunAsync("/bin/bash", ["-c", $"\"$0\" {words} | true; exit $((PIPESTATUS[0] & ~1))", await PublishedExecutable.PathAsync()], sandbox.Root, sandbox.Environment);
        await Assert.That((read.ExitStatus, read.StderrText)).IsEqualTo((0, ""));
    }

    [Test]
    [Arguments("schema", "mission-stat", "Did you mean 'mission-state'?")]
    [Arguments("schema", "resolve-workspace", "There is no 'resolve-workspace' at contract level 1.0.0")]
    [Arguments("explain", "LOCK_TIMOUT", "Did you mean 'LOCK_TIMEOUT'?")]
    [Arguments("errors", "--jsn", "Did you mean '--json'?")]
    [Arguments("contract", "dif", "Did you mean 'diff'?")]
    [Arguments("completions", "tcsh", "")]
    [Arguments("eror", "", "Did you mean 'errors'?")]
    [Arguments("orchestrator-ap", "", "Did you mean 'orchestrator-api'?")]
    public async Task A_word_that_is_not_known_is_refused_with_the_one_that_was_meant(string word, string argument, string hint)
    {
        using var sandbox = Sandbox.Empty();
        sandbox.Environment["PATH"] = "/usr/bin:/bin";

        var call = await RunAsync(sandbox, argument.Length == 0 ? [word] : [word, argument]);

        await Assert.That(call.ExitStatus).IsEqualTo(2);
        await Assert.That(call.StdoutText).IsEqualTo("");
        await Assert.That(call.StderrText).Contains(hint);
    }

    [Test]
    [Arguments("mission-stat", "", "Did you mean 'mission-state'?")]
    [Arguments("mission-state", "--feature=077", "Did you mean '--mission'?")]
    [Arguments("mission-state", "--misson=077", "Did you mean '--mission'?")]
    public async Task A_refused_call_of_the_contract_says_what_was_meant(string command, string argument, string hint)
    {
        using var sandbox = Sandbox.Empty();

        var call = await sandbox.ApiAsync(argument.Length == 0 ? [command] : [command, argument]);

        call.IsUsageError();
        await Assert.That(call.Message).Contains(hint);
    }

    [Test]
    public async Task Errors_lists_every_code_for_people_and_for_programs()
    {
        using var sandbox = Sandbox.Empty();
        string prose = (await RunAsync(sandbox, "errors")).StdoutText;
        var document = StrictJson.Parse((await RunAsync(sandbox, "errors", "--json")).StdoutText);

        PayloadSchema.Check("error-document", document, "1.3.0");
        PublishedSchemas.CheckTool("error-document", document);
        var codes = document.GetProperty("errors").EnumerateArray().Select(entry => entry.GetProperty("code").GetString()!).ToArray();
        await Assert.That(codes).IsEquivalentTo(ErrorCatalogue.Codes, CollectionOrdering.Any);
        await Assert.That(codes.Where(code => !prose.Contains(code + "  (since ", StringComparison.Ordinal))).IsEmpty();
    }

    [Test]
    [MethodDataSource(nameof(Codes))]
    public async Task Explain_prints_the_page(string code)
    {
        using var sandbox = Sandbox.Empty();

        var call = await RunAsync(sandbox, "explain", code);

        await Assert.That(call.ExitStatus).IsEqualTo(0);
        await Assert.That(call.StdoutText).StartsWith(code + ": ");
        await Assert.That(call.StdoutText).EndsWith(RepositoryRoot.Read("docs", "errors", code + ".md")[$"# {code}\n\n".Length..]);
    }

    [Test]
    public async Task Contract_diff_ends_with_what_it_found()
    {
        using var sandbox = Sandbox.Empty();
        string published = RepositoryRoot.File("docs", "schemas");
        Directory.CreateDirectory(sandbox.At("old"));
        File.WriteAllText(sandbox.At("old/a.schema.json"), PublishedSchemas.Document("1.0.0").Replace("\"--actor\"", "\"--who\"", StringComparison.Ordinal));
        File.WriteAllText(sandbox.At("none.json"), "{}");

        var same = await RunAsync(sandbox, "contract", "diff", published, published);
        var breaking = await RunAsync(sandbox, "contract", "diff", "old", published);
        var json = await RunAsync(sandbox, "contract", "diff", "--json", sandbox.At("old/a.schema.json"), Path.Combine(published, PublishedSchemas.FileName("1.0.0")));
        var unreadable = await RunAsync(sandbox, "contract", "diff", "none.json", published);
        var missing = await RunAsync(sandbox, "contract", "diff", "nowhere", published);

        await Assert.That((same.ExitStatus, same.StdoutText)).IsEqualTo((0, "Nothing changed.\n"));
        await Assert.That(breaking.ExitStatus).IsEqualTo(1);
        await Assert.That(breaking.StdoutText).Contains("  transition.argv --who: removed (1.0.0)\n");
        await Assert.That(breaking.StdoutText).Contains("  level 1.1.0: added (1.1.0)\n");
        await Assert.That(json.ExitStatus).IsEqualTo(1);
        PayloadSchema.Check("contract-difference-document", StrictJson.Parse(json.StdoutText), "1.3.0");
        PublishedSchemas.CheckTool("contract-difference-document", StrictJson.Parse(json.StdoutText));
        await Assert.That((unreadable.ExitStatus, unreadable.StdoutText)).IsEqualTo((2, ""));
        await Assert.That(missing.ExitStatus).IsNotEqualTo(0);
    }

    [Test]
    public async Task The_last_release_is_not_broken()
    {
        using var sandbox = Sandbox.Empty();

        var call = await RunAsync(sandbox, "contract", "diff", RepositoryRoot.File("schemas", "released"), RepositoryRoot.File("docs", "schemas"));

        await Assert.That((call.ExitStatus, call.StdoutText.Contains("Breaking:", StringComparison.Ordinal))).IsEqualTo((0, false)).Because(call.StdoutText);
    }

    private static Task<Call> RunAsync(Sandbox sandbox, params string[] argv) => sandbox.RunAsync(sandbox.Root, argv, []);
}
