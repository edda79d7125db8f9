using System;
using System.Collections.Generic;

namespace VerifyTests;

/// <summary>Where a snapshot lies and what it is called, as far as the defaults do not fit.</summary>
public sealed class VerifySettings
{
    internal string? Directory { get; private set; }

    internal string? FileName { get; private set; }

    internal string? TypeName { get; private set; }

    internal string? MethodName { get; private set; }

    internal string? ParametersText { get; private set; }

    internal IReadOnlyList<object?>? Parameters { get; private set; }

    /// <summary>A directory, absolute or relative to the test file's.</summary>
    public void UseDirectory(string directory) => Directory = directory;

    /// <summary>The whole file name up to <c>.verified.</c>; not together with the other names.</summary>
    public void UseFileName(string fileName) => FileName = fileName;

    /// <summary>Instead of the test class's name.</summary>
    public void UseTypeName(string name) => TypeName = name;

    /// <summary>Instead of the test method's name; lets one test verify twice.</summary>
    public void UseMethodName(string name) => MethodName = name;

    /// <summary>The parameters to name the file by, instead of all that the test was given.</summary>
    public void UseParameters(params object?[] parameters) => Parameters = parameters;

    /// <summary>The text that stands behind the method's name instead of parameters and values.</summary>
    public void UseTextForParameters(string parametersText) => ParametersText = parametersText;

    internal void Check()
    {
        if (FileName is not null && (TypeName is not null || MethodName is not null || Parameters is not null || ParametersText is not null))
        {
            throw new InvalidOperationException("UseFileName names the whole file: it does not go with UseTypeName, UseMethodName or parameters.");
        }
    }
}
