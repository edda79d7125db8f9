using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>Everything that stands against a merge. All of it is told at once.</summary>
internal sealed class MergeProblems
{
    private readonly List<(ErrorCode Code, string Text)> _all = [];

    /// <summary>One of them stays, however often it is tried again, though its code leaves that open.</summary>
    private bool _isLasting;

    public bool Any => _all.Count > 0;

    public void Add(ErrorCode code, string text) => _all.Add((code, text));

    public void Add(string text) => Add(ErrorCode.PreflightFailed, text);

    /// <summary>What makes a git object of an error: a failure of git, told as a problem.</summary>
    public void Add(Failure failure)
    {
        Add(failure.Code, failure.Message);
        _isLasting |= !failure.Retryable;
    }

    /// <summary>The refusal. Its code is the problems' own where they agree on one.</summary>
    public Failure ToFailure(Identity identity, string? target)
    {
        var code = _all[0].Code;
        var errors = new List<string>(_all.Count);
        foreach (var (own, text) in _all)
        {
            code = own == code ? code : ErrorCode.PreflightFailed;
            errors.Add(text);
        }

        if (code == ErrorCode.LockTimeout)
        {
            // Nothing but waiting helps, as with any other lock; that answer has no list.
            return new Failure(code, string.Join("; ", errors));
        }

        return new Failure(code, string.Join("; ", errors), new PreflightFailedData { Identity = identity, TargetBranch = target, Errors = errors })
        {
            Retryable = ErrorCatalog.Retryable(code) && !_isLasting,
        };
    }
}
