namespace SpecKitty.Contract;

/// <summary>Finds what a value names instead of being it: <c>@FILE</c> the contents of a file, a lone dash those of standard input.</summary>
internal interface IOptionContents
{
    /// <summary>The contents; USAGE_ERROR where there are none to be had.</summary>
    /// <param name="flag">Whose value it is, for the message.</param>
    /// <param name="value">Begins with @, or is a dash. Two @ stand for one, and for no file.</param>
    public Result<string> Read(string flag, string value);
}
