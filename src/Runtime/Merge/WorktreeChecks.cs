using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>Looks at the checkouts that a merge concerns: those of branches that may move, and those of lanes. All are asked before any is waited for.</summary>
internal sealed class WorktreeChecks : IDisposable
{
    private readonly Items<GitWorktree> _worktrees = [];
    private readonly Items<GitProcess> _running = [];
    private readonly List<long> _since = [];
    private readonly Items<WorktreeView> _views = [];

    public void Dispose()
    {
        foreach (var process in _running)
        {
            process.Dispose();
        }
    }

    /// <summary>Starts looking at a checkout.</summary>
    public Failure? Start(MergeRepository repository, GitWorktree worktree, bool withUntracked)
    {
        long now = Posix.Time(monotonic: false);
        if (!WorktreeStatus.Start(repository.Git, worktree.Path, withUntracked).Try(out var process, out var failure))
        {
            return failure;
        }

        _worktrees.Add(worktree);
        _running.Add(process);
        _since.Add(now);
        return null;
    }

    /// <summary>What was seen.</summary>
    public Result<Items<WorktreeView>> Finish()
    {
        for (int i = 0; i < _running.Count; i++)
        {
            if (!WorktreeStatus.Finish(_running[i]).Try(out var status, out var failure))
            {
                return failure;
            }

            _views.Add(new WorktreeView(_worktrees[i], status, _since[i]));
        }

        return _views;
    }
}
