using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>
/// Makes a mission. Its directory is filled beside its place and put there by one rename, so that it is whole or not there; one that is there already makes the
/// rename fail. Rows come last, by the same transaction as everybody's.
/// </summary>
internal static class New
{
    private const int NumberLength = 3;
    private const int UlidLength = 26;
    private const int MaxPlanBytes = 16 * 1024 * 1024;
    private const string Crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static int Run(NewToolRequest request, ToolCall call)
    {
        if (!Lines(request).Try(out var lines, out var failure)
            || !NewPlan.Parse(lines).Try(out var packages, out failure)
            || !Plan(request, call.Project, packages).Try(out var skeleton, out failure))
        {
            return call.Fail(failure);
        }

        failure = Write(skeleton, request, call.Project);
        if (failure is null && !request.Unseeded)
        {
            failure = Seed(skeleton, request.Actor, call);
        }

        return failure is not null ? call.Fail(failure) : Answer(skeleton, request, call);
    }

    private static Result<IEnumerable<string>> Lines(NewToolRequest request)
    {
        if (request.From is null)
        {
            return new List<string>(request.Wp);
        }

        if (request.Wp.Length > 0)
        {
            return new Failure(ErrorCode.UsageError, Messages.NewTwoPlans());
        }

        byte[] content;
        if (request.From == "-")
        {
            int error = StandardInput.ReadToEnd(MaxPlanBytes, out content);
            if (error < 0)
            {
                return FileErrors.ToFailure("read", "the standard input", error);
            }
        }
        else
        {
            string path = System.IO.Path.GetFullPath(request.From);
            int slash = path.LastIndexOf('/');
            var outcome = ProjectFiles.TryRead(slash == 0 ? "/" : path[..slash], path[(slash + 1)..], MaxPlanBytes, out var bytes);
            using (bytes)
            {
                if (!outcome.IsOk)
                {
                    return new Failure(ErrorCode.IoFailed, Messages.IoFailed("read", path, outcome.Detail));
                }

                content = bytes.Span.ToArray();
            }
        }

        return Encoding.UTF8.GetString(content).Split('\n');
    }

    private static bool IsCrockford(string text)
    {
        foreach (char c in text)
        {
            if (!Crockford.Contains(c))
            {
                return false;
            }
        }

        return true;
    }

    private static Result<Skeleton> Plan(NewToolRequest request, Project project, Items<NewPackage> packages)
    {
        string now = Clock.UtcNowText();
        string id = request.Id ?? new EventId(default).Next(Clock.Utc());
        if (id.Length != UlidLength || !IsCrockford(id))
        {
            return new Failure(ErrorCode.UsageError, Messages.NewBadId(id));
        }

        string name = request.Mission;
        bool isNumbered = name.Length > NumberLength && name[NumberLength] == '-' && name.AsSpan(0, NumberLength).IndexOfAnyExceptInRange('0', '9') < 0;
        string mid8 = id[..Mid8.Length];
        string directory = isNumbered || name.EndsWith("-" + mid8, StringComparison.Ordinal) ? name : name + "-" + mid8;
        if (!SafeNames.IsSafe(name) || !SafeNames.IsSafe(directory) || !BranchNames.IsValid(directory))
        {
            return new Failure(ErrorCode.UsageError, Messages.NewBadName(name));
        }

        if (!BranchNames.IsValid(request.Target))
        {
            return new Failure(ErrorCode.UsageError, Messages.NewBadTarget(request.Target));
        }

        if (ProjectSchema.Check(project) is { } unsupported)
        {
            return unsupported;
        }

        bool isMarked = Exists(project.PathOf(Project.KittifyName)) || Exists(project.PathOf(Project.SpecsName));
        if (!isMarked && project.GitDirectory is not null && !Exists(project.PathOf(".git")))
        {
            return new Failure(ErrorCode.IoFailed, Messages.NewNotAtTop(project.Root));
        }

        string human = name.EndsWith("-" + mid8, StringComparison.Ordinal) ? name[..^(mid8.Length + 1)] : name;
        return new Skeleton(
            directory, id, isNumbered ? int.Parse(name.AsSpan(0, NumberLength), NumberStyles.None, CultureInfo.InvariantCulture) : null,
            request.Title ?? human[(isNumbered ? NumberLength + 1 : 0)..].Replace('-', ' '), now, packages, request.Lanes ? NewLanes.Of(packages) : []);
    }

    private static bool Exists(string path) => Posix.Stat(path, out _) >= 0;

