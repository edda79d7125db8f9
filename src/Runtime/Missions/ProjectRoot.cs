using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>Finds the project that a call is about, from files alone: no git is started (HOST §2.1, DESIGN §6).</summary>
internal static class ProjectRoot
{
    /// <summary>The project around <paramref name="cwd"/>, or the one that the environment names. Never fails: at worst it is the directory itself.</summary>
    /// <param name="cwd">Where the call was made; null for the working directory.</param>
    public static Project Find(string? cwd = null) => Find(cwd, Posix.Variable(EnvironmentVariables.ProjectRootUtf8));

    /// <summary>The same with the environment's word given.</summary>
    internal static Project Find(string? cwd, string? named)
    {
        if (!string.IsNullOrEmpty(named) && Posix.RealPath(named, out string chosen) >= 0 && IsDirectory(chosen))
        {
            return Accept(chosen, GitLayout.Of(chosen)) ?? ProjectAt(chosen, GitLayout.Of(chosen));
        }

        // The working directory of a process may be gone; then nothing is found, which is the answer.
        int located = cwd is null ? Posix.CurrentDirectory(out string start) : Posix.RealPath(cwd, out start);
        if (located < 0)
        {
            start = cwd ?? "/";
        }

        for (string directory = start; ; directory = ParentOf(directory))
        {
            var layout = GitLayout.Of(directory);
            if (Accept(directory, layout) is { } project)
            {
                return project;
            }

            if (directory.Length <= 1)
            {
                break;
            }
        }

        var around = GitLayout.Of(start);
        return around.MainCheckout is { } main && IsDirectory(main) ? ProjectAt(main, around) : ProjectAt(start, around);
    }

    /// <summary>The project, if <paramref name="directory"/> is the top of one.</summary>
    private static Project? Accept(string directory, in GitLayout layout)
    {
        if (!layout.IsCheckout)
        {
            return IsDirectory(Join(directory, Project.KittifyName)) ? ProjectAt(directory, layout) : null;
        }

        // The main checkout stands for all its worktrees: there is one log, one configuration and one lock.
        if (layout.MainCheckout is { } main && IsMarked(main))
        {
            return ProjectAt(main, layout);
        }

        return IsMarked(directory) ? ProjectAt(directory, layout) : null;
    }

    private static bool IsMarked(string directory) => IsDirectory(Join(directory, Project.KittifyName)) || IsDirectory(Join(directory, Project.SpecsName));

    private static Project ProjectAt(string root, in GitLayout layout)
    {
        int fault = layout.Fault;
        string? repository = layout.IsRepository(ref fault) ? layout.CommonDirectory : SurroundingRepository(root, ref fault);
        return new(root, repository) { GitFault = fault };
    }

    /// <summary>The repository that git would find further up: a project may be a directory of a larger repository.</summary>
    private static string? SurroundingRepository(string root, ref int fault)
    {
        for (string directory = root; directory.Length > 1;)
        {
            directory = ParentOf(directory);
            var layout = GitLayout.Of(directory);
            fault = layout.FaultAbove < 0 ? layout.FaultAbove : fault;
            if (layout.IsRepository(ref fault))
            {
                return layout.CommonDirectory;
            }
        }

        return null;
    }

    private static bool IsDirectory(string path) => Posix.Stat(path, out var facts) >= 0 && facts.IsDirectory;

    private static string Join(string directory, string name) => directory == "/" ? directory + name : directory + "/" + name;

    private static string ParentOf(string directory) => directory.LastIndexOf('/') is > 0 and var slash ? directory[..slash] : "/";
}
