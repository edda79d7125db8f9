using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;

namespace SpecKitty.Cli;

/// <summary>
/// A line of a batch as argv: <c>["transition", "--mission", "077", …]</c>, or <c>{"command": "transition", "flags": {"mission": "077", "policy": {…}, "force": true}}</c>,
/// where flags go without their dashes and JSON values need no quoting.
/// </summary>
internal static class BatchLine
{
    private const string Command = "command";
    private const string Flags = "flags";

    /// <summary>The arguments; null with what is wrong, in words that do not repeat the line.</summary>
    public static string[]? Parse(string line, out string? problem)
    {
        if (!JsonInput.TryRead(line, out var value, out problem))
        {
            problem = Messages.BatchLineJson(problem);
            return null;
        }

        problem = Messages.BatchLineShape();
        return value.ValueKind switch
        {
            JsonValueKind.Array => OfArray(value),
            JsonValueKind.Object => OfObject(value, ref problem),
            _ => null,
        };
    }

    private static string[]? OfArray(JsonElement array)
    {
        var args = new List<string>();
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            args.Add(item.GetString()!);
        }

        return [.. args];
    }

    private static string[]? OfObject(JsonElement call, ref string problem)
    {
        string? command = null;
        JsonElement flags = default;
        foreach (var member in call.EnumerateObject())
        {
            if (member.NameEquals(Command) && member.Value.ValueKind == JsonValueKind.String)
            {
                command = member.Value.GetString();
            }
            else if (member.NameEquals(Flags) && member.Value.ValueKind == JsonValueKind.Object)
            {
                flags = member.Value;
            }
            else
            {
                return null;
            }
        }

        if (command is null)
        {
            return null;
        }

        var args = new List<string> { command };
        if (flags.ValueKind == JsonValueKind.Object)
        {
            foreach (var flag in flags.EnumerateObject())
            {
                if (Add(args, flag) is { } wrong)
                {
                    problem = wrong;
                    return null;
                }
            }
        }

        return [.. args];
    }

    private static string? Add(List<string> args, JsonProperty flag)
    {
        if (flag.Name.StartsWith('-'))
        {
            return Messages.BatchFlagDashes(flag.Name);
        }

        string name = "--" + flag.Name;
        switch (flag.Value.ValueKind)
        {
            case JsonValueKind.String:
                args.Add(name + "=" + flag.Value.GetString());
                return null;
            case JsonValueKind.True:
                args.Add(name);
                return null;
            case JsonValueKind.False:
                // A switch that nothing denies is simply not given; what is no switch is left to the parser to refuse.
                if ((Find(name) is { IsSwitch: true } known ? known.Negation : name) is { } given)
                {
                    args.Add(given);
                }

                return null;
            case JsonValueKind.Object or JsonValueKind.Array:
                args.Add(name + "=" + flag.Value.GetRawText());
                return null;
            default:
                return Messages.BatchFlagValue(flag.Name);
        }
    }

    private static FlagDefinition? Find(string name)
    {
        foreach (var command in CommandTable.All)
        {
            foreach (var use in command.Flags)
            {
                if (use.Flag.Name == name)
                {
                    return use.Flag;
                }
            }
        }

        return null;
    }
}
