namespace SpecKitty.Generators.Model;

/// <summary>What a schema file describes; the item metadata <c>SchemaKind</c>, in lower case.</summary>
internal enum SchemaKind
{
    Contract,
    Flags,
    Errors,
    Lanes,
    Policy,
    Events,
    Messages,
    Command,
    Payload,
    Tool,
    Page,
}
