using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Status;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>The bytes of a log's rows, as a merge wants them, when reading does not go well.</summary>
internal sealed class ReadLogTests
{
    private static readonly string Row = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:01+00:00", Rows.Id(1));

    [Test]
    [Arguments("", "\n")]
    [Arguments("\n", "\n")]
    [Arguments("\n{\"torn\": ", "\n")]
    public async Task What_comes_in_pieces_is_whole(string end, string expected)
    {
        using var mission = new MissionFolder(Row + end);
        using var transaction = mission.Begin();
        string read = "";
        var made = SystemCalls.During(
            () => read = transaction.ReadLog().Try(out var rows, out var failure) ? Encoding.UTF8.GetString(rows.Span) : failure.Message,
            static (_, name) => name == "pread" ? SystemCalls.Half : 0);
        await Assert.That(read).IsEqualTo(Row + expected);
        await Assert.That(made.Count(static name => name == "pread")).IsGreaterThan(2);
    }

    [Test]
    public async Task What_cannot_be_read_says_why()
    {
        using var mission = new MissionFolder(Row + "\n");
        using var transaction = mission.Begin();
        Failure? failure = null;
        SystemCalls.During(() => failure = transaction.ReadLog().Failure, static (_, name) => name == "pread" ? Errno.InputOutput : 0);
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(failure!.Message).Contains(mission.Place.LogPath).And.Contains(new FileError(Errno.InputOutput).Text);
    }

    [Test]
    public async Task A_log_that_became_shorter_without_the_lock_is_told()
    {
        using var mission = new MissionFolder(Row + "\n");
        using var transaction = mission.Begin();
        using (var file = new FileStream(mission.Place.LogPath, FileMode.Open))
        {
            file.SetLength(Row.Length / 2);
        }

        var failure = transaction.ReadLog().Failure;
        await Assert.That(failure?.Message).IsEqualTo(Messages.LogChanged(mission.Place.LogRelativePath));
    }
}
