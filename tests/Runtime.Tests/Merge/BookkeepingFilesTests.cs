using System.IO;
using System.Threading.Tasks;
using SpecKitty.Merge;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>Which files are a mission's own (DESIGN §11).</summary>
public sealed class BookkeepingFilesTests
{
    private const string Mission = "kitty-specs/077-x";
    private static readonly BookkeepingFiles Files = new(Mission, Mission + "/status.events.jsonl", Mission + "/status.json");

    [Test]
    [Arguments("meta.json", true)]
    [Arguments("lanes.json", true)]
    [Arguments("acceptance-matrix.json", true)]
    [Arguments("status.events.jsonl", true)]
    [Arguments("status.json", true)]
    [Arguments("tasks/WP01-x.md", true)]
    [Arguments("tasks/README.md", true)]
    [Arguments("tasks/deep/WP01.md", false)]
    [Arguments("tasks/WP01.txt", false)]
    [Arguments("spec.md", false)]
    [Arguments("plan/meta.json", false)]
    public async Task Of_the_mission(string name, bool expected)
    {
        await Assert.That(Files.Contains(Mission + "/" + name)).IsEqualTo(expected);
        await Assert.That(Files.Contains("kitty-specs/078-y/" + name)).IsFalse();
        await Assert.That(Files.Contains(name)).IsFalse();
    }

    [Test]
    public async Task Those_that_are_there_as_files()
    {
        using var folder = new TemporaryFolder();
        string directory = folder[Mission];
        Directory.CreateDirectory(Path.Combine(directory, "tasks", "WP02.md"));
        foreach (string name in (string[])["meta.json", "tasks/WP01-caf\u00e9.md", "tasks/WP03.md", "tasks/notes.txt", "status.json", "tasks/WP04\n.md", "tasks/\nWP05.md", "tasks/WP06 b.md"])
        {
            File.WriteAllText(Path.Combine(directory, name), "");
        }

        File.CreateSymbolicLink(Path.Combine(directory, "lanes.json"), "meta.json");

        Files.In(folder.Path).Try(out var found, out _);

        found!.Sort(System.StringComparer.Ordinal);
        await Assert.That(found).IsEquivalentTo([Mission + "/meta.json", Mission + "/tasks/WP01-caf\u00c3\u00a9.md", Mission + "/tasks/WP03.md", Mission + "/tasks/WP06 b.md"], CollectionOrdering.Matching);
        await Assert.That(BookkeepingFiles.Text(Mission + "/tasks/WP01-caf\u00c3\u00a9.md")).EndsWith("WP01-caf\u00e9.md");
    }
}
