using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>A work package's file in tasks/: which one it is, and what its front matter says if it was read.</summary>
internal sealed class TaskFile
{
    /// <summary>Stands for an entry of the roster that is no name.</summary>
    public const string UnnamedSubtask = "(unnamed)";

    private readonly Project _project;
    private int _errno;

    public TaskFile(Mission mission, string wpId, string fileName)
    {
        WpId = wpId;
        FileName = fileName;
        RelativePath = mission.RelativePathOf(TaskFiles.DirectoryName + "/" + fileName);
        _project = mission.Project;
    }

    /// <summary>The work package, by the file's name.</summary>
    public string WpId { get; }

    public string FileName { get; }

    /// <summary>Path below the project's root.</summary>
    public string RelativePath { get; }

    /// <summary>Absolute path.</summary>
    public string Path => _project.PathOf(RelativePath);

    /// <summary>What it depends on, as given: in the file's order, twice if it says so twice. Empty if the file is broken.</summary>
    public string[] Dependencies { get; private set; } = [];

    /// <summary>
    /// The front matter's roster of subtasks (level 1.3.0). An entry that names nothing is in it as <see cref="UnnamedSubtask"/>, which no
    /// row can call done. Empty if the file is broken: ask <see cref="Problem"/> first.
    /// </summary>
    public string[] Subtasks { get; private set; } = [];

    /// <summary>Why the front matter cannot be used, with the file's path; null if it can, or was not read. A warning for reads.</summary>
    public string? Problem { get; private set; }

    /// <summary>For a mutation that needs a file which has a <see cref="Problem"/>: TASK_FILE_INVALID, or IO_FAILED where it may be fine and could not be read.</summary>
    public Failure ToFailure() => Unread ?? new(ErrorCode.TaskFileInvalid, Problem ?? throw new InvalidOperationException("the task file is fine"));

    /// <summary>IO_FAILED where the system refused to read it, so that nobody knows whether it can be used; else null.</summary>
    public Failure? Unread => _errno == 0 ? null : FileErrors.ToFailure("read", Path, _errno);

    /// <summary>Notes that the file is broken, and how.</summary>
    internal void Reject(string detail)
    {
        Dependencies = [];
        Subtasks = [];
        Problem = Messages.TaskFileInvalid(RelativePath, detail);
    }

    /// <summary>Notes that there is nothing to be had from the file.</summary>
    internal void Reject(ReadOutcome outcome)
    {
        Reject(outcome.Detail);
        _errno = outcome.Errno;
    }

    /// <summary>Takes what this host needs from the front matter.</summary>
    internal void Accept(YamlValue frontMatter)
    {
        var id = frontMatter.Find(TaskKeys.WorkPackageId);
        if (id is not { Kind: YamlKind.Text })
        {
            Reject(id is null ? $"{TaskKeys.WorkPackageId} is missing" : $"{TaskKeys.WorkPackageId} must be a string");
            return;
        }

        if (!string.Equals(id.Text, WpId, StringComparison.Ordinal))
        {
            Reject($"{TaskKeys.WorkPackageId} is '{ShortText.Of(id.Text)}', but the file's name says {WpId}");
            return;
        }

        Subtasks = RosterOf(frontMatter.Find(TaskKeys.Subtasks));
        var dependencies = frontMatter.Find(TaskKeys.Dependencies);
        switch (dependencies?.Kind)
        {
            case null:
                break;
            case YamlKind.Text:
                Dependencies = Split(dependencies.Text);
                break;
            case YamlKind.Sequence:
                var texts = TextsOf(dependencies);
                Dependencies = texts;
                if (texts.Length != dependencies.Items.Count)
                {
                    Reject($"every entry of {TaskKeys.Dependencies} must be a string");
                }

                break;
            case YamlKind.Null:
                Reject($"{TaskKeys.Dependencies} has no value; write [] for none");
                break;
            default:
                Reject($"{TaskKeys.Dependencies} must be a list");
                break;
        }
    }

    private static string[] TextsOf(YamlValue? list)
    {
        if (list is not { Kind: YamlKind.Sequence } || list.Items.Count == 0)
        {
            return [];
        }

        var texts = new List<string>(list.Items.Count);
        for (int i = 0; i < list.Items.Count; i++)
        {
            if (list.Items[i].Kind == YamlKind.Text)
            {
                texts.Add(list.Items[i].Text);
            }
        }

        return texts.ToArray();
    }

    private static string[] RosterOf(YamlValue? roster)
    {
        if (roster is null or { Kind: YamlKind.Null })
        {
            return [];
        }

        if (roster.Kind != YamlKind.Sequence)
        {
            return roster.Kind is YamlKind.Text or YamlKind.Literal ? Split(roster.Text) : [UnnamedSubtask];
        }

        var names = new List<string>(roster.Items.Count);
        for (int i = 0; i < roster.Items.Count; i++)
        {
            var item = roster.Items[i];
            if (item.Kind != YamlKind.Null)
            {
                names.Add(item.Kind is YamlKind.Text or YamlKind.Literal ? item.Text : UnnamedSubtask);
            }
        }

        return names.ToArray();
    }

    /// <summary>A list in a string: <c>[]</c>, or names with commas between them.</summary>
    private static string[] Split(string text)
    {
        if (text.AsSpan().Trim() is "[]" or "")
        {
            return [];
        }

        var names = new List<string>();
        foreach (var range in text.AsSpan().Split(','))
        {
            var name = text.AsSpan(range).Trim();
            if (!name.IsEmpty)
            {
                names.Add(name.ToString());
            }
        }

        return names.ToArray();
    }
}
