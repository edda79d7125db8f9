namespace SpecKitty.Git;

/// <summary>How git is told a path (gitglossary(7), pathspec).</summary>
internal static class Pathspec
{
    /// <summary>This path and no other, whatever patterns its characters would be. The option <c>--literal-pathspecs</c> would hold for what the user's hooks ask git, too.</summary>
    public static string Literal(string path) => ":(literal)" + path;
}
