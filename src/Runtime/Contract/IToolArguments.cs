using System.Collections.Generic;

namespace SpecKitty.Contract;

/// <summary>A tool's argv after parsing. A flag goes by its name, an argument by its id.</summary>
internal interface IToolArguments
{
    /// <summary>Whether a switch is there.</summary>
    public bool Has(string name);

    /// <summary>A value; null when it is not there.</summary>
    public string? Text(string name);

    /// <summary>The values of what may be given more than once.</summary>
    public string[] Texts(string name);
}
