using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>Every system call of a replacement fails once: the name shows the old content or the new, and the answer says which.</summary>
internal sealed class DurableFileFaultTests
{
    [Test]
    [Arguments(null, false)]
    [Arguments(null, true)]
    [Arguments("old", false)]
    [Arguments("old", true)]
    public async Task Whichever_call_fails_the_file_is_old_or_new_as_answered(string? old, bool sync)
    {
        foreach (int error in (int[])[Errno.InputOutput, Errno.NoSpace, Errno.Interrupted, Errno.TryAgain, SystemCalls.Half])
        {
            for (int nth = 0; ; nth++)
            {
                using var folder = new TemporaryFolder(isInMemory: true);
                if (old is not null)
                {
                    File.WriteAllText(folder["f"], old);
                    File.SetUnixFileMode(folder["f"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherExecute);
                }

                Failure? failure = null;
                var made = SystemCalls.During(
                    () => failure = DurableFile.Replace(folder["f"], "new content"u8, sync),
                    (i, name) => i == nth && (error != SystemCalls.Half || name == "write") ? error : 0);
                if (nth >= made.Count)
                {
                    break;
                }

                string which = $"{made[nth]} as call {nth} of {string.Join(' ', made)} with {error}: {failure?.Message}";
                string? content = File.Exists(folder["f"]) ? File.ReadAllText(folder["f"]) : null;
                if (failure is { Effect: Effect.None })
                {
                    await Assert.That(content).IsEqualTo(old).Because(which);
                    await Assert.That(failure.Message).Contains(new FileError(error).Text).Because(which);
                }
                else
                {
                    await Assert.That(content).IsEqualTo("new content").Because(which);
                }

                // What a failing close of the file or sync of the directory took with it, nobody knows.
                int renamed = made.ToList().IndexOf("renameat");
                bool isUnsure = error != SystemCalls.Half && renamed >= 0 && (nth == renamed + 1 || (nth > renamed && made[nth] == "fsync"));
                await Assert.That(failure?.Effect == Effect.Indeterminate).IsEqualTo(isUnsure).Because(which);
                if (made[nth] is "fchmod" or "renameat" && error != SystemCalls.Half)
                {
                    await Assert.That(failure).IsNotNull().Because(which);
                }

                // A temporary file that seems to be another's stays; the next call uses it up.
                if (made[nth] != "fcntl" || error != Errno.TryAgain)
                {
                    await Assert.That(Directory.GetFiles(folder.Path).Where(path => path != folder["f"])).IsEmpty().Because(which);
                }

                await Assert.That(Directory.GetFileSystemEntries("/proc/self/fd").Any(fd => new FileInfo(fd).LinkTarget?.StartsWith(folder.Path, StringComparison.Ordinal) == true)).IsFalse().Because(which);
                await Assert.That(DurableFile.Replace(folder["f"], "retried"u8, sync)).IsNull().Because(which);
                await Assert.That(File.ReadAllText(folder["f"])).IsEqualTo("retried").Because(which);
                await Assert.That(Directory.GetFiles(folder.Path).Count(path => path != folder["f"])).IsEqualTo(0).Because(which);
            }
        }
    }

    [Test]
    public async Task What_must_last_is_synced_before_it_gets_its_name_and_the_name_after()
    {
        using var folder = new TemporaryFolder();
        var synced = SystemCalls.During(() => DurableFile.Replace(folder["f"], "x"u8, sync: true), static (_, _) => 0);
        await Assert.That(string.Join(' ', synced.Where(static name => name is "write" or "fsync" or "renameat"))).IsEqualTo("write fsync renameat fsync");
        var unsynced = SystemCalls.During(() => DurableFile.Replace(folder["f"], "x"u8, sync: false), static (_, _) => 0);
        await Assert.That(unsynced).DoesNotContain("fsync");
    }
}
