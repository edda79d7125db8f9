using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>The project that a call is about: its main checkout, from whatever directory the call was made (HOST §2.1, DESIGN §6).</summary>
internal sealed class Project
{
    private const string LocksName = "/spec-kitty-locks";

    public Project(string root, string? gitDirectory)
    {
        Root = root;
        GitDirectory = gitDirectory;
    }

    /// <summary>Absolute path without a slash at its end (but "/" itself).</summary>
    public string Root { get; }

    /// <summary>Absolute path of git's common directory; null where git would find no repository.</summary>
    public string? GitDirectory { get; }

    /// <summary>
    /// The negated errno that left it open whether there is a repository; 0 when it is known. Nothing may be changed then: the lock
    /// would be another than everyone else's.
    /// </summary>
    public int GitFault { get; init; }

    /// <summary>
    /// Absolute path of the directory of the status locks, which need not exist yet: the one that the reference host uses, else one below
    /// <c>.kittify</c>. The reference makes a <c>.git</c> that is no repository in projects without git; once it is there, its locks are the shared ones (HOST §1.11).
    /// </summary>
    public string LocksDirectory => GitDirectory is { } git ? git + LocksName
        : Posix.Stat(PathOf(".git"), out var facts) >= 0 && facts.IsDirectory ? PathOf(".git") + LocksName
        : PathOf(KittifyName) + LocksName;

    internal const string KittifyName = ".kittify";

    internal const string SpecsName = "kitty-specs";

    /// <summary>Absolute path of something in the project.</summary>
    public string PathOf(string relativePath) => Root == "/" ? Root + relativePath : Root + "/" + relativePath;
}