    private static Failure? Write(Skeleton skeleton, NewToolRequest request, Project project)
    {
        string specs = project.PathOf(Project.SpecsName), final = specs + "/" + skeleton.Directory;
        string temporary = specs + "/." + skeleton.Directory + "." + skeleton.Id + ".new";
        if (Exists(final))
        {
            return new Failure(ErrorCode.IoFailed, Messages.NewExists(final));
        }

        // Everybody who reads the mission goes there beneath the root: what a link led out of it would be lost, and somebody's.
        int within = Directories.Make(specs) is < 0 and var none ? none : ProjectFiles.Open(project.Root, Project.SpecsName, OpenFlags.PathOnly | OpenFlags.Directory);
        if (within < 0)
        {
            return within == -Errno.CrossDevice ? new Failure(ErrorCode.IoFailed, Messages.IoFailed("make", final, Messages.PathOutsideProject())) : FileErrors.ToFailure("make", final, within);
        }

        Posix.Close(within);
        if (Directories.Make(temporary + "/tasks") is < 0 and var unmade)
        {
            return FileErrors.ToFailure("make", temporary, unmade);
        }

        var failure = Fill(temporary, skeleton, request, project);
        if (failure is null && Posix.Rename(Posix.WorkingDirectory, temporary, final) is < 0 and var error)
        {
            failure = error is -Errno.Exists or -Errno.NotEmpty ? new Failure(ErrorCode.IoFailed, Messages.NewExists(final)) : FileErrors.ToFailure("make", final, error);
        }

        if (failure is not null)
        {
            DirectoryTree.Remove(temporary);
        }

        return failure;
    }

    private static Failure? Fill(string directory, Skeleton skeleton, NewToolRequest request, Project project)
    {
        var failure = DurableFile.Replace(
            directory + "/meta.json", NewFiles.Meta(skeleton.Directory, skeleton.Id, skeleton.Number, skeleton.Title, request.Target, skeleton.Now), sync: false);
        failure ??= DurableFile.Replace(directory + "/spec.md", Encoding.UTF8.GetBytes("# " + skeleton.Title + "\n"), sync: false);
        foreach (var package in skeleton.Packages)
        {
            failure ??= DurableFile.Replace(directory + "/tasks/" + NewFiles.TaskName(package), NewFiles.Task(package), sync: false);
        }

        if (skeleton.Lanes.Count > 0)
        {
            string branch = LaneNames.MissionBranch(MissionOf(skeleton, project));
            failure ??= DurableFile.Replace(
                directory + "/lanes.json", NewFiles.Lanes(skeleton.Directory, skeleton.Id, branch, request.Target, skeleton.Now, skeleton.Lanes), sync: false);
        }

        return failure;
    }

    private static Mission MissionOf(Skeleton skeleton, Project project) =>
        new(project, skeleton.Directory, MissionMeta.Parse(NewFiles.Meta(skeleton.Directory, skeleton.Id, skeleton.Number, skeleton.Title, "main", skeleton.Now), out _)!);

    /// <summary>The rows that finalizing the tasks writes: each work package is planned.</summary>
    private static Failure? Seed(Skeleton skeleton, string actor, ToolCall call)
    {
        var context = call.Context();
        if (!MissionSelector.Resolve(call.Project, skeleton.Directory).Try(out var mission, out var failure)
            || !StatusTransaction.Begin(StatusSurface.Of(mission, context).Place(), context.Deadline).Try(out var transaction, out failure))
        {
            return failure;
        }

        using (transaction)
        {
            var moves = new LaneMove[skeleton.Packages.Count];
            for (int i = 0; i < moves.Length; i++)
            {
                moves[i] = new LaneMove { WpId = skeleton.Packages[i].WpId, From = Lane.Genesis, To = Lane.Planned, Actor = actor };
            }

            return transaction.Append(moves).Failure;
        }
    }

    private static int Answer(Skeleton skeleton, NewToolRequest request, ToolCall call)
    {
        string directory = call.Project.PathOf(Project.SpecsName) + "/" + skeleton.Directory;
        if (request.Json)
        {
            return ToolCall.Print(new NewDocument
            {
                Identity = MissionOf(skeleton, call.Project).Identity,
                Directory = directory,
                WorkPackages = skeleton.Packages.Texts(static package => package.WpId),
                Lanes = skeleton.Lanes.Texts(static lane => lane.Id),
                Seeded = !request.Unseeded,
            });
        }

        return ToolCall.Print(Messages.NewMade(
            skeleton.Directory, skeleton.Packages.Count.ToString(CultureInfo.InvariantCulture), directory, ContractConstants.Executable, ContractConstants.Group) + "\n");
    }

    private sealed record Skeleton(string Directory, string Id, int? Number, string Title, string Now, Items<NewPackage> Packages, Items<NewLane> Lanes);
}
