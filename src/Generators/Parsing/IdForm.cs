namespace SpecKitty.Generators.Parsing;

/// <summary>The forms that ids have, so that each becomes a C# identifier, a key or a file name without a second thought.</summary>
/// <param name="What">What has this form, for diagnostics.</param>
/// <param name="Example">What it looks like, for diagnostics.</param>
/// <param name="Upper">Whether letters are upper-case; else lower-case.</param>
/// <param name="Separators">What may stand between words.</param>
internal sealed record IdForm(string What, string Example, bool Upper, string Separators)
{
    /// <summary>Files, flags, commands, messages.</summary>
    public static IdForm Dashed { get; } = new("an id", "'mission-state'", Upper: false, "-");

    /// <summary>Lanes, inputs, policy fields and keys of payloads, which are written as they are.</summary>
    public static IdForm Underscored { get; } = new("a key", "'mission_id'", Upper: false, "_");

    /// <summary>Error codes.</summary>
    public static IdForm Code { get; } = new("an error code", "'WP_NOT_FOUND'", Upper: true, "_");

    /// <summary>Contract levels.</summary>
    public static IdForm Level { get; } = new("a contract level", "'1.1.0'", Upper: false, ".");

    /// <summary>Versions of the executable.</summary>
    public static IdForm Version { get; } = new("a version", "'1.0.0'", Upper: false, ".");

    /// <summary>Patterns of secrets, compared with text in lower case.</summary>
    public static IdForm Word { get; } = new("a secret pattern", "'password'", Upper: false, "");

    /// <summary>Words of letters and digits with single separators between them.</summary>
    public bool Matches(string id)
    {
        bool word = false;
        foreach (char c in id)
        {
            bool letter = Upper ? c is >= 'A' and <= 'Z' : c is >= 'a' and <= 'z';
            if (!letter && !(c is >= '0' and <= '9') && !(word && Separators.IndexOf(c) >= 0))
            {
                return false;
            }

            word = Separators.IndexOf(c) < 0;
        }

        return word;
    }
}
