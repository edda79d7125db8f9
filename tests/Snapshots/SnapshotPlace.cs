using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace VerifyTests;

/// <summary>A directory and the file name up to <c>.verified.</c>: Verify's naming rules.</summary>
internal readonly record struct SnapshotPlace(string Directory, string Prefix)
{
    // Verify's own list: what some file system refuses, everywhere, so that a name is the same on each.
    private static readonly char[] Invalid = ['"', '<', '>', '|', ':', '*', '?', '\\', '/'];
    private static readonly ConcurrentDictionary<SnapshotPlace, bool> Claimed = new();

    internal static SnapshotPlace Of(
        VerifySettings settings,
        string sourceFile,
        string typeName,
        string methodName,
        IReadOnlyList<string> parameterNames,
        IReadOnlyList<object?> arguments)
    {
        settings.Check();
        var home = Path.GetDirectoryName(sourceFile) ?? throw new ArgumentException("The test file has no directory.", nameof(sourceFile));
        var directory = settings.Directory is null ? home : Path.GetFullPath(settings.Directory, home);
        if (settings.FileName is not null)
        {
            return new SnapshotPlace(directory, settings.FileName);
        }

        var name = new StringBuilder($"{settings.TypeName ?? typeName}.{settings.MethodName ?? methodName}");
        var values = settings.Parameters ?? arguments;
        if (values.Count > parameterNames.Count)
        {
            throw new InvalidOperationException($"{values.Count} parameters were passed in, and the test has {parameterNames.Count}.");
        }

        if (settings.ParametersText is not null)
        {
            name.Append('_').Append(Safe(settings.ParametersText));
        }
        else
        {
            for (var i = 0; i < values.Count; i++)
            {
                name.Append('_').Append(parameterNames[i]).Append('=').Append(Safe(Text(values[i])));
            }
        }

        return new SnapshotPlace(directory, name.ToString());
    }

    /// <summary>Two verifications of one file would hide each other's difference.</summary>
    internal static void Claim(SnapshotPlace place)
    {
        if (!Claimed.TryAdd(place, true))
        {
            throw new InvalidOperationException($"The prefix has already been used: {place.Prefix}. Give one of the two a UseMethodName or parameters.");
        }
    }

    internal static string NameWithParents(Type type) =>
        type.DeclaringType is null ? type.Name : $"{NameWithParents(type.DeclaringType)}.{type.Name}";

    private static string Text(object? value) => value switch
    {
        null => "null",
        string text => text,
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "null",
    };

    private static string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            safe.Append(c < ' ' || Array.IndexOf(Invalid, c) >= 0 ? '-' : c);
        }

        return safe.ToString();
    }
}
