using System.Text.Json;

namespace SpecKitty.Contract;

/// <summary>An object that can be written. The types that implement it are generated from schemas/payloads.</summary>
internal interface IPayload
{
    /// <summary>Writes the members that <paramref name="level"/> knows, without the braces.</summary>
    public void WriteMembers(Utf8JsonWriter writer, ContractLevel level);
}
