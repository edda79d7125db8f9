using System;

namespace VerifyTests;

/// <summary>One text to compare: its file extension (without a dot), the text, and a name where a test has several.</summary>
public readonly struct Target
{
    /// <summary>Makes a target; line ends become LF.</summary>
    public Target(string extension, string data, string? name = null)
    {
        if (extension.Length == 0 || extension[0] == '.' || extension.AsSpan().ContainsAny('/', '\\'))
        {
            throw new ArgumentException("An extension has neither a leading dot nor a directory separator.", nameof(extension));
        }

        Extension = extension;
        Data = data.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        Name = name;
    }

    /// <summary>The file extension, without a dot.</summary>
    public string Extension { get; }

    /// <summary>The text, with LF line ends.</summary>
    public string Data { get; }

    /// <summary>What stands behind the <c>#</c> of the file name; null for a test's only target.</summary>
    public string? Name { get; }
}
