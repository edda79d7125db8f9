using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>A request's flags as an object.</summary>
internal sealed class RequestFlags : Payload
{
    private readonly Request _request;

    public RequestFlags(Request request) => _request = request;

    public override void WriteMembers(Utf8JsonWriter writer, ContractLevel level) => _request.WriteFlags(writer);
}
