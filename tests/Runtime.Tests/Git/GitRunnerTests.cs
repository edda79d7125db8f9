using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Git;

internal sealed class GitRunnerTests
{
    [Test]
    public async Task Output_status_and_error_text_come_back()
    {
        using var repository = new ScratchRepository();
        using var runner = repository.Runner();
        var branch = Run(runner, "symbolic-ref", "HEAD");
        await Assert.That(branch.IsSuccess).IsTrue();
        await Assert.That(branch.Text).IsEqualTo("refs/heads/main");
        var bad = Run(runner, "rev-parse", "--verify", "nothing");
        await Assert.That(bad.ExitStatus).IsEqualTo(128);
        await Assert.That(bad.ToFailure().Code).IsEqualTo(ErrorCode.GitFailed);
        await Assert.That(bad.ToFailure().Message).IsEqualTo("git rev-parse failed with status 128: fatal: Needed a single revision");
    }

    [Test]
    public async Task Large_input_and_output_do_not_block_each_other()
    {
        using var repository = new ScratchRepository();
        string oid = Fixture(repository);
        var requests = new StringBuilder();
        for (int i = 0; i < 20_000; i++)
        {
            requests.Append(oid).Append('\n');
        }

        using var runner = repository.Runner();
        runner.Run(new GitOptions { Input = Encoding.ASCII.GetBytes(requests.ToString()) }, "cat-file", "--batch-check").Try(out var outcome, out _);
        await Assert.That(outcome!.IsSuccess).IsTrue();
        await Assert.That(outcome.Output.Count((byte)'\n')).IsEqualTo(20_000);
    }

    [Test]
    public async Task A_conversation_goes_line_by_line()
    {
        using var repository = new ScratchRepository();
        string oid = Fixture(repository);
        using var runner = repository.Runner();
        runner.Start(new GitOptions { KeepInputOpen = true }, "cat-file", "--batch").Try(out var git, out _);
        using (git)
        {
            for (int i = 0; i < 50; i++)
            {
                git!.Write(Encoding.ASCII.GetBytes(oid + "\n"));
                git.ReadLine().Try(out string? header, out _);
                await Assert.That(header).IsEqualTo(oid + " blob 5");
                git.ReadBytes(6).Try(out byte[]? content, out _);
                await Assert.That(Encoding.ASCII.GetString(content!)).IsEqualTo("text\n\n");
            }

            git!.Finish().Try(out var outcome, out _);
            await Assert.That(outcome!.IsSuccess).IsTrue();
        }
    }

    [Test]
    public async Task A_conversation_with_one_that_gave_up_is_a_failure_with_its_words()
    {
        using var repository = new ScratchRepository(initialize: false);
        using var runner = repository.Runner();
        runner.Start(new GitOptions { KeepInputOpen = true }, "cat-file", "--batch").Try(out var git, out _);
        using (git)
        {
            git!.Write("HEAD\n"u8);
            git.ReadLine().Try(out _, out var failure);
            await Assert.That(failure!.Code).IsEqualTo(ErrorCode.GitFailed);
            await Assert.That(failure.Message).Contains("not a git repository");
        }
    }

    [Test]
    public async Task What_redirects_git_is_taken_out_and_the_rest_stays()
    {
        using var repository = new ScratchRepository();
        using var runner = repository.Runner(
            60_000, "GIT_DIR=/nowhere", "GIT_INDEX_FILE=/nowhere/index", "GIT_WORK_TREE=/", "GIT_CONFIG_COUNT=1", "GIT_CONFIG_KEY_0=alias.spy", "GIT_CONFIG_VALUE_0=!echo spied",
            "GIT_AUTHOR_NAME=Somebody", "GIT_AUTHOR_EMAIL=s@example.invalid", "LC_ALL=fi_FI.UTF-8", "GIT_CONFIG_PARAMETERS='alias.spy'='!echo spied'", "GIT_NAMESPACE=n");
        await Assert.That(Run(runner, "rev-parse", "--show-toplevel").Text).IsEqualTo(Path.GetFullPath(repository.Root));
        await Assert.That(Run(runner, "spy").IsSuccess).IsFalse();
        await Assert.That(Run(runner, "var", "GIT_AUTHOR_IDENT").Text).StartsWith("Somebody <s@example.invalid>");
        await Assert.That(Run(runner, "config", "--get", "core.fsync").Text).IsEqualTo("committed");
        runner.Run("-c", "alias.show=!env", "show").Try(out _, out _);
        string environment = Run(runner, "-c", "alias.show-env=!env", "show-env").Text;
        await Assert.That(environment).Contains("GIT_TERMINAL_PROMPT=0").And.Contains("LC_ALL=C\n").And.DoesNotContain("fi_FI").And.DoesNotContain("/nowhere");
        runner.Run(new GitOptions { RunsHooks = true }, "-c", "alias.show-env=!env", "show-env").Try(out var localized, out _);
        await Assert.That(localized!.Text).Contains("LC_ALL=fi_FI.UTF-8");
    }

