namespace SpecKitty.Contract;

/// <summary>The version of this build; a test holds it to the project's.</summary>
internal static class BuildVersion
{
    public const string Text = "1.0.0";
}
