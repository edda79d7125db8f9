using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Merge;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>The journal says again all that it was told, and what is no journal is refused by name.</summary>
public sealed class MergeJournalTests
{
    [Test]
    public async Task Everything_in_a_plan_comes_back()
    {
        using var folder = new TemporaryFolder();
        string path = MergeJournal.PathOf(folder.Path, "077-x");
        var plan = new MergePlan
        {
            Mission = "077-x",
            Target = "release/1",
            Strategy = MergeStrategy.Rebase,
            Landed = new string('a', 40),
            WritesStatus = true,
            HasRows = true,
            WorkPackages = ["WP01", "WP02"],
            KeptWorktrees = ["/k/caf\u00e9"],
            Refs = [new("refs/heads/new", null, "b"), new("refs/heads/gone", "c", null)],
            Moves =
            [
                new()
                {
                    Path = "/w", GitDirectory = "/w/.git", Branch = "refs/heads/release/1", From = "d", FromTree = "e", To = "f", Taken = ["tasks/\u00c3\u00a9.md"],
                    Kept = [new("log", "100644", "g"), new("none", null, null)],
                },
            ],
            Removals = [new("/r", "/g/worktrees/r", 1_900_000_000_123_456_789)],
        };

        await Assert.That(MergeJournal.Write(path, plan, isLanded: false)).IsNull();
        MergeJournal.Read(path).Try(out var content, out _);
        string first = File.ReadAllText(path);
        await Assert.That(content!.IsLanded).IsFalse();
        MergeJournal.Write(path, content.Plan, isLanded: false);

        await Assert.That(File.ReadAllText(path)).IsEqualTo(first);
        await Assert.That(first).EndsWith("}\n").And.Contains("1900000000123456789");
        MergeJournal.All(folder.Path).Try(out var all, out _);
        await Assert.That(all!).IsEquivalentTo([path], CollectionOrdering.Matching);
        await Assert.That((content.Plan.Strategy, content.Plan.Refs[1], content.Plan.Moves[0].Kept[1], content.Plan.Removals[0]))
            .IsEqualTo((MergeStrategy.Rebase, plan.Refs[1], plan.Moves[0].Kept[1], plan.Removals[0]));

        MergeJournal.Remove(path);
        await Assert.That(Directory.Exists(Path.GetDirectoryName(path)!)).IsFalse();
        MergeJournal.Read(path).Try(out content, out var failure);
        await Assert.That((content, failure)).IsEqualTo((null, null));
    }

    [Test]
    [Arguments("")]
    [Arguments("[]")]
    [Arguments("{\"version\": 2}")]
    [Arguments("{\"version\": 1, \"is_landed\": false}")]
    [Arguments("{\"version\": \"1\"}")]
    public async Task What_is_no_journal_is_named_and_kept(string text)
    {
        using var folder = new TemporaryFolder();
        string path = MergeJournal.PathOf(folder.Path, "077-x");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);

        MergeJournal.Read(path).Try(out _, out var failure);

        await Assert.That((failure!.Code, failure.Retryable)).IsEqualTo((ErrorCode.IoFailed, false));
        await Assert.That(failure.Message).StartsWith(path);
        await Assert.That(File.ReadAllText(path)).IsEqualTo(text);
    }
}
