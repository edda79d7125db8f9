namespace SpecKitty.Contract;

/// <summary>What a payload is for.</summary>
internal enum PayloadKind
{
    /// <summary>A part of others.</summary>
    Part,

    /// <summary>The answer of a command.</summary>
    Result,

    /// <summary>What a failure adds to its data.</summary>
    Failure,

    /// <summary>A row of the event log.</summary>
    Row,

    /// <summary>A document of its own.</summary>
    Document,

    /// <summary>The envelope.</summary>
    Envelope,
}
