using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace SpecKitty.Git;

/// <summary>A commit as it is stored. Header lines are kept as bytes in Latin-1: names and messages need not be UTF-8.</summary>
internal sealed class CommitObject
{
    private CommitObject(string tree, string[] parents, string author, string committer, string? encoding, byte[] message)
    {
        Tree = tree;
        Parents = parents;
        Author = author;
        Committer = committer;
        Encoding = encoding;
        Message = message;
    }

    public string Tree { get; }

    public string[] Parents { get; }

    /// <summary>Name, address, time and zone.</summary>
    public string Author { get; }

    /// <summary>As <see cref="Author"/>.</summary>
    public string Committer { get; }

    /// <summary>The message's encoding where it is not UTF-8; else null.</summary>
    public string? Encoding { get; }

    public byte[] Message { get; }

    /// <summary>When it was committed, in seconds since 1970; 0 where that cannot be read.</summary>
    public long CommitTime
    {
        get
        {
            int end = Committer.LastIndexOf(' ');
            int start = end <= 0 ? -1 : Committer.LastIndexOf(' ', end - 1);
            return start >= 0 && long.TryParse(Committer.AsSpan(start + 1, end - start - 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long time) ? time : 0;
        }
    }

    /// <summary>Reads a commit's content.</summary>
    public static CommitObject Parse(ReadOnlySpan<byte> content)
    {
        string tree = "", author = "", committer = "";
        string? encoding = null;
        var parents = new List<string>();
        while (true)
        {
            int end = content.IndexOf((byte)'\n');
            var line = end < 0 ? content : content[..end];
            content = end < 0 ? default : content[(end + 1)..];
            if (line.IsEmpty)
            {
                break;
            }

            int space = line.IndexOf((byte)' ');
            if (space <= 0)
            {
                // The continuation of a signature, which is not carried over.
                continue;
            }

            string value = System.Text.Encoding.Latin1.GetString(line[(space + 1)..]);
            var key = line[..space];
            if (key.SequenceEqual("tree"u8))
            {
                tree = value;
            }
            else if (key.SequenceEqual("parent"u8))
            {
                parents.Add(value);
            }
            else if (key.SequenceEqual("author"u8))
            {
                author = value;
            }
            else if (key.SequenceEqual("committer"u8))
            {
                committer = value;
            }
            else if (key.SequenceEqual("encoding"u8))
            {
                encoding = value;
            }
        }

        return new CommitObject(tree, [.. parents], author, committer, encoding, content.ToArray());
    }

    /// <summary>The content of a new commit.</summary>
    public static byte[] Compose(string tree, string[] parents, string author, string committer, string? encoding, ReadOnlySpan<byte> message)
    {
        var head = new StringBuilder().Append("tree ").Append(tree).Append('\n');
        foreach (string parent in parents)
        {
            head.Append("parent ").Append(parent).Append('\n');
        }

        head.Append("author ").Append(author).Append("\ncommitter ").Append(committer).Append('\n');
        if (encoding is not null)
        {
            head.Append("encoding ").Append(encoding).Append('\n');
        }

        return [.. System.Text.Encoding.Latin1.GetBytes(head.Append('\n').ToString()), .. message];
    }
}
