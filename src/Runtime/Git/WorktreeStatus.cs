using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>What <c>git status --porcelain=v2 -z</c> says of a checkout. Paths are Latin-1 images of their bytes.</summary>
internal sealed class WorktreeStatus
{
    private readonly List<string> _changed = [];
    private readonly List<string> _untracked = [];

    private WorktreeStatus()
    {
    }

    /// <summary>Tracked files that differ from HEAD, in the index or in the checkout.</summary>
    public List<string> Changed => _changed;

    /// <summary>What git does not know and does not ignore; a directory of such files is one entry, ending in '/'.</summary>
    public List<string> Untracked => _untracked;

    /// <summary>Starts the command; the index is not refreshed on disk, so that nothing is touched.</summary>
    /// <param name="git">Runs it.</param>
    /// <param name="checkout">Absolute path.</param>
    /// <param name="withUntracked">Whether untracked files are asked for: git then has to look everywhere.</param>
    public static Result<GitProcess> Start(GitRunner git, string checkout, bool withUntracked) =>
        git.Start(
            new GitOptions { Directory = checkout, Configuration = ["--no-optional-locks"] },
            "status", "--porcelain=v2", "-z", "--no-renames", withUntracked ? "--untracked-files=normal" : "--untracked-files=no");

    /// <summary>Waits for the answer.</summary>
    public static Result<WorktreeStatus> Finish(GitProcess process)
    {
        if (!process.Finish().Try(out var outcome, out var failure))
        {
            return failure;
        }

        return outcome.IsSuccess ? Parse(outcome.Output) : outcome.ToFailure();
    }

    internal static WorktreeStatus Parse(ReadOnlySpan<byte> output)
    {
        var status = new WorktreeStatus();
        while (!output.IsEmpty)
        {
            int end = output.IndexOf((byte)0);
            var entry = Encoding.Latin1.GetString(end < 0 ? output : output[..end]);
            output = end < 0 ? default : output[(end + 1)..];
            // Fields before the path, by kind: ordinary, renamed (whose old path follows), unmerged, untracked.
            (int fields, bool hasOld) = entry.Length == 0 ? (0, false) : entry[0] switch
            {
                '1' => (8, false),
                '2' => (9, true),
                'u' => (10, false),
                '?' => (1, false),
                _ => (0, false),
            };
            if (fields == 0)
            {
                continue;
            }

            int at = 0;
            for (int i = 0; i < fields; i++)
            {
                at = entry.IndexOf(' ', at) + 1;
            }

            (entry[0] == '?' ? status._untracked : status._changed).Add(entry[at..]);
            if (hasOld)
            {
                end = output.IndexOf((byte)0);
                status._changed.Add(Encoding.Latin1.GetString(end < 0 ? output : output[..end]));
                output = end < 0 ? default : output[(end + 1)..];
            }
        }

        return status;
    }
}
