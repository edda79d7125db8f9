using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>Temporary files of calls that were killed. One that a call still writes is locked by it, and left alone.</summary>
internal static class DoctorFiles
{
    private const int RandomLength = 16;

    public static void Look(string[] missions, Project project, DoctorReport report)
    {
        foreach (string mission in missions)
        {
            string directory = Project.SpecsName + "/" + mission;
            Look(project.Root, directory, report);
            Look(project.Root, directory + "/" + TaskFiles.DirectoryName, report);
        }

        Look(project.Root, Project.KittifyName, report);
        if (project.GitDirectory is { } common)
        {
            Look(common, "spec-kitty", report);
        }
    }

    private static void Look(string root, string directory, DoctorReport report)
    {
        foreach (string name in DoctorWorktrees.Names(root, directory))
        {
            string path = root + "/" + directory + "/" + name;
            if (IsOurs(name) && TryRemove(path, report.Fixes, out int error))
            {
                var finding = report.Add(DoctorFindings.TemporaryFile(path));
                if (report.Fixes)
                {
                    report.Fixed(finding, error < 0 ? FileErrors.ToFailure("remove", path, error) : null, DoctorFindings.TemporaryFileFix());
                }
            }
        }
    }

    /// <summary>The names that <see cref="DurableFile"/> gives: <c>.NAME.spec-kitty.tmp</c> and <c>.NAME.PID.16 hexadecimal digits.tmp</c>.</summary>
    internal static bool IsOurs(string name)
    {
        const string Fixed = ".spec-kitty.tmp", Suffix = ".tmp";
        if (name.Length == 0 || name[0] != '.')
        {
            return false;
        }

        if (name.EndsWith(Fixed, StringComparison.Ordinal))
        {
            return name.Length > Fixed.Length + 1;
        }

        int random = name.Length - Suffix.Length - RandomLength;
        if (random < 2 || !name.EndsWith(Suffix, StringComparison.Ordinal) || name[random - 1] != '.')
        {
            return false;
        }

        int point = name.LastIndexOf('.', random - 2);
        return point > 0 && point < random - 2
            && RefNames.IsLowerHex(name.AsSpan(random, RandomLength))
            && name.AsSpan(point + 1, random - point - 2).IndexOfAnyExceptInRange('0', '9') < 0;
    }

    /// <summary>Whether nobody writes the file any more; removes it then, if asked to, while its lock keeps others from using it up.</summary>
    private static bool TryRemove(string path, bool remove, out int error)
    {
        error = 0;
        int file = Posix.Open(path, OpenFlags.ReadWrite | OpenFlags.NoFollow | OpenFlags.NonBlocking);
        if (file < 0)
        {
            return false;
        }

        bool isLeft = Posix.Stat(file, out var facts) >= 0 && facts.IsRegular && facts.Links == 1 && Posix.TryLockContent(file) >= 0;
        if (isLeft && remove)
        {
            error = Posix.Unlink(path);
        }

        Posix.Close(file);
        return isLeft;
    }
}
