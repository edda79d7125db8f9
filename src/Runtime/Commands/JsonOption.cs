using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>An option whose value is a JSON object; what is not one is a matter of usage (exit status 1, HOST §7).</summary>
internal static class JsonOption
{
    /// <summary>The object; null when the option was not given.</summary>
    public static Result<JsonElement?> ReadObject(string flag, string? json)
    {
        if (json is null)
        {
            return (JsonElement?)null;
        }

        if (!JsonInput.TryRead(json, out var value, out string? problem))
        {
            return Usage(Messages.InvalidJsonOption(flag, problem));
        }

        return value.ValueKind == JsonValueKind.Object ? value : Usage(Messages.OptionNotObject(flag));
    }

    private static Failure Usage(string message) => new(ErrorCode.UsageError, message);
}
