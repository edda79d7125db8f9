using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Core;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>What this executable does not know is handed over to the host it was put in front of, and never to itself (HOST §7.6).</summary>
public sealed class HandoverTests
{
    private const string Shell = "/bin/sh";

    [Test]
    public async Task An_unknown_first_word_goes_to_the_next_on_path_with_the_same_arguments()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "second", "printf '<%s>' \"$@\"; echo; pwd; exit 7");
        Script(sandbox, "third", "echo third");

        var call = await RunAsync(sandbox, Path(sandbox, "first", "second", "third"), "first", "agent", "config", "--x=1", "", "a b\n", "--help", "\U0001F431");

        await Assert.That(call.StdoutText).IsEqualTo($"<agent><config><--x=1><><a b\n><--help><\U0001F431>\n{sandbox.Root}\n");
        await Assert.That(call.StderrText).IsEqualTo("");
        await Assert.That(call.ExitStatus).IsEqualTo(7);
    }

    [Test]
    public async Task Arguments_that_are_not_utf8_and_descriptors_are_handed_over_by_exec_in_the_same_process()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "second", "echo $$ \"$SPEC_KITTY_SOMETHING\"; printf %s \"$2\" | od -An -tx1; cat <&5; cat");

        var result = await Spawn.RunAsync(
            Shell,
            ["-c", $"echo $$; echo five > ../five; exec 5< ../five; exec '{sandbox.Top}/first/spec-kitty' agent \"$(printf 'a\\377\\300b')\""],
            sandbox.Root,
            Environment(sandbox, Path(sandbox, "first", "second"), ("SPEC_KITTY_SOMETHING", "kept \U0001F431")),
            "stdin\n"u8.ToArray());

        var lines = result.StdoutText.Split('\n');
        await Assert.That(lines[1]).IsEqualTo($"{lines[0]} kept \U0001F431");
        await Assert.That(string.Join('\n', lines.Skip(2))).IsEqualTo(" 61 ff c0 62\nfive\nstdin\n");
    }

    [Test]
    public async Task The_fallback_is_preferred_to_path()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "second", "echo second");
        Script(sandbox, "other", "echo other \"$@\"");

        var call = await RunAsync(
            sandbox, Path(sandbox, "first", "second"), "first", ["dashboard"], ("SPEC_KITTY_FALLBACK", $"{sandbox.Top}/other/spec-kitty"));

        await Assert.That(call.StdoutText).IsEqualTo("other dashboard\n");
    }

    [Test]
    [Arguments("symbolic")]
    [Arguments("hard")]
    [Arguments("copy")]
    public async Task It_never_hands_over_to_itself(string kind)
    {
        using var sandbox = Sandbox.Empty();
        await CopyAsync(sandbox, "real");
        var twin = Directory.CreateDirectory($"{sandbox.Top}/twin").FullName + "/spec-kitty";
        var real = $"{sandbox.Top}/real/spec-kitty";
        switch (kind)
        {
            case "symbolic":
                File.CreateSymbolicLink(twin, real);
                break;
            case "hard":
                await Spawn.RunAsync("ln", [real, twin], sandbox.Top, sandbox.Environment);
                break;
            default:
                File.Copy(real, twin);
                break;
        }

        foreach (var path in new[] { Path(sandbox, "twin", "real"), Path(sandbox, "real", "twin"), Path(sandbox, "twin"), Path(sandbox, "real") })
        {
            foreach (var start in new[] { "twin", "real" })
            {
                await NothingThereAsync(await RunAsync(sandbox, path, start, "dashboard"));
            }
        }

        Script(sandbox, "host", "echo host");
        await Assert.That((await RunAsync(sandbox, Path(sandbox, "twin", "real", "host"), "twin", "dashboard")).StdoutText).IsEqualTo("host\n");
        await Assert.That((await RunAsync(sandbox, Path(sandbox, "twin", "real"), "twin", ["dashboard"], ("SPEC_KITTY_FALLBACK", twin))).ExitStatus).IsEqualTo(2);
    }

    [Test]
    [Arguments("exec ", false)]
    [Arguments("", false)]
    [Arguments("exec ", true)]
    [Arguments("", true)]
    public async Task A_wrapper_script_that_calls_back_is_not_called_for_ever(string how, bool isFallback)
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");

        // The script itself ends what would go on for ever, with a status that is none of ours.
        var script = $"echo x >> '{sandbox.Top}/count'; [ $(wc -l < '{sandbox.Top}/count') -gt 40 ] && exit 99; {how}'{sandbox.Top}/first/spec-kitty' \"$@\"";
        Script(sandbox, "wrapper", script);
        Directory.CreateDirectory($"{sandbox.Top}/nothing");
        string[] paths = isFallback
            ? [Path(sandbox, "nothing")]
            : [Path(sandbox, "wrapper"), Path(sandbox, "first", "wrapper"), Path(sandbox, "wrapper", "first")];

        foreach (var path in paths)
        {
            File.Delete($"{sandbox.Top}/count");
            (string, string)[] fallback = isFallback ? [("SPEC_KITTY_FALLBACK", $"{sandbox.Top}/wrapper/spec-kitty")] : [];
            await NothingThereAsync(await RunAsync(sandbox, path, "first", ["dashboard"], fallback));
        }
    }

    [Test]
    public async Task A_wrapper_script_that_calls_back_is_passed_over_for_the_host_behind_it()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "wrapper", $"exec '{sandbox.Top}/first/spec-kitty' \"$@\"");
        Script(sandbox, "host", "echo host \"$@\"");

        await Assert.That((await RunAsync(sandbox, Path(sandbox, "wrapper", "host"), "first", "dashboard")).StdoutText).IsEqualTo("host dashboard\n");
        await Assert.That((await RunAsync(sandbox, Path(sandbox, "first", "wrapper", "host"), "first", "dashboard")).StdoutText).IsEqualTo("host dashboard\n");
    }

    [Test]
    public async Task A_host_may_call_this_executable_for_other_words()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "host", "[ \"$1\" = outer ] && spec-kitty inner; echo \"host $1\"");

        await Assert.That((await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", "outer")).StdoutText).IsEqualTo("host inner\nhost outer\n");
    }

    [Test]
    public async Task What_is_no_executable_file_is_passed_over()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Directory.CreateDirectory($"{sandbox.Top}/directory/spec-kitty");
        Directory.CreateDirectory($"{sandbox.Top}/data");
        await File.WriteAllTextAsync($"{sandbox.Top}/data/spec-kitty", "#!/bin/sh\necho data\n");
        Script(sandbox, "host", "echo host");

        var call = await RunAsync(sandbox, Path(sandbox, "first", "directory", "data", "missing", "host"), "first", "dashboard");

        await Assert.That(call.StdoutText).IsEqualTo("host\n");
    }

    [Test]
    public async Task With_nothing_there_the_error_is_clear()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");

        var call = await RunAsync(sandbox, Path(sandbox, "first"), "first", "dashboard", "--all");
        await NothingThereAsync(call);
        await Assert.That(call.StderrText).Contains("'dashboard'").And.Contains("SPEC_KITTY_FALLBACK").And.Contains("orchestrator-api");

        await NothingThereAsync(await RunAsync(
            sandbox, Path(sandbox, "first"), "first", ["dashboard"], ("SPEC_KITTY_FALLBACK", $"{sandbox.Top}/missing")));
    }

    [Test]
    [Arguments("missing/spec-kitty")]
    [Arguments("first")]
    [Arguments("first/spec-kitty")]
    public async Task A_fallback_that_cannot_be_used_is_named_instead_of_being_called_unset(string place)
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "host", "echo host");
        var named = $"{sandbox.Top}/{place}";

        var call = await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", ["dashboard"], ("SPEC_KITTY_FALLBACK", named));
        var version = await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", ["--version"], ("SPEC_KITTY_FALLBACK", named));

        await NothingThereAsync(call);
        await Assert.That(call.StderrText).Contains($"SPEC_KITTY_FALLBACK names {named}");
        await Assert.That(version.StdoutText).Contains($"SPEC_KITTY_FALLBACK names {named}").And.DoesNotContain("unset");
    }

    [Test]
    public async Task What_cannot_be_run_is_named()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "host", "", interpreter: "/no/such/interpreter");

        var call = await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", "dashboard");

        await Assert.That(call.ExitStatus).IsEqualTo(2);
        await Assert.That(call.StderrText).Contains($"{sandbox.Top}/host/spec-kitty");
    }

    [Test]
    public async Task Version_says_what_it_is_and_where_it_would_hand_over()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "host", "echo host");

        var with = await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", "--version");
        var without = await RunAsync(sandbox, Path(sandbox, "first"), "first", "--version");

        await Assert.That(with.ExitStatus + without.ExitStatus).IsEqualTo(0);
        await Assert.That(with.StdoutText).Contains("SpecKitty.Aot").And.Contains("1.0.0, 1.1.0, 1.2.0, 1.3.0").And.Contains($"{sandbox.Top}/host/spec-kitty");
        await Assert.That(without.StdoutText).Contains("SpecKitty.Aot").And.Contains("no other spec-kitty");
    }

    [Test]
    public async Task The_contract_is_never_handed_over()
    {
        using var sandbox = Sandbox.Empty();
        await LinkAsync(sandbox, "first");
        Script(sandbox, "host", "echo host");

        (await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", "orchestrator-api", "contract-version")).Ok();
        (await RunAsync(sandbox, Path(sandbox, "first", "host"), "first", "orchestrator-api", "no-such-command")).IsUsageError();
    }

    private static async Task NothingThereAsync(Call call)
    {
        await Assert.That(call.ExitStatus).IsEqualTo(2);
        await Assert.That(call.StdoutText).IsEqualTo("");
        await Assert.That(call.StderrText).StartsWith("spec-kitty: ");
    }

    private static Task<Call> RunAsync(Sandbox sandbox, string path, string start, params string[] argv) => RunAsync(sandbox, path, start, argv, []);

    private static async Task<Call> RunAsync(Sandbox sandbox, string path, string start, string[] argv, params (string Name, string Value)[] variables) =>
        new(argv, await Spawn.RunAsync($"{sandbox.Top}/{start}/spec-kitty", argv, sandbox.Root, Environment(sandbox, path, variables)));

    private static Dictionary<string, string> Environment(Sandbox sandbox, string path, params (string Name, string Value)[] variables)
    {
        var environment = new Dictionary<string, string>(sandbox.Environment, StringComparer.Ordinal) { ["PATH"] = path };
        foreach (var (name, value) in variables)
        {
            environment[name] = value;
        }

        return environment;
    }

    /// <summary>A PATH of the sandbox's directories, with the one that has the shell's own tools last (where no other spec-kitty is).</summary>
    private static string Path(Sandbox sandbox, params string[] directories) => string.Join(':', directories.Select(name => $"{sandbox.Top}/{name}").Append("/usr/bin").Append("/bin"));

    private static async Task LinkAsync(Sandbox sandbox, string directory)
    {
        Directory.CreateDirectory($"{sandbox.Top}/{directory}");
        File.CreateSymbolicLink($"{sandbox.Top}/{directory}/spec-kitty", await PublishedExecutable.PathAsync());
    }

    private static async Task CopyAsync(Sandbox sandbox, string directory)
    {
        Directory.CreateDirectory($"{sandbox.Top}/{directory}");
        File.Copy(await PublishedExecutable.PathAsync(), $"{sandbox.Top}/{directory}/spec-kitty");
    }

    private static void Script(Sandbox sandbox, string directory, string text, string interpreter = Shell)
    {
        var file = Directory.CreateDirectory($"{sandbox.Top}/{directory}").FullName + "/spec-kitty";
        File.WriteAllText(file, $"#!{interpreter}\n{text}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