    [Test]
    public async Task The_deadline_ends_the_whole_group_even_one_that_ignores_sigterm()
    {
        using var repository = new ScratchRepository();
        string pidFile = repository["pids"];
        using var runner = repository.Runner(400);
        long before = Clock.MonotonicMilliseconds();
        runner.Run("-c", $"alias.hang=!trap '' TERM; echo $$ >> {pidFile}; sleep 60 & echo $! >> {pidFile}; wait; sleep 60", "hang").Try(out _, out var failure);
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.DeadlineExceeded);
        await Assert.That(Clock.MonotonicMilliseconds() - before).IsLessThan(10_000);
        foreach (string pid in File.ReadAllLines(pidFile))
        {
            // Killed, and at most waiting for its new parent to notice. The kernel takes its time over the dying.
            await Assert.That(() => ScratchRepository.IsDead(pid)).Eventually(static dead => dead.IsTrue(), TimeSpan.FromSeconds(10));
        }
    }

    [Test]
    public async Task A_git_that_git_had_started_was_killed_as_it_removed_its_locks()
    {
        using var repository = new ScratchRepository();
        using var runner = repository.Runner(3_000);
        string held = repository["held"];

        runner.Run("-c", $"alias.hang=!(trap 'sleep 0.3; mv {held}.lock {held}.removed; exit' TERM; : > {held}.lock; while :; do sleep 0.05; done) & wait", "hang").Try(out _, out var failure);

        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.DeadlineExceeded);
        await Assert.That(File.Exists(held + ".removed")).IsTrue();
    }

    [Test]
    public async Task Something_left_running_does_not_hold_up_the_answer()
    {
        using var repository = new ScratchRepository();
        using var runner = repository.Runner();
        long before = Clock.MonotonicMilliseconds();
        var outcome = Run(runner, "-c", "alias.leave=!sleep 20 & echo $!", "leave");
        await Assert.That(outcome.IsSuccess).IsTrue();
        await Assert.That(Clock.MonotonicMilliseconds() - before).IsLessThan(15_000);
        using var left = Process.GetProcessById(int.Parse(outcome.Text, System.Globalization.CultureInfo.InvariantCulture));
        left.Kill();
    }

    [Test]
    public async Task Death_by_a_signal_is_told()
    {
        using var repository = new ScratchRepository();
        using var runner = repository.Runner();
        var outcome = Run(runner, "-c", "alias.die=!kill -9 $PPID; sleep 5", "die");
        await Assert.That(outcome.IsSuccess).IsFalse();
        await Assert.That(outcome.Signal).IsEqualTo(9);
        await Assert.That(outcome.Describe()).Contains("signal 9");
    }

    [Test]
    public async Task No_git_on_path_is_named_with_the_remedy()
    {
        using var repository = new ScratchRepository();
        using var environment = new GitEnvironment(Encoding.UTF8.GetBytes($"PATH=.:relative::{repository.Top}\0"));
        GitRunner.Create(repository.Root, new Deadline(1000), environment).Try(out _, out var failure);
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.GitNotFound);
        await Assert.That(failure.Message).Contains("2.38");
    }

    [Test]
    [NotInParallel]
    public async Task No_descriptor_leaks()
    {
        using var repository = new ScratchRepository();
        using var runner = repository.Runner();
        Run(runner, "version");
        int before = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        for (int i = 0; i < 40; i++)
        {
            Run(runner, "version");
        }

        // Alone in the process, and yet the test host opens some of its own; forty commands with four descriptors each would show.
        await Assert.That(Directory.GetFileSystemEntries("/proc/self/fd").Length - before).IsLessThan(60);
    }

    [Test]
    [Arguments("git version 2.39.5", 2, 39, true)]
    [Arguments("git version 2.38.0.windows.1\n", 2, 38, true)]
    [Arguments("git version 2.37.9", 2, 37, false)]
    [Arguments("git version 3.0.0-rc1", 3, 0, true)]
    [Arguments("git version 10.2", 10, 2, true)]
    public async Task Versions_are_read(string answer, int major, int minor, bool supported)
    {
        await Assert.That(GitVersion.TryParse(answer, out var version)).IsTrue();
        await Assert.That(version).IsEqualTo(new GitVersion(major, minor));
        await Assert.That(version.IsSupported).IsEqualTo(supported);
    }

    [Test]
    [Arguments("")]
    [Arguments("git version")]
    [Arguments("git version x.y")]
    [Arguments("git version 2")]
    public async Task What_is_no_version_is_none(string answer) => await Assert.That(GitVersion.TryParse(answer, out _)).IsFalse();

    private static GitOutcome Run(GitRunner runner, params string[] arguments) =>
        runner.Run(arguments).Try(out var outcome, out var failure) ? outcome : throw new InvalidOperationException(failure.Message);

    private static string Fixture(ScratchRepository repository)
    {
        repository.Write("f", "text\n");
        repository.Commit();
        return repository.Git("rev-parse", "HEAD:f").Trim();
    }
}
