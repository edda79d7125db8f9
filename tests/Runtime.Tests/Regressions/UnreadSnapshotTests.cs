using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Faults;
using SpecKitty.Runtime.Tests.Status;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Regressions;

/// <summary>A status.json that could not be read was replaced; taking the append back deleted it, and said that all was as before.</summary>
internal sealed class UnreadSnapshotTests
{
    [Test]
    public async Task What_could_not_be_read_and_is_gone_is_not_called_restored()
    {
        using var mission = new MissionFolder();
        File.WriteAllText(mission.Place.SnapshotPath, "old");
        using var transaction = mission.Begin();
        Failure? append = null;
        int opened = 0;

        // Of the two openings beneath the root the first makes the log, the second is to read status.json.
        SystemCalls.During(
            () => append = transaction.Append([new LaneMove { WpId = "WP01", From = Lane.Planned, To = Lane.Claimed, Actor = "a" }]).Failure,
            (_, name) => name == "syscall" && ++opened == 2 ? Errno.InputOutput : 0);
        await Assert.That(append).IsNull();
        var failure = transaction.TakeBack();
        await Assert.That(failure?.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(failure!.Effect).IsEqualTo(Effect.Indeterminate);
        await Assert.That(failure.Message).Contains(mission.Place.SnapshotPath).And.Contains(new FileError(Errno.InputOutput).Text);
        await Assert.That(Directory.GetFileSystemEntries(mission.Folder).Length).IsEqualTo(0);
    }
}
