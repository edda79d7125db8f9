using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>Adds a line to a work package's activity log, and commits that file where the branch may be committed to (HOST §6.7, DESIGN §9).</summary>
internal static class AppendHistory
{
    private const int MaxBytes = 64 * 1024 * 1024;

    public static Result<Payload> Run(AppendHistoryRequest request, CallContext context)
    {
        if (!MissionSelector.Resolve(context.Project, request.Mission).Try(out var mission, out var failure)
            || !TaskFiles.Locate(mission, request.Wp).Try(out var task, out failure))
        {
            return failure;
        }

        if (ProjectSchema.Check(context.Project) is { } unsupported)
        {
            return unsupported;
        }

        return context.Level >= ContractLevel.V1_3_0 ? Annotate(request, mission, context) : Edit(request, mission, task, context);
    }

    /// <summary>From level 1.3.0 on the note is a row of the event log: no file is edited, nothing is committed (HOST §10.5).</summary>
    private static Result<Payload> Annotate(AppendHistoryRequest request, Mission mission, CallContext context)
    {
        if (!StatusMutation.Begin(StatusSurface.Of(mission, context), context).Try(out var transaction, out var failure))
        {
            return failure;
        }

        using (transaction)
        {
            var note = new Annotation { WpId = request.Wp, Actor = request.Actor, Note = ActivityLogEntry.Text(Clock.Utc(), request.Actor, request.Note) };
            if (context.Keyed is { } keyed)
            {
                keyed.Expected = ids => Answer(request, mission, context, ActivityLogEntry.IdOf(ids[0]), isCommitted: false, []);
            }

            if (!transaction.Append((ReadOnlySpan<Annotation>)[note]).Try(out var outcome, out failure))
            {
                return failure;
            }

            return Answer(request, mission, context, ActivityLogEntry.IdOf(outcome.EventIds[0]), isCommitted: false, [.. outcome.Warnings]);
        }
    }

    private static Result<Payload> Edit(AppendHistoryRequest request, Mission mission, TaskFile task, CallContext context)
    {
        Signals.Watch();
        string lockPath = StatusSurface.Of(mission, context).LockPath;
        if (!FileLock.Acquire(lockPath, mission.DirectoryName, Deadline.LockTimeout(), context.Deadline).Try(out var held, out var failure))
        {
            return failure;
        }

        using (held)
        {
            var outcome = ProjectFiles.TryRead(context.Project.Root, task.RelativePath, MaxBytes, out var before);
            using (before)
            {
                if (!outcome.IsOk)
                {
                    return outcome.Status == ReadStatus.Failed
                        ? outcome.ToFailure("read", task.Path)
                        : new Failure(ErrorCode.TaskFileInvalid, Messages.TaskFileInvalid(task.RelativePath, outcome.Detail));
                }

                // A link inside the project stays one: the file that it leads to is replaced.
                if (Posix.RealPath(task.Path, out string path) is < 0 and var error)
                {
                    return FileErrors.ToFailure("read", task.Path, error);
                }

                return Write(request, mission, path, before.Span, context);
            }
        }
    }

    private static Result<Payload> Write(AppendHistoryRequest request, Mission mission, string path, ReadOnlySpan<byte> before, CallContext context)
    {
        if ((Signals.Failure() ?? (context.Deadline.IsOver ? context.Deadline.Exceeded("writing the note") : null)) is { } stop)
        {
            return stop;
        }

        var warnings = new List<string>();
        if (context.Keyed?.EarlierEntry is { } earlier && before.IndexOf(Encoding.UTF8.GetBytes(earlier)) >= 0)
        {
            // An earlier try of this very call got as far as the file. What is left is the commit, if that.
            if (HistoryCommit.IsCommitted(mission, path, context) || Commit(request, mission, path, context, warnings).Try(out bool late, out var notYet) && late)
            {
                return Answer(request, mission, context, earlier, isCommitted: true, warnings);
            }

            return notYet is null ? Answer(request, mission, context, earlier, isCommitted: false, warnings)
                : notYet.With(Effect.Committed);
        }

        if (!HistoryCommit.Begin(mission, request.Wp, path, context, warnings).Try(out var commit, out var failure))
        {
            return failure;
        }

        using (commit)
        {
            return Write(request, mission, path, before, commit, context, warnings);
        }
    }

    private static Result<bool> Commit(AppendHistoryRequest request, Mission mission, string path, CallContext context, List<string> warnings)
    {
        if (!HistoryCommit.Begin(mission, request.Wp, path, context, warnings).Try(out var commit, out var failure))
        {
            return failure;
        }

        using (commit)
        {
            return commit?.Finish() ?? false;
        }
    }

    private static Result<Payload> Write(
        AppendHistoryRequest request, Mission mission, string path, ReadOnlySpan<byte> before, HistoryCommit? commit, CallContext context, List<string> warnings)
    {
        string id = ActivityLogEntry.NewId();
        byte[] after = ActivityLogEdit.Insert(before, ActivityLogEntry.Line(Clock.Utc(), request.Actor, request.Note, id));
        if ((context.Keyed?.Announce(id, Answer(request, mission, context, id, isCommitted: false, [])) ?? DurableFile.Replace(path, after, sync: true)) is { } unwritten)
        {
            return unwritten;
        }

        if ((commit?.Finish() ?? false).Try(out bool isCommitted, out var refused))
        {
            return Answer(request, mission, context, id, isCommitted, warnings);
        }

        if (refused.Effect == Effect.Committed)
        {
            return refused;
        }

        // The lock is held: nobody has added another note behind this one.
        bool isRestored = DurableFile.Replace(path, before, sync: true) is null;
        return refused.With(isRestored ? Effect.None : Effect.Indeterminate);
    }

    private static AppendHistoryPayload Answer(AppendHistoryRequest request, Mission mission, CallContext context, string id, bool isCommitted, List<string> warnings)
    {
        if (mission.Warning is { } odd)
        {
            warnings.Insert(0, odd);
        }

        return new AppendHistoryPayload
        {
            Identity = mission.Identity,
            WpId = request.Wp,
            HistoryEntryId = id,
            Committed = isCommitted,
            Replayed = context.Replayed,
            Warnings = warnings.Count == 0 ? null : warnings.ToArray(),
        };
    }
}
