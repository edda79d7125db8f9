using System;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// Keys that never reach the log, at any depth: they would tell who and where the caller is (HOST §1.3). The rows' own keys are none of
/// them; they can come with JSON that the caller passed in.
/// </summary>
internal static class PrivateKeys
{
    private static ReadOnlySpan<byte> Names => "machine_name,hostname,workspace_path,developer_name,developer_email"u8;

    /// <summary>Removes them from the row that begins at <paramref name="start"/> and ends the buffer, in the row's own byte form.</summary>
    public static void Remove(RowBuffer buffer, int start)
    {
        if (!Occur(buffer.From(start).Span))
        {
            return;
        }

        using var row = JsonDocument.Parse(buffer.From(start).ToArray(), new JsonDocumentOptions { MaxDepth = JsonScanner.MaxDepth });
        buffer.CutTo(start);
        var clean = new RowBuffer();
        using (var writer = PythonJson.LineWriter(clean))
        {
            Write(writer, row.RootElement);
        }

        var bytes = clean.Written.ToArray();
        int length = PythonJson.CloseLine(bytes);
        bytes.AsSpan(0, length).CopyTo(buffer.GetSpan(length));
        buffer.Advance(length);
    }

    /// <summary>Whether one may be there: as a key it stands in plain quotes, in a text its quotes have backslashes.</summary>
    private static bool Occur(ReadOnlySpan<byte> row)
    {
        Span<byte> key = stackalloc byte[32];
        foreach (var range in Names.Split((byte)','))
        {
            var name = Names[range];
            key[0] = (byte)'"';
            name.CopyTo(key[1..]);
            "\":"u8.CopyTo(key[(name.Length + 1)..]);
            if (row.IndexOf(key[..(name.Length + 3)]) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPrivate(JsonProperty member)
    {
        foreach (var range in Names.Split((byte)','))
        {
            if (member.NameEquals(Names[range]))
            {
                return true;
            }
        }

        return false;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    if (!IsPrivate(member))
                    {
                        writer.WritePropertyName(member.Name);
                        Write(writer, member.Value);
                    }
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
