using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>Everything that stands against a merge. All of it is told at once.</summary>
internal sealed class MergeProblems
{
    private readonly List<string> _texts = [];

    /// <summary>The code that all of them have; PREFLIGHT_FAILED where they have several.</summary>
    private ErrorCode? _code;

    /// <summary>One of them stays, however often it is tried again, though its code leaves that open.</summary>
    private bool _isLasting;

    public bool Any => _texts.Count > 0;

    public void Add(ErrorCode code, string text)
    {
        _code = _code is null || _code == code ? code : ErrorCode.PreflightFailed;
        _texts.Add(text);
    }

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
        var code = _code ?? ErrorCode.PreflightFailed;
        if (code == ErrorCode.LockTimeout)
        {
            // Nothing but waiting helps, as with any other lock; that answer has no list.
            return new Failure(code, string.Join("; ", _texts));
        }

        return new Failure(code, string.Join("; ", _texts), new PreflightFailedData { Identity = identity, TargetBranch = target, Errors = _texts.ToArray() })
        {
            Retryable = ErrorCatalog.Retryable(code) && !_isLasting,
        };
    }
}
