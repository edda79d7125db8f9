using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Calls as one text: argv, exit status, both streams, and what changed on disk; scrubbed, for a snapshot.</summary>
internal sealed class Transcript
{
    private const string Nothing = "  (nothing)\n";
    private readonly Sandbox _sandbox;
    private readonly StringBuilder _text = new();
    private readonly List<string> _jsons = [];

    internal Transcript(Sandbox sandbox) => _sandbox = sandbox;

    /// <summary>The scrubbed text of everything recorded so far.</summary>
    internal string Text
    {
        get
        {
            var scrubber = new Scrubber(_sandbox.Top, _sandbox.Root, _sandbox.Known);
            _jsons.ForEach(scrubber.Learn);
            return scrubber.Scrub(_text.ToString());
        }
    }

    /// <summary>Calls <c>spec-kitty orchestrator-api …</c> in the project, checks the envelope, and records it all.</summary>
    internal Task<Call> ApiAsync(params string[] argv) => ApiWithAsync([], argv);

    internal async Task<Call> ApiWithAsync((string Name, string Value)[] variables, params string[] argv)
    {
        var call = await RecordAsync(variables, ["orchestrator-api", .. argv]);
        _ = call.Envelope;
        return call;
    }

    /// <summary>Calls the executable and records it, whatever it answers.</summary>
    internal Task<Call> RunAsync(params string[] argv) => RecordAsync([], argv);

    private async Task<Call> RecordAsync((string Name, string Value)[] variables, string[] argv)
    {
        var before = _sandbox.Tree();
        var call = await _sandbox.RunAsync(_sandbox.Root, argv, variables);
        Add(call, variables, before);
        return call;
    }

    /// <summary>Records a call that was made by other means.</summary>
    /// <param name="call">The call, ended.</param>
    /// <param name="variables">What was added to its environment.</param>
    /// <param name="before">The sandbox as it was before.</param>
    internal void Add(Call call, (string Name, string Value)[] variables, FileTree before)
    {
        var after = _sandbox.Tree();
        _text.Append(_text.Length == 0 ? "" : "\n").Append('$');
        foreach (var (name, value) in variables)
        {
            _text.Append(' ').Append(name).Append('=').Append(Quoted(value));
        }

        _text.Append(" spec-kitty");
        foreach (var argument in call.Argv)
        {
            _text.Append(' ').Append(argument == Policy.Valid ? "{policy}" : Quoted(argument));
        }

        _text.Append(CultureInfo.InvariantCulture, $"\nstatus {call.ExitStatus}\nstdout\n");
        AppendLines("  ", call.StdoutText);
        _text.Append("stderr\n");
        AppendLines("  ", call.StderrText);
        _text.Append("disk\n");
        _jsons.Add(call.StdoutText);
        AppendChanges(before, after);
    }

    private void AppendChanges(FileTree before, FileTree after)
    {
        var changes = Array.FindAll(after.ChangesSince(before), change => IsShown(change[2..]));
        if (changes.Length == 0)
        {
            _text.Append(Nothing);
        }

        foreach (var change in changes)
        {
            var path = change[2..];
            _text.Append("  ").Append(change).Append('\n');
            var was = before.Entries.GetValueOrDefault(path, "");
            var now = after.Entries.GetValueOrDefault(path, "");
            if (now.StartsWith(was, StringComparison.Ordinal))
            {
                Learn(path, now[was.Length..]);
                AppendIfAny("    + ", now[was.Length..]);
            }
            else
            {
                Learn(path, now);
                _text.Append(LineDifference.Between(was, now, "    "));
            }
        }
    }

    /// <summary>Of git's own files only what a user would notice: what the rest is like hangs on git's version.</summary>
    private static bool IsShown(string path)
    {
        const string Git = "project/.git/";
        const string Worktrees = "project/.worktrees/";
        if (path.StartsWith(Worktrees, StringComparison.Ordinal))
        {
            // A new worktree is known by its name; what is written into it beyond the branch's files are status files.
            return path.AsSpan(Worktrees.Length).Count('/') < 2 || path.Contains("/status.", StringComparison.Ordinal);
        }

        return !path.StartsWith(Git, StringComparison.Ordinal)
            || path.AsSpan(Git.Length) is var inner
            && (inner.SequenceEqual("HEAD") || inner.SequenceEqual("config") || inner.StartsWith("refs/") || inner.StartsWith("spec-kitty")
                || (inner.StartsWith("worktrees/") && inner.EndsWith("/") && inner.Count('/') == 2));
    }

    private void Learn(string path, string text)
    {
        if (path.EndsWith(".jsonl", StringComparison.Ordinal))
        {
            _jsons.AddRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
        else
        {
            _jsons.Add(text);
        }
    }

    private void AppendIfAny(string mark, string text)
    {
        if (text.Length > 0)
        {
            AppendLines(mark, text);
        }
    }

    private void AppendLines(string mark, string text)
    {
        if (text.Length == 0)
        {
            _text.Append(Nothing);
            return;
        }

        var whole = text.EndsWith('\n');
        foreach (var line in (whole ? text[..^1] : text).Split('\n'))
        {
            _text.Append(mark).Append(line).Append('\n');
        }

        if (!whole)
        {
            _text.Append(mark).Append("(no line feed at the end)\n");
        }
    }

    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(c => char.IsAsciiLetterOrDigit(c) || "-_./=:".Contains(c, StringComparison.Ordinal))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
