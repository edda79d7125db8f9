using System;
using System.Collections.Generic;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>
/// From what a caller typed after --mission to the one mission it means (DESIGN §6). An exact directory name costs one look; everything
/// else, a look at every mission.
/// </summary>
internal static class MissionSelector
{
    private const string MetaName = "meta.json";
    private const int MaxMetaBytes = 10 * 1024 * 1024;

    /// <summary>MISSION_NOT_FOUND, MISSION_AMBIGUOUS_SELECTOR, META_INVALID or IO_FAILED instead of a mission.</summary>
    public static Result<Mission> Resolve(Project project, string selector)
    {
        // Nothing unsafe is ever joined to a path.
        if (!SafeNames.IsSafe(selector))
        {
            return NotFound(selector);
        }

        if (CanonicalName(project, selector) is { } directory && TryLoad(project, directory, out var exact))
        {
            return exact;
        }

        var matches = MissionIndex.Find(project, selector, out var failure);
        if (failure is not null)
        {
            return failure;
        }

        return matches.Count switch
        {
            0 => NotFound(selector),
            1 when TryLoad(project, matches[0].Directory, out var found) => found,
            1 => NotFound(selector),
            _ => Ambiguous(selector, matches),
        };
    }

    /// <summary>Reads the meta.json of a directory in kitty-specs.</summary>
    /// <param name="project">The project.</param>
    /// <param name="directory">A safe name.</param>
    /// <param name="filter">If given, a meta.json whose bytes it rules out is not taken apart.</param>
    /// <param name="meta">What it says; <see cref="MissionMeta.None"/> where there is no meta.json, or it was ruled out.</param>
    /// <param name="problem">Why it cannot be used; null if it can.</param>
    internal static ReadOutcome ReadMeta(Project project, string directory, MissionIndex? filter, out MissionMeta meta, out string? problem)
    {
        meta = MissionMeta.None;
        problem = null;
        var outcome = ProjectFiles.TryRead(project.Root, MetaPath(directory), MaxMetaBytes, out var bytes);
        using (bytes)
        {
            if (outcome.IsOk && (filter is null || filter.IsPossible(bytes.Span)))
            {
                meta = MissionMeta.Parse(bytes.Span, out problem) ?? MissionMeta.None;
            }
            else if (!outcome.IsOk && !outcome.IsMissing)
            {
                problem = outcome.Detail;
            }
        }

        return outcome;
    }

    /// <summary>
    /// The directory's own name where <paramref name="name"/> is one in kitty-specs, or a link to one; null where there is none. A link
    /// beside its target is another name of the same mission and must not give it a second lock.
    /// </summary>
    internal static string? CanonicalName(Project project, string name)
    {
        string path = project.PathOf(Project.SpecsName + "/" + name);
        if (Posix.Stat(path, out var facts, followLink: false) < 0)
        {
            return null;
        }

        if (facts.IsDirectory || facts.IsRegular)
        {
            return facts.IsDirectory ? name : null;
        }

        if (Posix.RealPath(path, out string real) < 0 || Posix.RealPath(project.PathOf(Project.SpecsName), out string specs) < 0)
        {
            return null;
        }

        bool isSibling = real.Length > specs.Length + 1 && real.StartsWith(specs, StringComparison.Ordinal) && real.LastIndexOf('/') == specs.Length;
        return isSibling && SafeNames.IsSafe(real.AsSpan(specs.Length + 1)) ? real[(specs.Length + 1)..] : name;
    }

    /// <summary>The mission in a directory, or why it cannot be used. False where there is no such directory in the project.</summary>
    private static bool TryLoad(Project project, string directory, out Result<Mission> result)
    {
        var outcome = ReadMeta(project, directory, null, out var meta, out string? problem);
        if (outcome.IsOk && problem is null)
        {
            result = new Mission(project, directory, meta);
            return true;
        }

        // No meta.json that could be read: is there a directory at least, and inside the project?
        int descriptor = ProjectFiles.Open(project.Root, Project.SpecsName + "/" + directory, OpenFlags.PathOnly | OpenFlags.Directory);
        if (descriptor < 0)
        {
            result = default;
            return false;
        }

        Posix.Close(descriptor);
        result = outcome.IsMissing ? new Mission(project, directory, MissionMeta.None)
            : outcome.Status == ReadStatus.Failed ? outcome.ToFailure("read", project.PathOf(MetaPath(directory)))
            : new Failure(ErrorCode.MetaInvalid, Messages.MetaInvalid(MetaPath(directory), problem!));
        return true;
    }

    private static string MetaPath(string directory) => Project.SpecsName + "/" + directory + "/" + MetaName;

    private static Failure NotFound(string selector) => new(ErrorCode.MissionNotFound, Messages.MissionNotFound(selector));

    private static Failure Ambiguous(string selector, Items<MissionIndexEntry> matches)
    {
        var candidates = new MissionCandidate[matches.Count];
        var names = new string[matches.Count];
        for (int i = 0; i < names.Length; i++)
        {
            var match = matches[i];
            names[i] = match.Directory;
            candidates[i] = new MissionCandidate
            {
                MissionId = match.Meta.MissionId,
                MissionSlug = match.Meta.MissionSlug ?? match.Directory,
                Directory = match.Directory,
            };
        }

        return new Failure(
            ErrorCode.MissionAmbiguousSelector,
            Messages.MissionAmbiguous(selector, string.Join(", ", names)),
            new AmbiguousSelectorData { Handle = selector, Candidates = candidates });
    }
}
