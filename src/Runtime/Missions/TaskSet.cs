using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using SpecKitty.Contract;

namespace SpecKitty.Missions;

/// <summary>The work packages that a mission has task files for.</summary>
internal sealed class TaskSet
{
    private readonly Items<TaskFile> _files;

    /// <param name="files">One for each work package, in any order.</param>
    public TaskSet(Items<TaskFile> files)
    {
        _files = files;
        _files.Sort(static (a, b) => string.CompareOrdinal(a.WpId, b.WpId));
    }

    /// <summary>By id, which is the order of the file names too.</summary>
    public Items<TaskFile> Files => _files;

    public int Count => _files.Count;

    public bool TryGet(string wpId, [MaybeNullWhen(false)] out TaskFile file)
    {
        int at = IndexOf(wpId);
        file = at < 0 ? null : _files[at];
        return at >= 0;
    }

    /// <summary>The place of a work package in <see cref="Files"/>; negative if it has no task file.</summary>
    public int IndexOf(string wpId)
    {
        int low = 0, high = _files.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = string.CompareOrdinal(_files[middle].WpId, wpId);
            if (order == 0)
            {
                return middle;
            }

            if (order < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return -1;
    }

    /// <summary>Adds a sentence for each file that cannot be used.</summary>
    public void AddWarnings(List<string> warnings)
    {
        foreach (var file in _files)
        {
            if (file.Problem is { } problem)
            {
                warnings.Add(problem);
            }
        }
    }
}
