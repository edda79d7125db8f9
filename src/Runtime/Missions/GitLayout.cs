using System;
using System.Text;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>What the <c>.git</c> of a directory says about the repository around it, read from files (gitrepository-layout(5), git-worktree(1)).</summary>
internal readonly struct GitLayout
{
    private const string PointerKey = "gitdir:";
    private const int MaxPointerBytes = 8 * 1024;
    private const int MaxConfigBytes = 64 * 1024;

    private GitLayout(string? commonDirectory, bool isLinked, string? mainCheckout)
    {
        CommonDirectory = commonDirectory;
        IsLinked = isLinked;
        MainCheckout = mainCheckout;
    }

    /// <summary>The negated errno that kept this from being told, 0 when it could be. "There is none" is no fault.</summary>
    public int Fault { get; private init; }

    /// <summary>The same of a directory further up. One that cannot be entered is as good as none there: git stops at it too.</summary>
    public int FaultAbove => Fault == -Errno.AccessDenied ? 0 : Fault;

    /// <summary>Whether there is a <c>.git</c> at all.</summary>
    public bool IsCheckout => CommonDirectory is not null;

    /// <summary>Absolute path of the directory that all worktrees share; null without <c>.git</c>. It need not exist.</summary>
    public string? CommonDirectory { get; }

    /// <summary>A worktree made by <c>git worktree add</c>. A submodule is none, although its <c>.git</c> is a file too.</summary>
    public bool IsLinked { get; }

    /// <summary>For a linked worktree, absolute path of the main one; null where there is none (a bare repository).</summary>
    public string? MainCheckout { get; }

    /// <summary>Whether <see cref="CommonDirectory"/> is a repository that git would accept, as far as one look tells.</summary>
    /// <param name="fault">Set to the negated errno if that could not be told; else left alone.</param>
    public bool IsRepository(ref int fault)
    {
        if (CommonDirectory is null)
        {
            return false;
        }

        // A .git that is there and may not be looked into is not absent: without it rows would go elsewhere, under another lock.
        int error = Posix.Stat(CommonDirectory + "/HEAD", out _);
        fault = IsFault(error) ? error : fault;
        return error >= 0;
    }

    /// <summary>Looks at <paramref name="directory"/>, an absolute path.</summary>
    public static GitLayout Of(string directory)
    {
        string path = directory == "/" ? "/.git" : directory + "/.git";
        int error = Posix.Stat(path, out var facts);
        if (error < 0)
        {
            return IsFault(error) ? new GitLayout { Fault = error } : default;
        }

        if (facts.IsDirectory)
        {
            return new(path, false, null);
        }

        int fault = 0;
        var layout = facts.IsRegular && Read(path, MaxPointerBytes, ref fault) is { } text && text.StartsWith(PointerKey, StringComparison.Ordinal)
            ? OfPointer(directory, text[PointerKey.Length..].Trim(), ref fault)
            : default;
        return new(layout.CommonDirectory, layout.IsLinked, layout.MainCheckout) { Fault = fault };
    }

    /// <summary>Whether a failed look says nothing about what is there.</summary>
    private static bool IsFault(int error) =>
        error is < 0 and not (-Errno.NoEntry or -Errno.NotDirectory or -Errno.TooManyLinks or -Errno.NameTooLong);

    private static GitLayout OfPointer(string directory, string pointer, ref int fault)
    {
        if (pointer.Length == 0)
        {
            return default;
        }

        // Relative pointers count from the worktree (worktree.useRelativePaths), never from the caller's directory.
        string gitDirectory = Resolve(directory, pointer);
        if (Read(gitDirectory + "/commondir", MaxPointerBytes, ref fault) is { Length: > 0 } common)
        {
            string commonDirectory = Resolve(gitDirectory, common);
            return new(commonDirectory, true, MainOf(commonDirectory, ref fault));
        }

        // A worktree whose administrative files were pruned still says by its shape where it came from.
        string parent = ParentOf(gitDirectory);
        string grandparent = ParentOf(parent);
        return NameOf(parent) == "worktrees" && grandparent.EndsWith(".git", StringComparison.Ordinal)
            ? new(grandparent, true, MainOf(grandparent, ref fault))
            : new(gitDirectory, false, null);
    }

    /// <summary>The checkout whose <c>.git</c> this is, or which its configuration names (a submodule's).</summary>
    private static string? MainOf(string commonDirectory, ref int fault)
    {
        if (NameOf(commonDirectory) == ".git")
        {
            return ParentOf(commonDirectory);
        }

        return Read(commonDirectory + "/config", MaxConfigBytes, ref fault) is { } config && CoreWorktreeOf(config) is { } worktree ? Resolve(commonDirectory, worktree) : null;
    }

    /// <summary>core.worktree, where it is written plainly, as git itself writes it.</summary>
    private static string? CoreWorktreeOf(string config)
    {
        bool inCore = false;
        string? found = null;
        foreach (var range in config.AsSpan().Split('\n'))
        {
            var line = config.AsSpan(range).Trim();
            if (line.StartsWith("["))
            {
                inCore = line.Equals("[core]", StringComparison.OrdinalIgnoreCase);
            }
            else if (inCore && line.IndexOf('=') is > 0 and var equals && line[..equals].Trim().Equals("worktree", StringComparison.OrdinalIgnoreCase))
            {
                var value = line[(equals + 1)..].Trim();
                found = value.IsEmpty || value.IndexOfAny("\"\\#;") >= 0 ? null : value.ToString();
            }
        }

        return found;
    }

    /// <summary>An absolute path without dots: links resolved where it exists, else by its text.</summary>
    private static string Resolve(string from, string path)
    {
        string joined = path.StartsWith('/') ? path : from + "/" + path;
        return Posix.RealPath(joined, out string real) >= 0 ? real : System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(joined));
    }

    private static string? Read(string path, int maxBytes, ref int fault)
    {
        int descriptor = Posix.Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0)
        {
            fault = IsFault(descriptor) ? descriptor : fault;
            return null;
        }

        var buffer = BufferPool.Rent(maxBytes);
        int length = Posix.Read(descriptor, buffer.AsSpan(0, maxBytes));
        Posix.Close(descriptor);
        fault = IsFault(length) ? length : fault;
        string? text = length < 0 ? null : Encoding.UTF8.GetString(buffer, 0, length).Trim();
        BufferPool.Return(buffer);
        return text;
    }

    private static string ParentOf(string path) => path.LastIndexOf('/') switch
    {
        < 0 => "",
        0 => "/",
        var slash => path[..slash],
    };

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
