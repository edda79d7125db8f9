using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SpecKitty.Contract;

/// <summary>JSON passed on as given, for the contexts: keys sorted, as the writers have it.</summary>
internal sealed class SortedJsonConverter : JsonConverter<JsonElement>
{
    /// <inheritdoc/>
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => JsonValues.Write(writer, value);
}
