using System;
using System.Collections.Generic;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>How a run went. Writes nothing but the page that is asked for.</summary>
internal static class Report
{
    public static int Run(ReportToolRequest request, ToolCall call)
    {
        if (request is { Html: not null, Json: true })
        {
            return call.Fail(new Failure(ErrorCode.UsageError, Messages.HtmlAndJson()));
        }

        if (!ToolMission.Selector(call.Project, request.Selector, request.Mission).Try(out string? selector, out var failure)
            || !MissionReading.Open(selector, call.Context()).Try(out var reading, out failure)
            || !LogCopy.Read(reading.Mission, call.Context(), 0).Try(out var log, out failure)
            || !RunLog.Read(log!.Bytes, log.Name, log.Path).Try(out var moves, out failure))
        {
            return call.Fail(failure);
        }

        var run = Tools.Run.Of(Packages(reading), moves);
        var document = Document(reading, run, moves);
        if (request.Html is not { } file)
        {
            return request.Json ? ToolCall.Print(document) : ToolCall.Print(Prose(document));
        }

        byte[] page = ReportPage.Write(document, run, moves, MissionTitles.Of(reading.Mission));
        if (file == "-")
        {
            StandardOutput.Write(page);
            return ReportExitStatus.Success;
        }

        return DurableFile.Replace(System.IO.Path.GetFullPath(file), page, sync: false) is { } unwritten ? call.Fail(unwritten) : ReportExitStatus.Success;
    }

    private static Items<RunPackage> Packages(MissionReading reading)
    {
        var packages = new Items<RunPackage>();
        foreach (var task in reading.Tasks.Files)
        {
            packages.Add(new RunPackage { WpId = task.WpId, Title = TaskTitles.Of(reading.Mission.Project, task), Dependencies = task.Dependencies });
        }

        return packages;
    }

    private static ReportDocument Document(MissionReading reading, Run run, Items<RunMove> moves)
    {
        var packages = new Items<ReportWorkPackage>();
        var summary = new LaneSummary();
        foreach (var package in run.Packages)
        {
            summary.Add(package.Lane);
            packages.Add(new ReportWorkPackage
            {
                WpId = package.WpId,
                Lane = package.Lane,
                Dependencies = package.Dependencies,
                StartedAt = Time(package.StartedAt),
                FinishedAt = Time(package.FinishedAt),
                CycleSeconds = package.CycleSeconds,
                ReadySeconds = package.ReadySeconds,
                WorkSeconds = package.WorkSeconds,
                QueueSeconds = package.QueueSeconds,
                ReviewSeconds = package.ReviewSeconds,
                BlockedSeconds = package.BlockedSeconds,
                Rework = package.Rework,
                Forced = package.Forced,
                Implementers = package.Implementers.ToArray(),
                Reviewers = package.Reviewers.ToArray(),
            });
        }

        var actors = new Items<ReportActor>();
        foreach (var actor in run.Actors)
        {
            actors.Add(new ReportActor
            {
                Actor = actor.Name,
                Rows = actor.Rows,
                Started = actor.Started,
                Submitted = actor.Submitted,
                Reviewed = actor.Reviewed,
                Approved = actor.Approved,
                Returned = actor.Returned,
                Forced = actor.Forced,
                WorkSeconds = actor.WorkSeconds,
                ReviewSeconds = actor.ReviewSeconds,
            });
        }

        return new ReportDocument
        {
            Identity = reading.Mission.Identity,
            StartedAt = Time(run.StartedAt),
            LastEventAt = moves.Count == 0 ? null : moves[^1].At,
            DurationSeconds = run.StartedAt is { } start ? (run.End - start) / Clock.MicrosecondsPerSecond : null,
            Rows = run.Rows,
            Summary = summary,
            WorkPackages = packages.ToArray(),
            Actors = actors.ToArray(),
            Warnings = reading.Warnings() ?? [],
        };
    }

    private static string? Time(long? at) => at is { } time ? Clock.Text(Math.Clamp(time, Clock.Earliest, Clock.End - 1)) : null;

    private static string Prose(ReportDocument document)
    {
        bool isTerminal = StandardOutput.IsTerminal(out int columns, out _);
        int width = isTerminal ? columns : 0;
        var text = new StringBuilder();
        text.Append(DisplayText.Safe(document.Identity.MissionSlug)).Append(": ")
            .Append(document.DurationSeconds is { } duration ? Messages.ReportDuration(LogTime.Span(duration), document.LastEventAt ?? "-") : Messages.ReportNothing()).Append("\n\n");
        var packages = new TextTable("WP", "LANE", "CYCLE", "READY", "WORK", "QUEUE", "REVIEW", "BLOCKED", "REWORK", "FORCED", "BY", "REVIEWED BY");
        foreach (var package in document.WorkPackages)
        {
            packages.Add(
                package.WpId, Lanes.Name(package.Lane), package.CycleSeconds is { } cycle ? LogTime.Span(cycle) : "-", LogTime.Span(package.ReadySeconds), LogTime.Span(package.WorkSeconds),
                LogTime.Span(package.QueueSeconds), LogTime.Span(package.ReviewSeconds), LogTime.Span(package.BlockedSeconds), Number(package.Rework), Number(package.Forced),
                string.Join(", ", package.Implementers), string.Join(", ", package.Reviewers));
        }

        AppendLines(text, packages.Lines(width));
        if (document.Actors.Length > 0)
        {
            var actors = new TextTable("ACTOR", "STARTED", "SUBMITTED", "REVIEWS", "APPROVED", "SENT BACK", "FORCED", "WORK", "REVIEW");
            foreach (var actor in document.Actors)
            {
                actors.Add(
                    actor.Actor, Number(actor.Started), Number(actor.Submitted), Number(actor.Reviewed), Number(actor.Approved), Number(actor.Returned), Number(actor.Forced),
                    LogTime.Span(actor.WorkSeconds), LogTime.Span(actor.ReviewSeconds));
            }

            text.Append('\n');
            AppendLines(text, actors.Lines(width));
        }

        foreach (string warning in document.Warnings)
        {
            text.Append("warning: ").Append(DisplayText.Safe(warning)).Append('\n');
        }

        return text.ToString();
    }

    private static void AppendLines(StringBuilder text, List<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append(line).Append('\n');
        }
    }

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
