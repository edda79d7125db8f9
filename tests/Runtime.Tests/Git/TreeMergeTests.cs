using System;
using System.Collections.Generic;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Git;

/// <summary>git merge-tree is the oracle: where the quick merge answers at all, it answers the same.</summary>
internal sealed class TreeMergeTests
{
    private static readonly string[] Paths = ["a", "b", "c", "d/a", "d/b", "d/e/a", "d/e/b", "e/a", "e/b", "f/x/y/z", "g"];

    [Test]
    [Arguments(1)]
    [Arguments(2)]
    [Arguments(3)]
    public async Task What_it_answers_is_what_git_answers(int seed)
    {
        var random = new Random(seed);
        using var repository = new ScratchRepository();
        var import = new FastImport();
        var cases = new List<(int Base, int Ours, int Theirs)>();
        for (int i = 0; i < 120; i++)
        {
            var files = RandomFiles(random);
            int root = import.Commit(files, []);
            cases.Add((root, import.Commit(Change(files, random), [root]), import.Commit(Change(files, random), [root])));
        }

        string[] ids = import.Run(repository);
        using var git = repository.Runner();
        using var objects = Started(git);
        using var trees = new TreeStore(git, objects);
        int quick = 0, conflicts = 0;
        foreach (var (root, ours, theirs) in cases)
        {
            string? merged = Must(TreeMerge.TryMerge(trees, Tree(objects, ids[root]), Tree(objects, ids[ours])!, Tree(objects, ids[theirs])!, static (_, _, _, _) => null));
            var (status, output, _) = repository.TryGitIn(repository.Root, "merge-tree", "--write-tree", "--no-messages", ids[ours], ids[theirs]);
            conflicts += status == 1 ? 1 : 0;
            if (merged is not null)
            {
                quick++;
                await Assert.That(status).IsEqualTo(0);
                await Assert.That(merged).IsEqualTo(output.Trim());
            }
        }

        // The comparison is worth something only if both ways are taken.
        await Assert.That(quick).IsGreaterThan(20);
        await Assert.That(conflicts).IsGreaterThan(5);
    }

    [Test]
    public async Task A_path_that_changed_on_both_sides_can_be_settled_by_its_own_rule()
    {
        using var repository = new ScratchRepository();
        var import = new FastImport();
        int root = import.Commit(new Dictionary<string, string> { ["d/log"] = "1", ["x"] = "x" }, []);
        int ours = import.Commit(new Dictionary<string, string> { ["d/log"] = "12", ["x"] = "x", ["a"] = "a" }, [root]);
        int theirs = import.Commit(new Dictionary<string, string> { ["d/log"] = "13", ["x"] = "x", ["b"] = "b" }, [root]);
        string[] ids = import.Run(repository);
        using var git = repository.Runner();
        using var objects = Started(git);
        using var trees = new TreeStore(git, objects);
        string settledPath = "";
        string? merged = Must(TreeMerge.TryMerge(trees, Tree(objects, ids[root]), Tree(objects, ids[ours])!, Tree(objects, ids[theirs])!, (path, _, our, _) =>
        {
            settledPath = path;
            return (Result<TreeEntry?>)our;
        }));
        await Assert.That(settledPath).IsEqualTo("d/log");
        await Assert.That(repository.Git("ls-tree", "-r", "--name-only", merged!).Split('\n', StringSplitOptions.RemoveEmptyEntries)).IsEquivalentTo((string[])["a", "b", "d/log", "x"], CollectionOrdering.Matching);
        await Assert.That(repository.Git("show", merged + ":d/log")).IsEqualTo("12");
    }

