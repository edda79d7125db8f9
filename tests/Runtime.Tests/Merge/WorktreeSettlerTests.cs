using System;
using System.Collections.Generic;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Merge;
using SpecKitty.Runtime.Tests.Git;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>A checkout that git was ended in the middle of is brought to either end from wherever it stands, and what is somebody's stays.</summary>
public sealed class WorktreeSettlerTests
{
    private static readonly string[] Paths = ["changed.txt", "gone.txt", "new.txt", "dir/changed.txt", "file-to-dir", "file-to-dir/inside.txt", "tool.sh", "link"];

    public static IEnumerable<(int Seed, bool IsForward)> States()
    {
        for (int seed = 0; seed < 12; seed++)
        {
            yield return (seed, true);
            yield return (seed, false);
        }
    }

    [Test]
    [MethodDataSource(nameof(States))]
    public async Task From_any_mixture_of_both_to_either(int seed, bool isForward)
    {
        using var scene = new Scene();
        var random = new Random(seed);
        scene.Mix(random);

        await Assert.That(scene.Settle(isForward, since: 0)?.Message).IsNull();

        await Assert.That(scene.Difference(isForward)).IsEqualTo("");
    }

    [Test]
    public async Task Somebodys_work_stops_it_on_the_way_forward_and_stays_on_the_way_back()
    {
        using var scene = new Scene();
        scene.Repository.Write("new.txt", "somebody's\n");
        scene.Repository.Write("changed.txt", "after\nlonger\n");

        var failure = scene.Settle(isForward: true, since: 0);

        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.WorktreeDirty);
        await Assert.That(failure.Message).Contains("new.txt").And.DoesNotContain("changed.txt");
        await Assert.That(File.ReadAllText(scene.Repository["new.txt"])).IsEqualTo("somebody's\n");

        await Assert.That(scene.Settle(isForward: false, since: 0)?.Message).IsNull();

        await Assert.That(File.ReadAllText(scene.Repository["new.txt"])).IsEqualTo("somebody's\n");
        await Assert.That(File.ReadAllText(scene.Repository["changed.txt"])).IsEqualTo("before\nlonger\n");
    }

    [Test]
    public async Task A_beginning_that_is_older_than_the_merge_is_somebodys()
    {
        using var scene = new Scene();
        scene.Repository.Write("new.txt", "aft");

        var failure = scene.Settle(isForward: true, since: long.MaxValue);

        await Assert.That(failure!.Message).Contains("new.txt");
        await Assert.That(File.ReadAllText(scene.Repository["new.txt"])).IsEqualTo("aft");
    }

    /// <summary>A repository whose checkout is at the first of two commits.</summary>
    private sealed class Scene : IDisposable
    {
        private readonly string _before, _after;
        private readonly GitRunner _git;
        private readonly MergeRepository _repository;

        public Scene()
        {
            Write("before");
            Repository.Write("gone.txt", "before\n");
            Repository.Write("file-to-dir", "before\n");
            _before = Repository.Commit("before");
            Write("after");
            File.Delete(Repository["gone.txt"]);
            File.Delete(Repository["file-to-dir"]);
            Repository.Write("file-to-dir/inside.txt", "after\n");
            Repository.Write("new.txt", "after\nlonger\n");
            File.SetUnixFileMode(Repository["tool.sh"], (UnixFileMode)0b111_101_101);
            _after = Repository.Commit("after");
            Repository.Git("checkout", "-q", "-B", "main", _before);
            Repository.Git("update-ref", "refs/keep/after", _after);
            _git = Repository.Runner();
            var job = new MergeJob
            {
                Mission = "x", Root = Repository.Root, CommonDirectory = Repository[".git"], MissionPath = "kitty-specs/x", MissionBranch = "m", StatusBranch = null, Target = "main",
                Strategy = MergeStrategy.Merge, Lanes = [], Scratch = Repository[".git/scratch"], LockDescriptor = 0,
            };
            _repository = MergeRepository.Open(job, _git).Try(out var repository, out var failure) ? repository : throw new InvalidOperationException(failure.Message);
        }

        public ScratchRepository Repository { get; } = new();

        /// <summary>Every path at random as it was, as it is to be, away, or half written.</summary>
        public void Mix(Random random)
        {
            bool isDirectory = random.Next(2) == 0;
            if (isDirectory)
            {
                File.Delete(Repository["file-to-dir"]);
            }

            foreach (string path in Paths)
            {
                if (path.StartsWith("file-to-dir", StringComparison.Ordinal) && path.Contains('/', StringComparison.Ordinal) != isDirectory)
                {
                    continue;
                }

                string? content = random.Next(4) switch
                {
                    0 => Show(_before, path),
                    1 => Show(_after, path),
                    2 => null,
                    _ => Show(_after, path) is { } whole ? whole[..random.Next(whole.Length)] : Show(_before, path),
                };
                string file = Repository[path];
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.Delete(file);
                if (content is not null && path == "link")
                {
                    File.CreateSymbolicLink(file, content is "before" or "after" ? content : "after");
                }
                else if (content is not null)
                {
                    Repository.Write(path, content);
                }
            }
        }

        public Failure? Settle(bool isForward, long since)
        {
            var move = new WorktreeMove
            {
                Path = Repository.Root, GitDirectory = Repository[".git"], Branch = "refs/heads/main", From = _before, FromTree = Repository.Git("rev-parse", _before + "^{tree}").Trim(),
                To = _after, Taken = [], Kept = [],
            };
            using var held = HeldIndex.Take(move.GitDirectory, _git.Deadline).Try(out var taken, out var refused) ? taken : throw new InvalidOperationException(refused.Message);
            var settler = new WorktreeSettler(_repository, move, held);
            return (isForward ? settler.Forward(since) : settler.Back(since)) ?? held.Commit();
        }

        /// <summary>What git finds to differ from the one commit or the other, in index and files.</summary>
        public string Difference(bool isForward)
        {
            Repository.Git("update-ref", "refs/heads/main", isForward ? _after : _before);
            return Repository.Git("status", "--porcelain");
        }

        public void Dispose()
        {
            _repository.Dispose();
            _git.Dispose();
            Repository.Dispose();
        }

        private string? Show(string commit, string path)
        {
            var (status, output, _) = Repository.TryGitIn(Repository.Root, "cat-file", "blob", commit + ":" + path);
            return status == 0 ? output : null;
        }

        private void Write(string text)
        {
            Repository.Write("changed.txt", text + "\nlonger\n");
            Repository.Write("dir/changed.txt", text + "\n");
            Repository.Write("tool.sh", "the same\n");
            File.Delete(Repository["link"]);
            File.CreateSymbolicLink(Repository["link"], text);
        }
    }
}
