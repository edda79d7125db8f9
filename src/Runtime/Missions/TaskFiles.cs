using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>Finds and reads the files in a mission's tasks/ (HOST §1.5, DESIGN §6): one listing, and of each file no more than its front matter.</summary>
internal static class TaskFiles
{
    public const string DirectoryName = "tasks";

    /// <summary>Front matter is a few hundred bytes; most files' ends in the first read.</summary>
    private const int FirstBytes = 4 * 1024;

    /// <summary>The line of a task file at which its YAML begins.</summary>
    private const int FirstLine = 2;

    private const int MaxFrontMatterBytes = 256 * 1024;

    /// <summary>
    /// The file of one work package, not read: enough to know that it exists. WP_NOT_FOUND where there is none; an id that is no id does not
    /// reach a file.
    /// </summary>
    public static Result<TaskFile> Locate(Mission mission, string wpId)
    {
        if (!WorkPackageIds.IsValid(wpId))
        {
            return NotFound(mission, wpId);
        }

        if (!List(mission, wpId).Try(out var files, out var failure))
        {
            return failure;
        }

        return files.Count == 0 ? NotFound(mission, wpId) : files[0];
    }

    /// <summary>The file of one work package, read.</summary>
    public static Result<TaskFile> Find(Mission mission, string wpId)
    {
        if (!Locate(mission, wpId).Try(out var file, out var failure))
        {
            return failure;
        }

        using var head = new FileHead(FirstBytes);
        Read(mission, file, head);
        return file;
    }

    /// <summary>
    /// All of them, read. A broken file is in the set, with its problem; TASK_FILE_INVALID or IO_FAILED only where tasks/ itself cannot be listed.
    /// </summary>
    public static Result<TaskSet> Load(Mission mission)
    {
        if (!List(mission, only: null).Try(out var files, out var failure))
        {
            return failure;
        }

        using var head = new FileHead(FirstBytes);
        foreach (var file in files)
        {
            Read(mission, file, head);
        }

        return new TaskSet([.. files]);
    }

    /// <summary>One file for each work package: <c>WP01.md</c>, else the first <c>WP01-*.md</c> by name.</summary>
    private static Result<Items<TaskFile>> List(Mission mission, string? only)
    {
        var names = new List<string>();
        string directory = mission.RelativePathOf(DirectoryName);
        var outcome = DirectoryEntries.TryOpen(mission.Project.Root, directory, out var entries);
        if (entries is null)
        {
            return outcome.Status switch
            {
                ReadStatus.Missing => new Items<TaskFile>(),
                ReadStatus.Failed => outcome.ToFailure("read", mission.Project.PathOf(directory)),
                _ => new Failure(ErrorCode.TaskFileInvalid, Messages.TaskFileInvalid(directory, outcome.Detail)),
            };
        }

        using (entries)
        {
            while (entries.MoveNext())
            {
                int length = WorkPackageIds.LengthInFileName(entries.Name);
                if (length > 0 && (only is null || Ascii.Equals(entries.Name[..length], only)))
                {
                    // A name that is no UTF-8 loses its bytes here; the file is then listed, and cannot be opened.
                    names.Add(Encoding.UTF8.GetString(entries.Name));
                }
            }

            if (entries.Errno != 0)
            {
                return FileErrors.ToFailure("read", mission.Project.PathOf(directory), entries.Errno);
            }
        }

        // By id, and then the name without anything behind the id first: "WP01.md" would come behind "WP01-a.md".
        CollectionsMarshal.AsSpan(names).Sort(CompareNames);
        var files = new Items<TaskFile>(names.Count);
        foreach (string name in names)
        {
            var id = name.AsSpan(0, IdLength(name));
            if (files.Count == 0 || !id.SequenceEqual(files[^1].WpId))
            {
                files.Add(new TaskFile(mission, id.ToString(), name));
            }
        }

        return files;
    }

    private static void Read(Mission mission, TaskFile file, FileHead head)
    {
        var outcome = head.Open(mission.Project.Root, file.RelativePath);
        while (outcome.IsOk)
        {
            switch (FrontMatter.Locate(head.Span, head.AtEnd, out var yaml))
            {
                case FrontMatterExtent.Whole:
                    if (Yaml.Read(yaml, TaskKeys.All, FirstLine, out string? problem) is { } root)
                    {
                        file.Accept(root);
                    }
                    else
                    {
                        file.Reject(problem!);
                    }

                    return;
                case FrontMatterExtent.Absent:
                    file.Reject("it does not begin with front matter");
                    return;
                case FrontMatterExtent.Unclosed:
                    file.Reject("its front matter has no closing ---");
                    return;
            }

            if (head.Span.Length >= MaxFrontMatterBytes)
            {
                file.Reject("its front matter is too large");
                return;
            }

            outcome = head.Read(MaxFrontMatterBytes);
        }

        file.Reject(outcome);
    }

    private static int IdLength(string name)
    {
        int end = 2;
        while (char.IsAsciiDigit(name[end]))
        {
            end++;
        }

        return end;
    }

    private static int CompareNames(string a, string b)
    {
        int x = IdLength(a), y = IdLength(b);
        int order = a.AsSpan(0, x).SequenceCompareTo(b.AsSpan(0, y));
        if (order != 0)
        {
            return order;
        }

        bool isBare = a[x] == '.';
        return isBare != (b[y] == '.') ? (isBare ? -1 : 1) : CodePointOrder.Compare(a, b);
    }

    private static Failure NotFound(Mission mission, string wpId) => new(ErrorCode.WpNotFound, Messages.WpNotFound(wpId, mission.DirectoryName));
}
