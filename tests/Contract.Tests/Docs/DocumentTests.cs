using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>Every block of every page is run, or held against the published schemas.</summary>
public sealed class DocumentTests
{
    /// <summary>Pictures and listings: nothing that could be run.</summary>
    private const string Picture = "text";

    private static readonly string[] Tried = ["sh", "json", "jsonl", "console", "python", "csharp", Picture];

    public static IEnumerable<string> PagesWithCommands() => DocumentBlock.Pages.Where(static page => DocumentBlock.Of(page).Any(static block => block.Language == "sh"));

    [Test]
    public async Task Every_block_says_what_it_is() =>
        await Assert.That(string.Join('\n', DocumentBlock.All.Where(static block => !Tried.Contains(block.Language)).Select(static block => $"{block}: '{block.Language}'"))).IsEqualTo("");

    [Test]
    [MethodDataSource(nameof(PagesWithCommands))]
    public async Task The_commands_of_a_page_succeed_one_after_the_other(string page)
    {
        using var sandbox = await DocumentSandbox.CreateAsync();
        foreach (var block in DocumentBlock.Of(page).Where(static block => block.Language == "sh"))
        {
            var result = await sandbox.BashAsync(block.Text);

            await Assert.That(result.ExitStatus).IsEqualTo(0).Because($"{block}: {result.StderrText}{result.StdoutText}");
            await Assert.That(result.StderrText).IsEqualTo("").Because($"{block}");
            foreach (string line in result.StdoutText.Split('\n').Where(static line => line.StartsWith("{\"contract_version\"", StringComparison.Ordinal)))
            {
                await Assert.That(Envelope.Parse(Encoding.UTF8.GetBytes(line + "\n")).Success).IsTrue().Because($"{block}: {line}");
            }
        }
    }

    /// <summary>A transcript: what stands behind <c>$</c> is typed, and what follows is printed; <c>…</c> stands for whatever is there.</summary>
    [Test]
    public async Task The_transcripts_are_what_is_printed()
    {
        foreach (var block in DocumentBlock.All.Where(static block => block.Language == "console"))
        {
            using var sandbox = await DocumentSandbox.CreateAsync();
            foreach (string part in ("\n" + block.Text).Split("\n$ ", StringSplitOptions.RemoveEmptyEntries))
            {
                string command = part.Split('\n')[0];
                string expected = part[command.Length..].Trim('\n');

                var result = await Spawn.RunAsync("/bin/bash", ["-c", command], sandbox.Root, sandbox.Environment);

                string printed = (result.StdoutText + result.StderrText).TrimEnd('\n');
                string form = "\\A" + Regex.Escape(expected).Replace("…", ".*", StringComparison.Ordinal) + "\\z";
                await Assert.That(Regex.IsMatch(printed, form)).IsTrue().Because($"{block}: {command} printed:\n{printed}");
            }
        }
    }

    [Test]
    public async Task The_documents_are_valid()
    {
        int validated = 0;
        foreach (var block in DocumentBlock.All.Where(static block => block.Language == "json"))
        {
            var value = StrictJson.Parse(block.Text);
            bool isEnvelope = block.Subject.Length == 0;
            string level = isEnvelope ? value.GetProperty("contract_version").GetString()! : "1.3.0";
            PublishedSchemas.Check(isEnvelope ? value.GetProperty("command").GetString()!["orchestrator-api.".Length..] : block.Subject, level, value);
            validated++;
        }

        await Assert.That(validated).IsGreaterThan(2);
    }

    [Test]
    public async Task The_lines_for_batch_are_calls()
    {
        var blocks = DocumentBlock.All.Where(static block => block.Language == "jsonl").ToArray();
        await Assert.That(blocks).IsNotEmpty();
        foreach (var block in blocks)
        {
            using var sandbox = await DocumentSandbox.CreateAsync();
            var mission = new Mission(sandbox, DocumentSandbox.Mission, DocumentSandbox.Mission, null!);
            (await mission.StartAsync("WP01")).Ok();

            var call = await sandbox.RunAsync(sandbox.Root, ["orchestrator-api", block.Subject], [], Encoding.UTF8.GetBytes(block.Text));

            string[] answers = call.StdoutText.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            await Assert.That(answers.Length).IsEqualTo(block.Text.Count(static c => c == '\n'));
            await Assert.That(call.ExitStatus).IsEqualTo(0).Because($"{block}: {call.StdoutText}");
        }
    }
}
