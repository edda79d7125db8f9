using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Completions in the real shells, and the man page in the real formatters. PowerShell cannot be had here: its script is only looked at.</summary>
public sealed class CompletionTests
{
    [Test]
    [Arguments("orchestrator-api|tr", "transition")]
    [Arguments("orchestrator-api|transition|--to|in_", "in_progress in_review")]
    [Arguments("orchestrator-api|merge-mission|--str", "--strategy")]
    [Arguments("orchestrator-api|merge-mission|--mission|x|--strategy|", "merge rebase squash")]
    [Arguments("contract|", "diff --help")]
    [Arguments("explain|LOCK", "LOCK_TIMEOUT")]
    [Arguments("schema|--level|1.2", "1.2.0")]
    public async Task Bash(string words, string expected)
    {
        string array = string.Join(' ', words.Split('|').Select(word => $"'{word}'"));
        string script = $"eval \"$(\"$1\" completions bash)\"; COMP_WORDS=(spec-kitty {array}); COMP_CWORD={words.Split('|').Length}; _spec_kitty; echo \"${{COMPREPLY[*]}}\"";

        await Assert.That(await ShellAsync("bash", "--norc", "-c", script, "bash")).IsEqualTo(expected + "\n");
    }

    [Test]
    [Arguments("orchestrator-api tr", "transition")]
    [Arguments("orchestrator-api transition --to in_", "in_progress in_review")]
    [Arguments("orchestrator-api merge-mission --str", "--strategy")]
    [Arguments("explain LOCK", "LOCK_TIMEOUT")]
    [Arguments("contract d", "diff")]
    public async Task Fish(string line, string expected)
    {
        string script = $"$argv[1] completions fish | source; complete -C 'spec-kitty {line}' | string replace -r '\\t.*' ''";

        await Assert.That((await ShellAsync("fish", "--no-config", "-c", script)).Trim().Replace('\n', ' ')).IsEqualTo(expected);
    }

    [Test]
    [Arguments("orch\ttransi\t--to for_\t", "orchestrator-api transition --to for_review")]
    [Arguments("contract d\t", "contract diff")]
    [Arguments("explain LOCK\t", "explain LOCK_TIMEOUT")]
    public async Task Zsh(string keys, string expected)
    {
        // A second zsh on a terminal of its own, in which keys are pressed; the command is a function there that says what it was called with.
        string script = $$"""
            zmodload zsh/zpty
            zpty inner "zsh -f -i"
            zpty -w inner "PS1=; unsetopt zle_bracketed_paste prompt_sp; autoload -U compinit; compinit -u -D; source <('$1' completions zsh); spec-kitty() { print -r -- GOT:\$*:END }; print RE''ADY"
            zpty -r inner line '*READY*'
            zpty -w -n inner $'spec-kitty {{keys.Replace("\t", "\\t", StringComparison.Ordinal)}}\n'
            zpty -r inner line '*GOT:*:END*'
            print -r -- ${${line#*GOT:}%%:END*}
            zpty -d inner
            """;

        await Assert.That((await ShellAsync("zsh", "-f", "-c", script, "zsh")).Trim()).IsEqualTo(expected);
    }

    [Test]
    public async Task Powershell_has_every_command_and_balanced_brackets()
    {
        using var sandbox = Sandbox.Empty();
        string script = (await sandbox.RunAsync(sandbox.Root, ["completions", "powershell"], [])).StdoutText;
        string code = string.Concat(script.Split('\'').Where((_, index) => index % 2 == 0));

        await Assert.That(CommandCatalogue.All.Where(command => !script.Contains($"'/orchestrator-api/{command.Name}'", StringComparison.Ordinal))).IsEmpty();
        foreach (var (open, close) in new[] { ('{', '}'), ('(', ')'), ('[', ']') })
        {
            await Assert.That(code.Count(letter => letter == open)).IsEqualTo(code.Count(letter => letter == close));
        }
    }

    [Test]
    public async Task The_man_page_is_formatted_without_a_warning()
    {
        using var sandbox = Sandbox.Empty();
        string page = Path.Combine(sandbox.Top, "spec-kitty.1");
        await File.WriteAllBytesAsync(page, (await sandbox.RunAsync(sandbox.Root, ["man"], [])).Stdout);

        var groff = await Spawn.RunAsync("groff", ["-man", "-Tutf8", "-ww", "-z", page], sandbox.Top, sandbox.Environment);
        var man = await Spawn.RunAsync("man", ["--warnings", "-l", page], sandbox.Top, sandbox.Environment);
        var mandoc = await Spawn.RunAsync("mandoc", ["-man", "-T", "lint", "-W", "warning", page], sandbox.Top, sandbox.Environment);

        await Assert.That((groff.ExitStatus, groff.StderrText)).IsEqualTo((0, ""));
        await Assert.That((man.ExitStatus, man.StderrText)).IsEqualTo((0, ""));
        // A date would make two builds of the same source differ; mandoc misses it.
        await Assert.That(mandoc.StdoutText.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.Contains("missing date", StringComparison.Ordinal))).IsEmpty();
        await Assert.That(CommandCatalogue.All.Where(command => !man.StdoutText.Contains(command.Name, StringComparison.Ordinal))).IsEmpty();
        await Assert.That(man.StdoutText).Contains("SPEC_KITTY_CONTRACT");
    }

    /// <summary>What a shell prints; the executable is its last argument.</summary>
    private static async Task<string> ShellAsync(string shell, params string[] arguments)
    {
        using var sandbox = Sandbox.Empty();
        var result = await Spawn.RunAsync(shell, [.. arguments, await PublishedExecutable.PathAsync()], sandbox.Top, sandbox.Environment);
        await Assert.That(result.StderrText).IsEqualTo("");
        return result.StdoutText;
    }
}
