namespace SpecKitty.Contract;

/// <summary>Why a call, or a step of one, did not do what was asked. A value, never an exception.</summary>
internal sealed class Failure
{
    public Failure(ErrorCode code, string message, Payload? data = null)
    {
        Code = code;
        Message = message;
        Data = data;
        Retryable = ErrorCatalog.Retryable(code);
        Effect = ErrorCatalog.Effect(code);
    }

    /// <summary>The exact cause; <c>data.reason_code</c>. What <c>error_code</c> says depends on the level.</summary>
    public ErrorCode Code { get; }

    /// <summary>The cause in one sentence, with the thing's name and the remedy.</summary>
    public string Message { get; }

    /// <summary>What the code adds to <c>data</c> before the common members; null for nothing.</summary>
    public Payload? Data { get; }

    /// <summary>Whether the same call may succeed later; the catalogue's word unless the site knows that it may not. Where the catalogue says that it never may, no site knows better.</summary>
    public bool Retryable
    {
        get;
        init => field = value && ErrorCatalog.Retryable(Code);
    }

    /// <summary>What the call left behind; the catalogue's word unless the site knows better.</summary>
    public Effect Effect { get; init; }

    /// <summary>The same failure, of a call that left something else behind.</summary>
    public Failure With(Effect effect) => new(Code, Message, Data) { Effect = effect, Retryable = Retryable };
}
