using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Merge;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>Worktrees of lanes and coordination branches, and merges that were not finished.</summary>
internal static class DoctorWorktrees
{
    private const string Directory = ".worktrees";
    private const int MaxPointerBytes = 8 * 1024;

    public static void Look(ToolCall call, DoctorReport report)
    {
        var project = call.Project;
        if (project.GitDirectory is not { } common || !GitRunner.Create(project.Root, call.Context().Deadline).Try(out var git, out _))
        {
            return;
        }

        using (git)
        {
            Registrations(common, git, report);
            var refs = new GitRefs(common, git);
            if (GitWorktrees.List(common, project.Root, refs).Try(out var worktrees, out _))
            {
                Places(project, worktrees, refs, report);
            }
        }

        Journals(common, report);
    }

    /// <summary>Each directory in .worktrees: is it a worktree of ours, of a mission that there is, with a branch that there is?</summary>
    private static void Places(Project project, Items<GitWorktree> worktrees, GitRefs refs, DoctorReport report)
    {
        var missions = MissionIndex.Directories(project, out _);
        foreach (string name in Names(project.Root, Directory))
        {
            string path = project.PathOf(Directory + "/" + name);
            if (Posix.Stat(path, out var facts, followLink: false) < 0 || !facts.IsDirectory)
            {
                continue;
            }

            var worktree = worktrees.Find(one => IsSame(one.Path, facts));
            if (worktree is null)
            {
                Husk(project, missions, name, path, facts, report);
            }
            else if (worktree.Head.Branch is { } branch && refs.Find(RefNames.OfBranch(branch)).Try(out string? tip, out _) && tip is null)
            {
                report.Add(DoctorFindings.WorktreeBranchless(path, branch, path));
            }
            else if (!BelongsToAny(name, missions))
            {
                report.Add(DoctorFindings.WorktreeOrphaned(path, path));
            }
        }
    }

    /// <summary>
    /// A directory that is no worktree. What a killed merge was removing was clean and is in the target; a file that was written there after that, by somebody who
    /// worked in it, is not. A merge that still removes has the repository's merge lock.
    /// </summary>
    private static void Husk(Project project, string[] missions, string name, string path, in FileFacts facts, DoctorReport report)
    {
        bool isRemoved = WorktreeRemover.WorktreeOfTrash(name) is { } worktree && BelongsToAny(worktree, missions);
        if (!isRemoved || DirectoryTree.HasFileChangedSince(path, facts.Changed))
        {
            report.Add(DoctorFindings.WorktreeHusk(path));
            return;
        }

        int file = Posix.Open(project.LocksDirectory + MergeMission.LockName, OpenFlags.ReadWrite | OpenFlags.NoFollow);
        if (file < 0 || Posix.TryLock(file) >= 0)
        {
            var finding = report.Add(DoctorFindings.WorktreeRemoved(path));
            if (report.Fixes)
            {
                int error = DirectoryTree.Remove(path);
                report.Fixed(finding, error < 0 ? FileErrors.ToFailure("remove", path, error) : null, DoctorFindings.WorktreeRemovedFix());
            }
        }

        if (file >= 0)
        {
            Posix.Close(file);
        }
    }

    private static bool IsSame(string path, in FileFacts facts) => Posix.Stat(path, out var own) >= 0 && own.IsSameFileAs(facts);

    /// <summary>Names are the mission's directory, a hyphen, and a lane, a work package or <c>coord</c> (HOST §1.9).</summary>
    private static bool BelongsToAny(string name, string[] missions)
    {
        foreach (string mission in missions)
        {
            if (name.Length > mission.Length && name[mission.Length] == '-' && name.StartsWith(mission, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Worktrees that git knows and nobody has: their directory is gone, and no lock says that it will come back.</summary>
    private static void Registrations(string common, GitRunner git, DoctorReport report)
    {
        var stale = new Items<ToolFinding>();
        foreach (string name in Names(common, "worktrees"))
        {
            string directory = common + "/worktrees/" + name;
            var outcome = ProjectFiles.TryRead(directory, "gitdir", MaxPointerBytes, out var bytes);
            using (bytes)
            {
                string pointer = outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).TrimEnd('\n', '\r') : "";
                string path = pointer.StartsWith('/') ? pointer : System.IO.Path.GetFullPath(directory + "/" + pointer);
                if (outcome.IsOk && Posix.Stat(path, out _) == -Errno.NoEntry && Posix.Stat(directory + "/locked", out _) < 0)
                {
                    stale.Add(report.Add(DoctorFindings.WorktreeRegistration(directory, path.EndsWith("/.git", StringComparison.Ordinal) ? path[..^5] : path)));
                }
            }
        }

        if (stale.Count == 0 || !report.Fixes)
        {
            return;
        }

        bool ran = git.Run("worktree", "prune").Try(out var outcomeOfPrune, out var failure);
        failure = ran && !outcomeOfPrune!.IsSuccess ? outcomeOfPrune.ToFailure() : failure;
        foreach (var finding in stale)
        {
            // git keeps what is younger than its own limit, and what it cannot remove.
            bool isGone = Posix.Stat(finding.Place, out _) < 0;
            if (isGone || failure is not null)
            {
                report.Fixed(finding, failure, DoctorFindings.WorktreeRegistrationFix());
            }
        }
    }

    private static void Journals(string common, DoctorReport report)
    {
        const string Prefix = "merge-", Suffix = ".journal";
        foreach (string name in Names(common, "spec-kitty"))
        {
            if (!name.StartsWith(Prefix, StringComparison.Ordinal) || !name.EndsWith(Suffix, StringComparison.Ordinal))
            {
                continue;
            }

            string path = common + "/spec-kitty/" + name;
            report.Add(MergeJournal.Read(path).Failure is { } unreadable
                ? DoctorFindings.MergeJournalUnreadable(path, unreadable.Message)
                : DoctorFindings.MergeJournal(path, name[Prefix.Length..^Suffix.Length]));
        }
    }

    internal static List<string> Names(string root, string directory)
    {
        var names = new List<string>();
        DirectoryEntries.TryOpen(root, directory, out var entries);
        if (entries is not null)
        {
            using (entries)
            {
                while (entries.MoveNext())
                {
                    names.Add(Encoding.UTF8.GetString(entries.Name));
                }
            }
        }

        CollectionsMarshal.AsSpan(names).Sort(CodePointOrder.Compare);
        return names;
    }
}
