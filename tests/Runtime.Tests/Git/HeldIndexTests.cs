using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Git;

/// <summary>The lock on an index that is told apart from git's own, and the one rename by which the index changes.</summary>
public sealed class HeldIndexTests
{
    [Test]
    public async Task Git_finds_the_index_locked_and_as_it_was_when_it_is_let_go()
    {
        using var repository = new ScratchRepository();
        repository.Write("a", "a\n");
        repository.Commit();
        byte[] before = File.ReadAllBytes(repository[".git/index"]);
        repository.Write("a", "b\n");
        using (Take(repository))
        {
            await Assert.That(repository.TryGitIn(repository.Root, "add", "a").Error).Contains("index.lock");
        }

        await Assert.That(File.ReadAllBytes(repository[".git/index"])).IsEquivalentTo(before, CollectionOrdering.Matching);
        await Assert.That(Directory.GetFiles(repository[".git"], "*spec-kitty*")).IsEmpty();
        repository.Git("add", "a");
    }

    [Test]
    public async Task What_is_done_with_the_copy_counts_when_it_is_committed()
    {
        using var repository = new ScratchRepository();
        repository.Write("a", "a\n");
        repository.Commit();
        repository.Write("b", "b\n");
        using var held = Take(repository);
        using var git = repository.Runner();
        git.Run(new GitOptions { IndexFile = held.CopyPath }, "add", "b").Try(out var outcome, out _);
        await Assert.That(outcome!.IsSuccess).IsTrue();
        await Assert.That(repository.Git("diff", "--cached", "--name-only")).IsEqualTo("");

        await Assert.That(held.Commit()).IsNull();

        await Assert.That(repository.Git("diff", "--cached", "--name-only")).IsEqualTo("b\n");
        await Assert.That(Directory.GetFiles(repository[".git"], "*.lock")).IsEmpty();
    }

    [Test]
    public async Task The_lock_of_a_killed_merge_is_taken_over_and_anothers_is_not()
    {
        using var repository = new ScratchRepository();
        repository.Write("a", "a\n");
        repository.Commit();
        Take(repository).Abandon();
        await Assert.That(File.Exists(repository[".git/index.lock"])).IsTrue();
        Take(repository).Dispose();
        await Assert.That(File.Exists(repository[".git/index.lock"])).IsFalse();

        File.WriteAllText(repository[".git/index.lock"], "");
        await Assert.That(HeldIndex.WaitFree(repository[".git"], 0, new Deadline(60_000))).IsFalse();
        HeldIndex.Clear(repository[".git"]);
        await Assert.That(File.Exists(repository[".git/index.lock"])).IsTrue();
        HeldIndex.Take(repository[".git"], new Deadline(1)).Try(out _, out var failure);
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.LockTimeout);
        await Assert.That(Directory.GetFiles(repository[".git"], "spec-kitty*")).IsEmpty();
    }

    private static HeldIndex Take(ScratchRepository repository) =>
        HeldIndex.Take(repository[".git"], new Deadline(60_000)).Try(out var held, out var failure) ? held : throw new IOException(failure.Message);
}
