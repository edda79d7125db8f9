using System;
using System.Text;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// Removes a worktree that was seen clean, as <c>git worktree remove</c> would. That command starts two processes and looks at the worktree a second time; here
/// the times of change tell what that look would, up to the moment in which the directory is renamed away.
/// </summary>
internal static class WorktreeRemover
{
    private const string GitFile = "/.git";
    private const string Pointer = "gitdir:";
    private const string TrashSuffix = ".removed";
    private const int MaxPointerBytes = 8 * 1024;

    /// <summary>The name of the worktree's directory whose removal began, of the name that it was given then; null for every other name.</summary>
    public static string? WorktreeOfTrash(string name) =>
        name.Length > TrashSuffix.Length + 1 && name[0] == '.' && name.EndsWith(TrashSuffix, StringComparison.Ordinal) ? name[1..^TrashSuffix.Length] : null;

    /// <summary>Whether it is gone. It stays if anything in it changed since it was looked at, or if the system does not let it go.</summary>
    public static bool Remove(WorktreeRemoval removal)
    {
        string trash = TrashOf(removal.Path);
        if (Posix.Stat(removal.Path, out _, followLink: false) != -Errno.NoEntry)
        {
            if (!BelongsTo(removal) || DirectoryTree.HasChangedSince(removal.Path, removal.CheckedAt) || DirectoryTree.Remove(trash) < 0
                || Posix.Rename(Posix.WorkingDirectory, removal.Path, trash) < 0)
            {
                return false;
            }
        }

        // From here on it is nobody's: what is left of it after a kill is removed by the next call.
        DirectoryTree.Remove(removal.GitDirectory);
        int slash = removal.GitDirectory.LastIndexOf('/');
        Posix.RemoveDirectory(removal.GitDirectory[..slash]);
        return DirectoryTree.Remove(trash) >= 0;
    }

    private static string TrashOf(string path)
    {
        int slash = path.LastIndexOf('/');
        return path[..slash] + "/." + path[(slash + 1)..] + TrashSuffix;
    }

    /// <summary>Whether the directory is still the checkout of that git directory.</summary>
    private static bool BelongsTo(WorktreeRemoval removal)
    {
        var outcome = ProjectFiles.TryRead(removal.Path, GitFile[1..], MaxPointerBytes, out var bytes);
        using (bytes)
        {
            string text = outcome.IsOk ? Encoding.UTF8.GetString(bytes.Span).Trim() : "";
            if (!text.StartsWith(Pointer, StringComparison.Ordinal))
            {
                return false;
            }

            string path = text[Pointer.Length..].Trim();
            path = path.StartsWith('/') ? path : removal.Path + "/" + path;
            return Posix.Stat(path, out var pointed) >= 0 && Posix.Stat(removal.GitDirectory, out var known) >= 0 && pointed.IsSameFileAs(known);
        }
    }
}
