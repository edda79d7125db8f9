using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Everything below a directory at one moment: paths with contents, links with targets; git's objects are left out.</summary>
internal sealed class FileTree
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly SortedDictionary<string, string> _entries = new(StringComparer.Ordinal);

    internal IReadOnlyDictionary<string, string> Entries => _entries;

    internal static FileTree Of(string root)
    {
        var tree = new FileTree();
        tree.Add(new DirectoryInfo(root), "");
        return tree;
    }

    /// <summary>The paths that were added, changed or removed since an older tree, each with a mark in front.</summary>
    internal string[] ChangesSince(FileTree older)
    {
        var added = _entries.Keys.Where(path => !older._entries.ContainsKey(path)).Select(path => $"+ {path}");
        var changed = _entries.Where(entry => older._entries.TryGetValue(entry.Key, out var was) && was != entry.Value).Select(entry => $"~ {entry.Key}");
        var removed = older._entries.Keys.Where(path => !_entries.ContainsKey(path)).Select(path => $"- {path}");
        return [.. added.Concat(changed).Concat(removed).OrderBy(line => line[2..], StringComparer.Ordinal)];
    }

    /// <summary>Fails if anything differs; what only exists for the lock may have come into being, for a lock is never taken away again.</summary>
    /// <exception cref="ContractException">Anything else differs.</exception>
    internal void MustEqualButForLocks(FileTree older, string what) =>
        MustBeNone([.. ChangesSince(older).Where(line => line[0] != '+' || !line.Contains("/spec-kitty-locks/", StringComparison.Ordinal))], what);

    /// <exception cref="ContractException">Anything differs.</exception>
    internal void MustEqual(FileTree older, string what) => MustBeNone(ChangesSince(older), what);

    private static void MustBeNone(string[] changes, string what)
    {
        Contract.Holds(changes.Length == 0, $"{what} changed something: {string.Join(", ", changes)}");
    }

    private void Add(DirectoryInfo directory, string prefix)
    {
        foreach (var info in directory.EnumerateFileSystemInfos())
        {
            var path = prefix + info.Name;
            if (info.LinkTarget is not null)
            {
                _entries[path] = $"-> {info.LinkTarget}";
            }
            else if (info is DirectoryInfo inner)
            {
                _entries[path + "/"] = "";
                if (!path.EndsWith(".git/objects", StringComparison.Ordinal) && path != ".git/objects")
                {
                    Add(inner, path + "/");
                }
            }
            else
            {
                _entries[path] = Content((FileInfo)info);
            }
        }
    }

    /// <summary>Text as it is; other bytes as their digest. What has no length is not opened: it may be a pipe, which would block.</summary>
    private static string Content(FileInfo info)
    {
        if (info.Length == 0)
        {
            return "";
        }

        var bytes = File.ReadAllBytes(info.FullName);
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return $"sha256 {Convert.ToHexStringLower(SHA256.HashData(bytes))}";
        }
    }
}
