using System;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Git;
using SpecKitty.Merge;
using SpecKitty.Runtime.Tests.Git;

namespace SpecKitty.Runtime.Tests.Merge;

internal sealed class WorktreeChecksTests
{
    /// <summary>A merge that is refused for another reason does not wait for a file system monitor that hangs, and leaves none of it behind.</summary>
    [Test]
    public async Task What_still_looks_when_a_merge_is_given_up_is_ended()
    {
        using var repository = new ScratchRepository();
        repository.Commit();
        string monitor = Path.Combine(repository.Top, "monitor"), mark = Path.Combine(repository.Top, "pid");
        File.WriteAllText(monitor, $"#!/bin/sh\necho $$ >'{mark}.new' && mv '{mark}.new' '{mark}'\nexec sleep 60\n");
        File.SetUnixFileMode(monitor, (UnixFileMode)0b111_101_101);
        repository.Git("config", "core.fsmonitor", monitor);
        using var git = repository.Runner();
        var job = new MergeJob
        {
            Mission = "x", Root = repository.Root, CommonDirectory = repository[".git"], MissionPath = "kitty-specs/x", MissionBranch = "m", StatusBranch = null, Target = "main",
            Strategy = MergeStrategy.Merge, Lanes = [], Scratch = repository[".git/scratch"], LockDescriptor = 0,
        };
        using var merge = MergeRepository.Open(job, git).Try(out var opened, out var failure) ? opened : throw new InvalidOperationException(failure.Message);
        var checkout = new GitWorktree { Path = repository.Root, GitDirectory = repository[".git"], Head = default, IsMain = true };
        using (var checks = new WorktreeChecks())
        {
            await Assert.That(checks.Start(merge, checkout, withUntracked: false)).IsNull();
            await Assert.That(() => File.Exists(mark)).Eventually(static isThere => isThere.IsTrue(), TimeSpan.FromSeconds(30));
        }

        string pid = (await File.ReadAllTextAsync(mark)).Trim();
        await Assert.That(() => ScratchRepository.IsDead(pid)).Eventually(static isDead => isDead.IsTrue(), TimeSpan.FromSeconds(30));
    }
}
