using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>All missions of a project, by what their meta.json says; read only when a directory's name does not answer.</summary>
internal sealed class MissionIndex
{
    private readonly List<MissionIndexEntry> _entries = [];

    private MissionIndex()
    {
    }

    /// <summary>Reads kitty-specs. A project without it has no missions.</summary>
    /// <param name="project">The project.</param>
    /// <param name="failure">IO_FAILED where the directory cannot be listed; else null.</param>
    public static MissionIndex Read(Project project, out Failure? failure)
    {
        var index = new MissionIndex();
        failure = null;
        var outcome = DirectoryEntries.TryOpen(project.Root, Project.SpecsName, out var entries);
        if (entries is null)
        {
            failure = outcome.Status == ReadStatus.Failed ? FileErrors.ToFailure("read", project.PathOf(Project.SpecsName), outcome.Errno) : null;
            return index;
        }

        var names = new List<string>();
        using (entries)
        {
            Span<char> name = stackalloc char[256];
            while (entries.MoveNext())
            {
                // Ascii, or it is no safe name.
                if (entries.Type is EntryType.Directory or EntryType.Link or EntryType.Unknown && entries.Name.Length < name.Length
                    && Encoding.UTF8.TryGetChars(entries.Name, name, out int length) && SafeNames.IsSafe(name[..length]))
                {
                    // A link beside its target is the same mission again.
                    string text = new(name[..length]);
                    if (entries.Type == EntryType.Directory || MissionSelector.CanonicalName(project, text) == text)
                    {
                        names.Add(text);
                    }
                }
            }

            if (entries.Errno != 0)
            {
                failure = FileErrors.ToFailure("read", project.PathOf(Project.SpecsName), entries.Errno);
                return index;
            }
        }

        CollectionsMarshal.AsSpan(names).Sort(string.CompareOrdinal);
        foreach (string name in names)
        {
            var read = MissionSelector.ReadMeta(project, name, out var meta, out string? problem);
            if (read.Status != ReadStatus.OutsideProject)
            {
                index._entries.Add(new MissionIndexEntry(name, meta, read.IsOk && problem is null));
            }
        }

        return index;
    }

    /// <summary>The missions' directories, by name.</summary>
    public IReadOnlyList<string> Directories => _entries.ConvertAll(static entry => entry.Directory);

    /// <summary>
    /// The missions that <paramref name="selector"/> means, by directory. Where none is meant for certain, those come in question whose
    /// meta.json is missing or damaged but whose directory's name fits, and those that have the number only in meta.json.
    /// </summary>
    public List<MissionIndexEntry> Find(string selector)
    {
        var certain = new List<MissionIndexEntry>();
        var possible = new List<MissionIndexEntry>();
        foreach (var entry in _entries)
        {
            if (entry.HasMeta && entry.Matches(selector))
            {
                certain.Add(entry);
            }
            else if (entry.HasMeta ? entry.MatchesNumber(selector) : entry.MatchesName(selector))
            {
                possible.Add(entry);
            }
        }

        return certain.Count != 0 ? certain : possible;
    }
}
