using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Git;

internal sealed class GitRefsTests
{
    [Test]
    public async Task Loose_packed_and_symbolic_refs_are_read_without_git()
    {
        using var repository = new ScratchRepository();
        string first = repository.Commit("one");
        repository.Git("branch", "packed/deep");
        repository.Git("branch", "moved");
        repository.Git("tag", "-a", "-m", "t", "v1");
        repository.Git("pack-refs", "--all");
        string second = repository.Commit("two");
        repository.Git("branch", "-f", "moved");
        repository.Git("symbolic-ref", "refs/heads/alias", "refs/heads/moved");
        using var git = repository.Runner();
        int before = ChildProcess.Started;
        await Assert.That(Find(repository, git, "packed/deep")).IsEqualTo(first);
        await Assert.That(Find(repository, git, "moved")).IsEqualTo(second);
        await Assert.That(Find(repository, git, "main")).IsEqualTo(second);
        await Assert.That(Find(repository, git, "alias")).IsEqualTo(second);
        await Assert.That(Find(repository, git, "packed")).IsNull();
        await Assert.That(Find(repository, git, "deep")).IsNull();
        await Assert.That(Find(repository, git, "nothing")).IsNull();
        await Assert.That(ChildProcess.Started).IsEqualTo(before);
    }

    [Test]
    public async Task What_is_no_plain_ref_is_asked_of_git()
    {
        using var repository = new ScratchRepository();
        string id = repository.Commit();
        Directory.CreateDirectory(repository.Top + "/elsewhere");
        File.WriteAllText(repository.Top + "/elsewhere/x", id + "\n");
        File.CreateSymbolicLink(repository[".git/refs/heads/linked"], repository.Top + "/elsewhere/x");
        using var git = repository.Runner();
        await Assert.That(Find(repository, git, "linked")).IsEqualTo(id);
    }

    [Test]
    public async Task Heads_of_all_checkouts_are_told()
    {
        using var repository = new ScratchRepository();
        await Assert.That(List(repository)[0].Head).IsEqualTo(new GitHead("main", null));
        string id = repository.Commit();
        repository.Git("worktree", "add", "-q", "-b", "feature/x", repository.Top + "/one");
        repository.Git("worktree", "add", "-q", "--detach", repository.Top + "/two");
        repository.Git("worktree", "add", "-q", "-b", "gone", repository.Top + "/three");
        repository.Git("worktree", "lock", repository.Top + "/two");
        Directory.Delete(repository.Top + "/three", recursive: true);
        var worktrees = List(repository);
        await Assert.That(worktrees.ToArray().Select(static w => (w.Path, w.Head, w.IsMain, w.IsLocked))).IsEquivalentTo(new List<(string, GitHead, bool, bool)>
        {
            (repository.Root, new GitHead("main", null), true, false),
            (repository.Top + "/one", new GitHead("feature/x", null), false, false),
            (repository.Top + "/two", new GitHead(null, id), false, true),
        }, CollectionOrdering.Matching);
    }

    [Test]
    public async Task Unfinished_operations_are_seen()
    {
        using var repository = new ScratchRepository();
        repository.Write("f", "1\n");
        repository.Commit();
        repository.Git("checkout", "-q", "-b", "side");
        repository.Write("f", "2\n");
        repository.Commit();
        repository.Git("checkout", "-q", "main");
        repository.Write("f", "3\n");
        repository.Commit();
        repository.TryGitIn(repository.Root, "merge", "side");
        await Assert.That(List(repository)[0].HasOperation).IsTrue();
        repository.Git("merge", "--abort");
        await Assert.That(List(repository)[0].HasOperation).IsFalse();
        repository.TryGitIn(repository.Root, "rebase", "side");
        var rebasing = List(repository)[0];
        await Assert.That(rebasing.Head.Branch).IsNull();
        await Assert.That(rebasing.BusyBranch).IsEqualTo("main");
    }

    private static Items<GitWorktree> List(ScratchRepository repository)
    {
        using var git = repository.Runner();
        string common = repository[".git"];
        return GitWorktrees.List(common, repository.Root, new GitRefs(common, git)).Try(out var worktrees, out var failure) ? worktrees : throw new InvalidOperationException(failure.Message);
    }

    private static string? Find(ScratchRepository repository, GitRunner git, string branch)
    {
        var found = new GitRefs(repository[".git"], git).Find(RefNames.OfBranch(branch));
        found.Try(out string? id, out var failure);
        return failure is null ? id : throw new InvalidOperationException(failure.Message);
    }
}
