using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Git;

internal sealed class CommitGraphTests
{
    [Test]
    [Arguments(1, true)]
    [Arguments(2, true)]
    [Arguments(3, false)]
    public async Task Merge_bases_are_those_of_git(int seed, bool clocksAreRight)
    {
        var random = new Random(seed);
        using var repository = new ScratchRepository();
        var import = new FastImport();
        var files = new Dictionary<string, string> { ["a"] = "a" };
        for (int i = 0; i < 60; i++)
        {
            var parents = new List<int>();
            for (int p = random.Next(4) == 0 ? 2 : 1; p > 0 && i > 0 && random.Next(20) > 0; p--)
            {
                int parent = 1 + random.Next(Math.Max(0, i - 8), i);
                if (!parents.Contains(parent))
                {
                    parents.Add(parent);
                }
            }

            import.Commit(files, parents, 1_700_000_000 + (clocksAreRight ? i / 3 : random.Next(100)));
        }

        string[] ids = import.Run(repository);
        using var git = repository.Runner();
        ObjectReader.Start(git).Try(out var objects, out _);
        using (objects)
        {
            for (int i = 0; i < 150; i++)
            {
                string a = ids[1 + random.Next(60)], b = ids[1 + random.Next(60)];
                var graph = new CommitGraph(objects!, git, isShallow: false);
                graph.MergeBases(a, b).Try(out var bases, out var failure);
                await Assert.That(failure).IsNull();
                string[] expected = repository.TryGitIn(repository.Root, "merge-base", "--all", a, b).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
                await Assert.That(bases!).IsEquivalentTo(expected, CollectionOrdering.Matching);
                graph.IsAncestor(a, b).Try(out bool isAncestor, out _);
                await Assert.That(isAncestor).IsEqualTo(repository.TryGitIn(repository.Root, "merge-base", "--is-ancestor", a, b).Status == 0);
            }
        }
    }

    [Test]
    public async Task A_shallow_history_is_left_to_git()
    {
        using var repository = new ScratchRepository();
        for (int i = 0; i < 4; i++)
        {
            repository.Commit("c" + i);
        }

        repository.GitIn(repository.Top, "clone", "-q", "--depth", "2", "--no-local", "file://" + repository.Root, "shallow");
        string shallow = repository.Top + "/shallow";
        string[] ids = repository.GitIn(shallow, "rev-list", "HEAD").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        GitRunner.Create(shallow, new SpecKitty.Platform.Deadline(60_000), repository.Environment()).Try(out var git, out _);
        using (git)
        {
            ObjectReader.Start(git!).Try(out var objects, out _);
            using (objects)
            {
                new CommitGraph(objects!, git!, isShallow: true).MergeBases(ids[0], ids[1]).Try(out var bases, out var failure);
                await Assert.That(failure).IsNull();
                await Assert.That(bases!).IsEquivalentTo((string[])[ids[1]], CollectionOrdering.Matching);
            }
        }
    }
}
