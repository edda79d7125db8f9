using System;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Platform;

internal sealed class FileHeadTests
{
    [Test]
    [Arguments(0)]
    [Arguments(1)]
    [Arguments(99)]
    [Arguments(100)]
    [Arguments(101)]
    [Arguments(1000)]
    [Arguments(300_000)]
    public async Task It_reads_as_far_as_it_is_asked(int size)
    {
        using var folder = new TemporaryFolder();
        var content = new byte[size];
        new Random(size).NextBytes(content);
        File.WriteAllBytes(folder["f"], content);
        using var head = new FileHead(100);
        foreach (int total in (int[])[100, 1000, 200_000, 400_000])
        {
            var outcome = total == 100 ? head.Open(folder.Path, "f") : head.Read(total);
            int expected = Math.Min(size, total);
            await Assert.That(outcome.IsOk).IsTrue();
            await Assert.That(head.Span.SequenceEqual(content.AsSpan(0, expected))).IsTrue();
            await Assert.That(head.AtEnd).IsEqualTo(size < total);
        }
    }

    [Test]
    public async Task It_goes_from_file_to_file()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["a"], new string('a', 500));
        File.WriteAllText(folder["b"], "b");
        using var head = new FileHead(100);
        head.Open(folder.Path, "a");
        await Assert.That(head.AtEnd).IsFalse();
        head.Open(folder.Path, "b");
        await Assert.That(head.Span.SequenceEqual("b"u8)).IsTrue();
        await Assert.That(head.AtEnd).IsTrue();
        await Assert.That(head.Open(folder.Path, "c").IsMissing).IsTrue();
        await Assert.That(head.Span.Length).IsEqualTo(0);
        head.Open(folder.Path, "a");
        await Assert.That(head.Span.Length).IsEqualTo(100);
    }

    [Test]
    public async Task What_may_not_be_read_whole_may_not_be_read_at_all()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        File.WriteAllText(outside["f"], "x");
        Directory.CreateDirectory(folder["d"]);
        Commands.Run("mkfifo", folder["fifo"]);
        File.CreateSymbolicLink(folder["out"], outside["f"]);
        using var head = new FileHead(100);
        await Assert.That(head.Open(folder.Path, "d").Status).IsEqualTo(ReadStatus.NotRegular);
        await Assert.That(head.Open(folder.Path, "fifo").Status).IsEqualTo(ReadStatus.NotRegular);
        await Assert.That(head.Open(folder.Path, "out").Status).IsEqualTo(ReadStatus.OutsideProject);
    }
}
