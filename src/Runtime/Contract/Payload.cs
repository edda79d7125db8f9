using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>An object that can be written. The types that derive from it are generated from schemas/payloads.</summary>
/// <remarks>No interface: docs/adr/0016.</remarks>
internal abstract class Payload
{
    /// <summary>Writes the members that <paramref name="level"/> knows, without the braces.</summary>
    public abstract void WriteMembers(Utf8JsonWriter writer, ContractLevel level);
}
