using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// Moves refs, all or none, through one <c>git update-ref --stdin</c>. Between <see cref="Prepare"/> and <see cref="Commit"/> they are locked and known to be
/// where they were expected; disposing instead of committing leaves them there.
/// </summary>
internal sealed class RefTransaction : IDisposable
{
    private readonly GitProcess _git;
    private readonly List<string> _locks;
    private readonly Deadline _deadline;

    private RefTransaction(GitProcess git, List<string> locks, Deadline deadline)
    {
        _git = git;
        _locks = locks;
        _deadline = deadline;
    }

    /// <summary>Locks the refs and compares them with what they should be.</summary>
    /// <param name="git">Runs it.</param>
    /// <param name="commonDirectory">Absolute path of the directory that all worktrees share.</param>
    /// <param name="moves">Not empty.</param>
    /// <param name="reason">What their reflogs say.</param>
    public static Result<RefTransaction> Prepare(GitRunner git, string commonDirectory, Items<RefMove> moves, string reason)
    {
        if (!git.Start(new GitOptions { KeepInputOpen = true, RunsHooks = true }, "update-ref", "-m", reason, "--stdin").Try(out var process, out var failure))
        {
            return failure;
        }

        var commands = new StringBuilder("start\n");
        foreach (var move in moves)
        {
            commands.Append(move switch
            {
                { Old: null, New: { } made } => $"create {move.Name} {made}\n",
                { Old: { } old, New: null } => $"delete {move.Name} {old}\n",
                _ => $"update {move.Name} {move.New} {move.Old}\n",
            });
        }

        var transaction = new RefTransaction(process, RefLocks.Of(commonDirectory, moves), git.Deadline);
        failure = process.Write(Encoding.UTF8.GetBytes(commands.Append("prepare\n").ToString())) ?? transaction.Expect("start: ok") ?? transaction.Expect("prepare: ok");
        if (failure is null)
        {
            return transaction;
        }

        transaction.Unlock();
        transaction.Dispose();
        return failure;
    }

    /// <summary>Moves them. On failure nobody here knows whether they moved: they have to be looked at.</summary>
    public Failure? Commit()
    {
        if ((_git.Write("commit\n"u8) ?? Expect("commit: ok")) is { } failure)
        {
            Unlock();
            return failure;
        }

        // They have moved; how the process ends does not matter any more.
        _git.Finish();
        return null;
    }

    public void Dispose() => _git.Dispose();

    /// <summary>A git that a signal ended leaves its locks, and nobody could move these refs any more.</summary>
    private void Unlock()
    {
        if (_git.Signal != 0)
        {
            RefLocks.Settle(_locks, _deadline);
        }
    }

    private Failure? Expect(string answer)
    {
        if (!_git.ReadLine().Try(out string? line, out var failure))
        {
            return failure;
        }

        return line == answer ? null : new Failure(ErrorCode.GitFailed, Messages.GitObjectUnreadable("update-ref", line));
    }
}
