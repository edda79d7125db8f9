using System;

namespace SpecKitty.Status;

/// <summary>Looks into well-formed JSON values that a row carries.</summary>
internal static class JsonMembers
{
    /// <summary>The last member called <paramref name="key"/> of an object, as it stands there; empty where there is none, or no object.</summary>
    /// <param name="json">A well-formed JSON value.</param>
    /// <param name="key">Without escapes; keys written with escapes are not found.</param>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> key)
    {
        ReadOnlySpan<byte> found = default;
        var members = new JsonScanner(json, noControls: false);
        if (!members.TryTake((byte)'{') || members.TryTake((byte)'}'))
        {
            return found;
        }

        do
        {
            if (!members.TryKey(out var name) || !members.TryValue(out var value))
            {
                break;
            }

            if (json.Slice(name.Start + 1, name.Length - 2).SequenceEqual(key))
            {
                found = json.Slice(value.Start, value.Length);
            }
        }
        while (members.TryTake((byte)','));
        return found;
    }

    public static bool IsText(ReadOnlySpan<byte> token) => !token.IsEmpty && token[0] == (byte)'"';
}
