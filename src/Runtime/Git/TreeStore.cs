using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>Trees of the repository: read through <see cref="ObjectReader"/> and remembered, written through one <c>git mktree --batch</c> that is kept open.</summary>
internal sealed class TreeStore : ITrees, IDisposable
{
    private readonly GitRunner _git;
    private readonly ObjectReader _objects;
    private readonly Dictionary<string, TreeEntry[]> _known = new(StringComparer.Ordinal);
    private GitProcess? _writer;

    public TreeStore(GitRunner git, ObjectReader objects)
    {
        _git = git;
        _objects = objects;
    }

    public Result<TreeEntry[]> Read(string? id)
    {
        if (id is null)
        {
            return Array.Empty<TreeEntry>();
        }

        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        if (!_objects.Read(id, GitObject.Tree).Try(out var found, out var failure))
        {
            return failure;
        }

        return _known[id] = Parse(found.Content, id.Length / 2);
    }

    public Result<string?> Write(TreeEntry[] entries)
    {
        if (entries.Length == 0)
        {
            return (string?)null;
        }

        Failure? failure;
        if (_writer is null && !_git.Start(new GitOptions { KeepInputOpen = true }, "mktree", "--batch", "--missing", "-z").Try(out _writer, out failure))
        {
            return failure;
        }

        var text = new StringBuilder();
        foreach (var entry in entries)
        {
            text.Append(entry.Mode.PadLeft(6, '0')).Append(' ').Append(entry.Type).Append(' ').Append(entry.Id).Append('\t').Append(entry.Name).Append('\0');
        }

        failure = _writer.Write(Encoding.Latin1.GetBytes(text.Append('\0').ToString()));
        if (failure is not null || !_writer.ReadLine().Try(out string? id, out failure))
        {
            return failure;
        }

        return id;
    }

    public void Dispose() => _writer?.Dispose();

    /// <summary>Entries one behind the other: mode, space, name, NUL, the raw id.</summary>
    internal static TreeEntry[] Parse(ReadOnlySpan<byte> content, int idBytes)
    {
        var entries = new List<TreeEntry>();
        while (!content.IsEmpty)
        {
            int space = content.IndexOf((byte)' ');
            int nul = content.IndexOf((byte)0);
            entries.Add(new TreeEntry(
                Encoding.Latin1.GetString(content[..space]),
                Encoding.Latin1.GetString(content[(space + 1)..nul]),
                Convert.ToHexStringLower(content.Slice(nul + 1, idBytes))));
            content = content[(nul + 1 + idBytes)..];
        }

        var sorted = entries.ToArray();
        // git sorts a directory as if its name ended in a slash; looking up by name wants plain order.
        Array.Sort(sorted, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return sorted;
    }
}
