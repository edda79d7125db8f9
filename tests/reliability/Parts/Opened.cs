using System;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>What a call and the git it starts open, by the kernel's own names for it, which links cannot hide.</summary>
internal static class Opened
{
    private static readonly string[] System = ["/usr/", "/lib/", "/lib64/", "/etc/", "/proc/", "/sys/", "/dev/null", "/dev/urandom", "/dev/random"];

    /// <summary>Options of strace that list every open, in children too.</summary>
    public static string[] Trace(string file) => ["strace", "-f", "-qq", "-y", "--seccomp-bpf", "-e", "trace=open,openat,openat2", "-o", file];

    /// <summary>The first thing that was opened and is neither in the project nor the system's; null for none.</summary>
    public static string? Outside(string file, Scene scene) =>
        File.ReadLines(file).Select(PathOf).FirstOrDefault(path => path.Length > 0 && !IsAllowed(path, scene)) is { } opened ? "opened " + opened : null;

    private static bool IsAllowed(string path, Scene scene)
    {
        bool isInside = path == scene.Root || path.StartsWith(scene.Root + "/", StringComparison.Ordinal);
        bool isAncestor = scene.Root.StartsWith(path == "/" ? path : path + "/", StringComparison.Ordinal);
        return isInside || isAncestor || path == Scene.Templates.Binary || path == Scene.Templates.GitConfig
            || Array.Exists(System, s => path.StartsWith(s, StringComparison.Ordinal));
    }

    /// <summary>The path behind the descriptor that an open answered with; empty where it failed.</summary>
    private static string PathOf(string line)
    {
        int answer = line.LastIndexOf(" = ", StringComparison.Ordinal);
        int start = answer < 0 ? -1 : line.IndexOf('<', answer);
        return start < 0 || line[start + 1] != '/' ? "" : line[(start + 1)..line.LastIndexOf('>')].Replace(" (deleted)", "", StringComparison.Ordinal);
    }
}
