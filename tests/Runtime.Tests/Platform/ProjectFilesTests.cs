using System;
using System.IO;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Platform;

internal sealed class ProjectFilesTests
{
    [Test]
    public async Task A_file_is_read_whole()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["a/b"]);
        foreach (int size in (int[])[0, 1, 16 * 1024 - 1, 16 * 1024, 16 * 1024 + 1, 3_000_000])
        {
            var content = new byte[size];
            new Random(size).NextBytes(content);
            File.WriteAllBytes(folder["a/b/f"], content);
            var outcome = ProjectFiles.TryRead(folder.Path, "a/b/f", 3_000_000, out var bytes);
            await Assert.That(outcome.Status).IsEqualTo(ReadStatus.Ok);
            await Assert.That(bytes.Span.SequenceEqual(content)).IsTrue();
            bytes.Dispose();
        }
    }

    [Test]
    public async Task What_is_larger_than_allowed_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["f"], new byte[100]);
        await Assert.That(Status(folder, "f", 100)).IsEqualTo(ReadStatus.Ok);
        await Assert.That(Status(folder, "f", 99)).IsEqualTo(ReadStatus.TooLarge);
        using (var sparse = File.Create(folder["sparse"]))
        {
            sparse.SetLength(1L << 40);
        }

        await Assert.That(Status(folder, "sparse", int.MaxValue)).IsEqualTo(ReadStatus.TooLarge);
    }

    [Test]
    public async Task What_is_no_regular_file_is_refused_without_waiting()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["d"]);
        Commands.Run("mkfifo", folder["fifo"]);
        await Assert.That(Status(folder, "d")).IsEqualTo(ReadStatus.NotRegular);
        await Assert.That(Status(folder, "fifo")).IsEqualTo(ReadStatus.NotRegular);
    }

    [Test]
    public async Task Missing_is_missing()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["f"], "");
        File.CreateSymbolicLink(folder["dangling"], "nowhere");
        await Assert.That(Status(folder, "g")).IsEqualTo(ReadStatus.Missing);
        await Assert.That(Status(folder, "f/g")).IsEqualTo(ReadStatus.Missing);
        await Assert.That(Status(folder, "dangling")).IsEqualTo(ReadStatus.Missing);
        await Assert.That(Status(folder, "a\0b")).IsEqualTo(ReadStatus.Missing);
    }

    [Test]
    public async Task Links_inside_are_followed_and_links_that_lead_out_are_not()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside["secret"], "s");
        Directory.CreateDirectory(folder["d"]);
        File.WriteAllText(folder["d/f"], "inside");
        File.CreateSymbolicLink(folder["relative"], "d/f");
        File.CreateSymbolicLink(folder["absolute"], folder["d/f"]);
        Directory.CreateSymbolicLink(folder["absolute-d"], folder["d"]);
        File.CreateSymbolicLink(folder["out"], outside["secret"]);
        Directory.CreateSymbolicLink(folder["out-d"], outside.Path);
        File.CreateSymbolicLink(folder["out-relative"], "../" + Path.GetFileName(outside.Path) + "/secret");
        File.CreateSymbolicLink(folder["loop"], "loop");

        await Assert.That(Text(folder, "relative")).IsEqualTo("inside");
        await Assert.That(Text(folder, "absolute")).IsEqualTo("inside");
        await Assert.That(Text(folder, "absolute-d/f")).IsEqualTo("inside");
        await Assert.That(Status(folder, "out")).IsEqualTo(ReadStatus.OutsideProject);
        await Assert.That(Status(folder, "out-d/secret")).IsEqualTo(ReadStatus.OutsideProject);
        await Assert.That(Status(folder, "out-relative")).IsEqualTo(ReadStatus.OutsideProject);
        await Assert.That(Status(folder, "../" + Path.GetFileName(outside.Path) + "/secret")).IsEqualTo(ReadStatus.OutsideProject);
        await Assert.That(Status(folder, outside["secret"])).IsEqualTo(ReadStatus.OutsideProject);
        await Assert.That(Status(folder, "loop")).IsEqualTo(ReadStatus.Failed);
    }

    [Test]
    public async Task Nothing_is_created_outside_through_a_dangling_link()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        File.CreateSymbolicLink(folder["out"], outside["new"]);
        int descriptor = ProjectFiles.Open(folder.Path, "out", OpenFlags.WriteOnly | OpenFlags.Create, 0x1B6);
        await Assert.That(descriptor).IsLessThan(0);
        await Assert.That(File.Exists(outside["new"])).IsFalse();
    }

    [Test]
    public async Task A_project_may_be_reached_through_a_link()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["real"]);
        File.WriteAllText(folder["real/f"], "x");
        File.CreateSymbolicLink(folder["real/absolute"], folder["real/f"]);
        Directory.CreateSymbolicLink(folder["link"], "real");
        string root = folder["link"];
        await Assert.That(ProjectFiles.TryRead(root, "f", 10, out _).Status).IsEqualTo(ReadStatus.Ok);
        await Assert.That(ProjectFiles.TryRead(root, "absolute", 10, out _).Status).IsEqualTo(ReadStatus.Ok);
    }

    private static ReadStatus Status(TemporaryFolder folder, string path, int max = 1000)
    {
        var outcome = ProjectFiles.TryRead(folder.Path, path, max, out var bytes);
        bytes.Dispose();
        return outcome.Status;
    }

    private static string Text(TemporaryFolder folder, string path)
    {
        ProjectFiles.TryRead(folder.Path, path, 1000, out var bytes);
        using (bytes)
        {
            return Encoding.UTF8.GetString(bytes.Span);
        }
    }
}