    [Test]
    public async Task Edits_and_differences_agree_with_git()
    {
        var random = new Random(4);
        using var repository = new ScratchRepository();
        var import = new FastImport();
        var pairs = new List<(int Before, int After)>();
        for (int i = 0; i < 40; i++)
        {
            var files = RandomFiles(random);
            int before = import.Commit(files, []);
            pairs.Add((before, import.Commit(Change(files, random), [before])));
        }

        string[] ids = import.Run(repository);
        using var git = repository.Runner();
        using var objects = Started(git);
        using var trees = new TreeStore(git, objects);
        foreach (var (before, after) in pairs)
        {
            var changes = Must(TreeDiff.Between(trees, Tree(objects, ids[before]), Tree(objects, ids[after])));
            var told = new StringBuilder();
            var edits = new Dictionary<string, TreeEntry?>(StringComparer.Ordinal);
            changes.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
            foreach (var change in changes)
            {
                told.Append(change.Before is null ? "A" : change.After is null ? "D" : "M").Append('\t').Append(change.Path).Append('\n');
                edits[change.Path] = change.After;
            }

            string[] expected = repository.Git("diff-tree", "-r", "--no-renames", "--name-status", ids[before], ids[after]).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Array.Sort(expected, static (a, b) => string.CompareOrdinal(a[2..], b[2..]));
            await Assert.That(told.ToString()).IsEqualTo(string.Concat(Array.ConvertAll(expected, static line => line + "\n")));
            await Assert.That(Must(TreeEdit.Apply(trees, Tree(objects, ids[before]), edits))).IsEqualTo(Tree(objects, ids[after]));
            foreach (string path in Paths)
            {
                bool there = repository.TryGitIn(repository.Root, "cat-file", "-e", ids[after] + ":" + path).Status == 0;
                await Assert.That(Must(TreeEdit.Find(trees, Tree(objects, ids[after]), path)) is not null).IsEqualTo(there);
            }
        }
    }

    private static SortedDictionary<string, string> RandomFiles(Random random)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["keep"] = "keep" };
        foreach (string path in Paths)
        {
            if (random.Next(3) > 0)
            {
                files[path] = Text(random);
            }
        }

        return files;
    }

    /// <summary>A few random edits, additions, removals, renames, copies, and files in the place of directories.</summary>
    private static SortedDictionary<string, string> Change(SortedDictionary<string, string> from, Random random)
    {
        var files = new SortedDictionary<string, string>(from, StringComparer.Ordinal);
        for (int i = random.Next(3); i >= 0; i--)
        {
            string path = Paths[random.Next(Paths.Length)], other = Paths[random.Next(Paths.Length)];
            switch (random.Next(8))
            {
                case 0:
                    files.Remove(path);
                    break;
                case 1 when files.Remove(path, out string? moved):
                    files[other + "-moved" + random.Next(2)] = moved;
                    break;
                case 2 when files.TryGetValue(path, out string? text):
                    files[path] = text.Replace("line 3", "line three", StringComparison.Ordinal);
                    break;
                case 3:
                    files[path + "-new" + random.Next(2)] = Text(random);
                    break;
                case 4 when !path.Contains('/', StringComparison.Ordinal):
                    files.Remove(path);
                    files[path + "/inside"] = Text(random);
                    break;
                default:
                    files[path] = Text(random);
                    break;
            }
        }

        // No path may be both a file and a directory.
        foreach (string path in (string[])[.. files.Keys])
        {
            foreach (string other in (string[])[.. files.Keys])
            {
                if (other.StartsWith(path + "/", StringComparison.Ordinal))
                {
                    files.Remove(path);
                }
            }
        }

        return files;
    }

    private static string Text(Random random)
    {
        var text = new StringBuilder();
        for (int i = 0; i < 8; i++)
        {
            text.Append("line ").Append(i).Append(random.Next(8) == 0 ? " changed " + random.Next(100) : "").Append('\n');
        }

        return text.ToString();
    }

    private static ObjectReader Started(GitRunner git) => Must(ObjectReader.Start(git));

    private static string? Tree(ObjectReader objects, string commit) => CommitObject.Parse(Must(objects.Read(commit, GitObject.Commit)).Content).Tree;

    private static T Must<T>(Result<T> result) => result.Failure is { } failure ? throw new InvalidOperationException(failure.Message) : result.Try(out var value, out _) ? value : default!;
}
