using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Platform;

internal sealed class DurableFileTests
{
    [Test]
    [Arguments(true)]
    [Arguments(false)]
    public async Task The_content_is_replaced_and_the_mode_is_kept(bool sync)
    {
        using var folder = new TemporaryFolder();
        await Assert.That(DurableFile.Replace(folder["f"], "one"u8, sync)).IsNull();
        File.SetUnixFileMode(folder["f"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherExecute);
        await Assert.That(DurableFile.Replace(folder["f"], "two, longer"u8, sync)).IsNull();
        await Assert.That(File.ReadAllText(folder["f"])).IsEqualTo("two, longer");
        await Assert.That(File.GetUnixFileMode(folder["f"])).IsEqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherExecute);
        await Assert.That(Directory.GetFileSystemEntries(folder.Path).Length).IsEqualTo(1);
    }

    [Test]
    public async Task Nothing_is_left_when_it_cannot_be_renamed()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["d/inside"]);
        var failure = DurableFile.Replace(folder["d"], "x"u8, sync: false);
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(failure.Effect).IsEqualTo(Effect.None);
        await Assert.That(Directory.GetFileSystemEntries(folder.Path).Single()).IsEqualTo(folder["d"]);
    }

    [Test]
    public async Task A_missing_directory_is_an_io_failure_that_names_it()
    {
        using var folder = new TemporaryFolder();
        var failure = DurableFile.Replace(folder["no/f"], "x"u8, sync: false);
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(failure.Message).Contains(folder["no"]).And.Contains("No such file or directory");
    }

    [Test]
    public async Task A_link_is_replaced_and_what_it_led_to_is_not_touched()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["target"], "old");
        File.CreateSymbolicLink(folder["link"], "target");
        await Assert.That(DurableFile.Replace(folder["link"], "new"u8, sync: false)).IsNull();
        await Assert.That(File.ReadAllText(folder["target"])).IsEqualTo("old");
        await Assert.That(File.ReadAllText(folder["link"])).IsEqualTo("new");
    }

    [Test]
    public async Task What_a_killed_process_left_is_used_up()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".f.spec-kitty.tmp"], "half of something much longer than the new content");
        await Assert.That(DurableFile.Replace(folder["f"], "new"u8, sync: false)).IsNull();
        await Assert.That(File.ReadAllText(folder["f"])).IsEqualTo("new");
        await Assert.That(Directory.GetFileSystemEntries(folder.Path).Length).IsEqualTo(1);
    }

    [Test]
    public async Task What_a_killed_process_left_is_not_in_the_new_file_even_if_that_is_empty()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[".f.spec-kitty.tmp"], "left");
        await Assert.That(DurableFile.Replace(folder["f"], default, sync: false)).IsNull();
        await Assert.That(File.ReadAllText(folder["f"])).IsEqualTo("");
    }

    [Test]
    public async Task What_another_process_is_writing_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        int other = Posix.Open(folder[".f.spec-kitty.tmp"], OpenFlags.ReadWrite | OpenFlags.Create, 0x1B6);
        Posix.TryLockContent(other);
        Posix.Write(other, "theirs"u8);
        await Assert.That(DurableFile.Replace(folder["f"], "new"u8, sync: false)).IsNull();
        Posix.Close(other);
        await Assert.That(File.ReadAllText(folder["f"])).IsEqualTo("new");
        await Assert.That(File.ReadAllText(folder[".f.spec-kitty.tmp"])).IsEqualTo("theirs");
        await Assert.That(Directory.GetFileSystemEntries(folder.Path).Length).IsEqualTo(2);
    }

    [Test]
    public async Task A_temporary_file_planted_as_a_link_is_not_written_through()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["victim"], "v");
        File.CreateSymbolicLink(folder[".a.spec-kitty.tmp"], "victim");
        Commands.Run("ln", folder["victim"], folder[".b.spec-kitty.tmp"]);
        await Assert.That(DurableFile.Replace(folder["a"], "new"u8, sync: false)).IsNull();
        await Assert.That(DurableFile.Replace(folder["b"], "new"u8, sync: false)).IsNull();
        await Assert.That(File.ReadAllText(folder["victim"])).IsEqualTo("v");
    }

    [Test]
    public async Task Many_writers_leave_one_whole_file()
    {
        using var folder = new TemporaryFolder();
        var contents = Enumerable.Range(0, 8).Select(i => new string((char)('a' + i), 10_000 + i)).ToArray();
        Parallel.For(0, 8, i =>
        {
            for (int n = 0; n < 50; n++)
            {
                if (DurableFile.Replace(folder["f"], System.Text.Encoding.ASCII.GetBytes(contents[i]), sync: false) is { } failure)
                {
                    throw new InvalidOperationException(failure.Message);
                }

                string seen = File.ReadAllText(folder["f"]);
                if (!contents.Contains(seen))
                {
                    throw new InvalidOperationException("a part of a file was seen");
                }
            }
        });
        await Assert.That(Directory.GetFileSystemEntries(folder.Path).Length).IsEqualTo(1);
    }
}
