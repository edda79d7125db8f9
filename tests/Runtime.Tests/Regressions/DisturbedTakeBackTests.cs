using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Runtime.Tests.Faults;
using SpecKitty.Runtime.Tests.Status;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Regressions;

/// <summary>A row that came without the lock right behind an append was read with it, and then taken back with it.</summary>
internal sealed class DisturbedTakeBackTests
{
    [Test]
    public async Task A_row_of_another_that_was_read_since_is_not_taken_back()
    {
        using var mission = new MissionFolder(Rows.Lane("WP01", "planned", "claimed", id: Rows.Id(1)) + "\n");
        using var transaction = mission.Begin();
        string foreign = Rows.Lane("WP09", "planned", "claimed", id: Rows.Id(9)) + "\n";
        Failure? append = null;
        bool isWritten = false, isAdded = false;
        SystemCalls.During(
            () => append = transaction.Append([new LaneMove { WpId = "WP01", From = Lane.Claimed, To = Lane.Blocked, Actor = "a", Force = true }]).Failure,
            (_, name) =>
            {
                if (isWritten && !isAdded)
                {
                    File.AppendAllText(mission.Place.LogPath, foreign);
                    isAdded = true;
                }

                isWritten |= name == "write";
                return 0;
            });
        await Assert.That(append).IsNull();
        await Assert.That(transaction.Status.HasEvents("WP09")).IsTrue();
        await Assert.That(File.ReadAllText(mission.Place.SnapshotPath)).Contains("WP09");
        await Assert.That(transaction.TakeBack()?.Effect).IsEqualTo(Effect.Committed);
        await Assert.That(File.ReadLines(mission.Place.LogPath).Count()).IsEqualTo(3);
        await Assert.That(File.ReadAllText(mission.Place.LogPath)).EndsWith(foreign);
    }
}
