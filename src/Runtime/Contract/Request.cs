using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>A call, parsed. The types that derive from it are generated from schemas/commands.</summary>
internal abstract class Request
{
    /// <summary>Which command is called.</summary>
    public abstract CommandId Command { get; }

    /// <summary>Puts contents in the place of values that only name them; what kept it from that, or null.</summary>
    public virtual Failure? Expand(IOptionContents contents) => null;

    /// <summary>Writes the flags that were given, with their values: a mutation's parameters.</summary>
    public virtual void WriteFlags(Utf8JsonWriter writer)
    {
    }
}
