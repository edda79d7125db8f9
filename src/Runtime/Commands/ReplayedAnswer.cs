using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>A recorded answer, member by member as it was given, but for saying that it was given before.</summary>
internal sealed class ReplayedAnswer : Payload
{
    private readonly JsonElement _data;

    public ReplayedAnswer(JsonElement data) => _data = data;

    public override void WriteMembers(Utf8JsonWriter writer, ContractLevel level)
    {
        foreach (var member in _data.EnumerateObject())
        {
            writer.WritePropertyName(member.Name);
            if (member.NameEquals(TransitionPayloadFields.Replayed))
            {
                writer.WriteBooleanValue(true);
            }
            else
            {
                member.Value.WriteTo(writer);
            }
        }
    }
}
