using System;
using System.Collections.Generic;
using System.Globalization;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Merge;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>What lies beside the locks and nobody needs any more: scratch files of killed merges, and records of idempotency keys that no caller can still ask for.</summary>
internal static class DoctorLeftovers
{
    /// <summary>A caller that lost an answer asks again within its run; no run lasts this long.</summary>
    private const int RecordDays = 30;

    private const long MicrosecondsPerDay = 24L * 60 * 60 * 1_000_000;

    public static void Look(string[] missions, Project project, DoctorReport report)
    {
        Scratch(missions, project, report);
        Records(project, report);
    }

    /// <summary>A merge has its scratch files under the repository's merge lock; without a holder they are nobody's.</summary>
    private static void Scratch(string[] missions, Project project, DoctorReport report)
    {
        int file = Posix.Open(project.LocksDirectory + MergeMission.LockName, OpenFlags.ReadWrite | OpenFlags.NoFollow);
        if (file < 0)
        {
            return;
        }

        if (Posix.TryLock(file) >= 0)
        {
            foreach (string mission in missions)
            {
                foreach (string path in MergeRepository.ScratchFiles(MergeJob.ScratchOf(project.LocksDirectory, mission)))
                {
                    if (Posix.Stat(path, out var facts, followLink: false) >= 0 && facts.IsRegular)
                    {
                        Remove(path, report);
                    }
                }
            }
        }

        Posix.Close(file);
    }

    private static void Remove(string path, DoctorReport report)
    {
        var finding = report.Add(DoctorFindings.TemporaryFile(path));
        if (report.Fixes)
        {
            int error = Posix.Unlink(path);
            report.Fixed(finding, error < 0 ? FileErrors.ToFailure("remove", path, error) : null, DoctorFindings.TemporaryFileFix());
        }
    }

    /// <summary>Records are counted, not named: there may be thousands. One that a call holds is in use, whatever its age.</summary>
    private static void Records(Project project, DoctorReport report)
    {
        string directory = IdempotencyKeys.DirectoryOf(project);
        long limit = (Clock.Utc() - (RecordDays * MicrosecondsPerDay)) * 1000;
        var old = new List<string>();
        foreach (string name in DoctorWorktrees.Names(directory, "."))
        {
            string path = directory + "/" + name;
            if (name.EndsWith(IdempotencyKeys.Suffix, StringComparison.Ordinal) && Posix.Stat(path, out var facts, followLink: false) >= 0 && facts.IsRegular && facts.Modified < limit)
            {
                old.Add(path);
            }
        }

        if (old.Count == 0)
        {
            return;
        }

        var finding = report.Add(DoctorFindings.IdempotencyRecordsOld(directory, Number(old.Count), Number(RecordDays)));
        if (report.Fixes)
        {
            int removed = 0;
            Failure? failure = null;
            foreach (string path in old)
            {
                int error = RemoveUnused(path, limit);
                removed += error > 0 ? 1 : 0;
                failure ??= error < 0 ? FileErrors.ToFailure("remove", path, error) : null;
            }

            report.Fixed(finding, failure, DoctorFindings.IdempotencyRecordsOldFix(Number(removed)));
        }
    }

    /// <returns>1 where it was removed, 0 where a call has it, else an error.</returns>
    private static int RemoveUnused(string path, long limit)
    {
        int file = Posix.Open(path, OpenFlags.ReadWrite | OpenFlags.NoFollow | OpenFlags.NonBlocking);
        if (file < 0)
        {
            return file == -Errno.NoEntry ? 0 : file;
        }

        bool isUnused = Posix.TryLock(file) >= 0 && Posix.Stat(file, out var facts) >= 0 && facts.Modified < limit;
        int error = isUnused ? Posix.Unlink(path) : 0;
        Posix.Close(file);
        return error < 0 ? error : isUnused ? 1 : 0;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
