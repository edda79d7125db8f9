namespace SpecKitty.Contract;

/// <summary>A call, parsed. The types that derive from it are generated from schemas/commands.</summary>
internal abstract class Request
{
    /// <summary>Which command is called.</summary>
    public abstract CommandId Command { get; }
}
