using System;
using System.Text;
using System.Text.Unicode;

namespace SpecKitty.Missions;

/// <summary>Reads some keys of a YAML mapping: by <see cref="PlainYaml"/> where that is certain, else by <see cref="FullYaml"/>.</summary>
internal static class Yaml
{
    /// <summary>The mapping with at least those of <paramref name="wanted"/> that it has; null if it cannot be used.</summary>
    /// <param name="text">UTF-8, without a byte order mark.</param>
    /// <param name="wanted">Keys of the outermost mapping, in ASCII. None of them may stand there twice.</param>
    /// <param name="firstLine">The line of the file that <paramref name="text"/> begins with, for <paramref name="problem"/>.</param>
    /// <param name="problem">What is wrong, where the answer is null.</param>
    public static YamlValue? Read(ReadOnlySpan<byte> text, ReadOnlySpan<string> wanted, int firstLine, out string? problem)
    {
        problem = null;
        return PlainYaml.TryRead(text, wanted, out var root) ? root : ReadFully(text, wanted, firstLine, out problem);
    }

    private static YamlValue? ReadFully(ReadOnlySpan<byte> text, ReadOnlySpan<string> wanted, int firstLine, out string? problem)
    {
        if (!Utf8.IsValid(text))
        {
            problem = "it is not valid UTF-8";
            return null;
        }

        var root = FullYaml.Read(Encoding.UTF8.GetString(text), firstLine, out problem);
        if (root is null)
        {
            return null;
        }

        if (root.Kind != YamlKind.Mapping)
        {
            problem = root.Kind == YamlKind.Sequence ? "it holds a list instead of keys and values" : "it holds a single value instead of keys and values";
            return null;
        }

        foreach (string key in wanted)
        {
            if (root.IsRepeated(key))
            {
                problem = $"the key '{key}' stands there twice";
                return null;
            }
        }

        return root;
    }
}
