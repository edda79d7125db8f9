using System.Collections.Generic;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Platform;

internal sealed class DirectoryEntriesTests
{
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(500)]
    public async Task Every_entry_is_given_once(int count)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["d"]);
        var expected = new HashSet<string>();
        for (int i = 0; i < count; i++)
        {
            string name = $"{i}-{new string('n', i % 200)}";
            File.WriteAllText(folder["d/" + name], "");
            expected.Add(name);
        }

        var outcome = DirectoryEntries.TryOpen(folder.Path, "d", out var entries);
        await Assert.That(outcome.IsOk).IsTrue();
        int seen = 0;
        using (entries)
        {
            while (entries!.MoveNext())
            {
                seen++;
                expected.Remove(Encoding.UTF8.GetString(entries.Name));
            }
        }

        await Assert.That(seen).IsEqualTo(count);
        await Assert.That(expected.Count).IsEqualTo(0);
        await Assert.That(entries.Errno).IsEqualTo(0);
    }

    [Test]
    public async Task Entries_have_types()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["d/sub"]);
        File.WriteAllText(folder["d/file"], "");
        File.CreateSymbolicLink(folder["d/link"], "file");
        Commands.Run("mkfifo", folder["d/fifo"]);
        var types = new Dictionary<string, EntryType>();
        DirectoryEntries.TryOpen(folder.Path, "d", out var entries);
        using (entries)
        {
            while (entries!.MoveNext())
            {
                types[Encoding.UTF8.GetString(entries.Name)] = entries.Type;
            }
        }

        await Assert.That(types["sub"]).IsEqualTo(EntryType.Directory);
        await Assert.That(types["file"]).IsEqualTo(EntryType.Regular);
        await Assert.That(types["link"]).IsEqualTo(EntryType.Link);
        await Assert.That(types["fifo"]).IsEqualTo(EntryType.Other);
    }

    [Test]
    public async Task Only_directories_of_the_project_are_opened()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        Commands.Run("mkfifo", folder["fifo"]);
        Directory.CreateSymbolicLink(folder["out"], outside.Path);
        await Assert.That(DirectoryEntries.TryOpen(folder.Path, "nothing", out _).Status).IsEqualTo(ReadStatus.Missing);
        await Assert.That(DirectoryEntries.TryOpen(folder.Path, "file", out _).Status).IsEqualTo(ReadStatus.Missing);
        await Assert.That(DirectoryEntries.TryOpen(folder.Path, "fifo", out _).Status).IsEqualTo(ReadStatus.Missing);
        await Assert.That(DirectoryEntries.TryOpen(folder.Path, "out", out var entries).Status).IsEqualTo(ReadStatus.OutsideProject);
        await Assert.That(entries).IsNull();
    }
}
