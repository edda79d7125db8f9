using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>
/// Moves refs, all or none, through one <c>git update-ref --stdin</c>. Between <see cref="Prepare"/> and <see cref="Commit"/> they are locked and known to be
/// where they were expected; disposing instead of committing leaves them there.
/// </summary>
internal sealed class RefTransaction : IDisposable
{
    private readonly GitProcess _git;

    private RefTransaction(GitProcess git) => _git = git;

    /// <summary>Locks the refs and compares them with what they should be.</summary>
    /// <param name="git">Runs it.</param>
    /// <param name="moves">Not empty.</param>
    /// <param name="reason">What their reflogs say.</param>
    public static Result<RefTransaction> Prepare(GitRunner git, IReadOnlyList<RefMove> moves, string reason)
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

        var transaction = new RefTransaction(process);
        failure = process.Write(Encoding.UTF8.GetBytes(commands.Append("prepare\n").ToString())) ?? transaction.Expect("start: ok") ?? transaction.Expect("prepare: ok");
        if (failure is null)
        {
            return transaction;
        }

        transaction.Dispose();
        return failure;
    }

    /// <summary>Moves them. On failure nobody here knows whether they moved: they have to be looked at.</summary>
    public Failure? Commit()
    {
        if ((_git.Write("commit\n"u8) ?? Expect("commit: ok")) is { } failure)
        {
            return failure;
        }

        // They have moved; how the process ends does not matter any more.
        _git.Finish();
        return null;
    }

    public void Dispose() => _git.Dispose();

    private Failure? Expect(string answer)
    {
        if (!_git.ReadLine().Try(out string? line, out var failure))
        {
            return failure;
        }

        return line == answer ? null : new Failure(ErrorCode.GitFailed, Messages.GitObjectUnreadable("update-ref", line));
    }
}
