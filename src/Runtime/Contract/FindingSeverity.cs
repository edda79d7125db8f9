namespace SpecKitty.Contract;

/// <summary>How bad a finding is.</summary>
internal enum FindingSeverity : byte
{
    /// <summary>Something does not work.</summary>
    Error,

    /// <summary>Something may go wrong, or lies about.</summary>
    Warning,

    /// <summary>Nothing to be healed.</summary>
    Note,
}
