using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Tools;

/// <summary>One mission: its files, its event log, its snapshot, its lock.</summary>
internal static class DoctorMission
{
    private const int MaxMetaBytes = 10 * 1024 * 1024;
    private const int MostRows = 100;

    public static void Look(string directory, ToolCall call, DoctorReport report)
    {
        if (!MissionSelector.Resolve(call.Project, directory).Try(out var mission, out var failure))
        {
            report.Add(DoctorFindings.MetaInvalid(call.Project.PathOf(Project.SpecsName + "/" + directory), failure.Message));
            return;
        }

        Meta(mission, report);
        var context = call.Context();
        var surface = StatusSurface.Of(mission, context);
        if (surface.RefuseMutation(out _) is { } broken)
        {
            report.Add(DoctorFindings.CoordinationBroken(mission.Directory, broken.Message));
        }

        Lock(surface.LockPath, report);
        var status = Log(mission, surface, call, report);
        Tasks(mission, status, report);
    }

    private static void Meta(Mission mission, DoctorReport report)
    {
        string path = mission.PathOf("meta.json");
        var outcome = ProjectFiles.TryRead(mission.Project.Root, mission.RelativePathOf("meta.json"), MaxMetaBytes, out var bytes);
        using (bytes)
        {
            if (outcome.IsMissing)
            {
                report.Add(DoctorFindings.MetaMissing(path));
                return;
            }

            if (mission.Warning is { } odd)
            {
                report.Add(DoctorFindings.MetaInvalid(path, odd));
            }

            var reader = new Utf8JsonReader(bytes.Span.StartsWith(Encoding.UTF8.Preamble) ? bytes.Span[Encoding.UTF8.Preamble.Length..] : bytes.Span, new JsonReaderOptions { MaxDepth = 1000 });
            using var document = JsonDocument.ParseValue(ref reader);
            var missing = new List<string>();
            foreach (string key in MetaKeys.Required)
            {
                bool isThere = document.RootElement.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String && value.GetRawText().Length > 2;
                if (!isThere)
                {
                    missing.Add(key);
                }
            }

            if (missing.Count > 0)
            {
                report.Add(DoctorFindings.MetaIncomplete(path, string.Join(", ", missing)));
            }
        }
    }

    private static void Tasks(Mission mission, MissionStatus? status, DoctorReport report)
    {
        if (!TaskFiles.Load(mission).Try(out var tasks, out var failure))
        {
            report.Add(DoctorFindings.TasksUnreadable(mission.PathOf(TaskFiles.DirectoryName), failure.Message));
            return;
        }

        foreach (var task in tasks.Files)
        {
            if (task.Problem is { } problem)
            {
                report.Add(DoctorFindings.TaskInvalid(task.Path, problem));
            }
        }

        var sentences = new List<string>();
        new DependencyGraph(tasks).AddWarnings(new StatusLanes(status ?? new MissionStatus(new Reducer())), sentences);
        foreach (string sentence in sentences)
        {
            report.Add(DoctorFindings.DependencyUnsatisfiable(mission.PathOf(TaskFiles.DirectoryName), sentence));
        }

        string lanes = mission.PathOf("lanes.json");
        if (!LaneManifest.LoadIfAny(mission).Try(out var manifest, out failure))
        {
            report.Add(DoctorFindings.LanesInvalid(lanes, failure.Message));
            return;
        }

        foreach (var lane in manifest?.Lanes ?? [])
        {
            foreach (string wp in lane.WpIds)
            {
                if (!tasks.TryGet(wp, out _))
                {
                    report.Add(DoctorFindings.LanesUnknownPackage(lanes, wp));
                }
            }
        }
    }

    /// <summary>Whose the lock is, as the kernel tells (proc(5), /proc/locks): looking takes no lock.</summary>
    private static void Lock(string path, DoctorReport report)
    {
        if (Posix.Stat(path, out var facts) < 0 || ProjectFiles.TryReadUnsized("/proc/locks", out byte[] locks) < 0)
        {
            return;
        }

        string file = string.Create(CultureInfo.InvariantCulture, $"{facts.DeviceMajor:x2}:{facts.DeviceMinor:x2}:{facts.Inode} ");
        foreach (string line in Encoding.UTF8.GetString(locks).Split('\n'))
        {
            // 1: FLOCK  ADVISORY  WRITE 4711 08:01:12345 0 EOF; a second word '->' marks one that waits.
            int at = line.IndexOf(file, StringComparison.Ordinal);
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (at > 0 && words.Length > 5 && words[1] == "FLOCK")
            {
                report.Add(DoctorFindings.LockHeld(path, Holder(words[4])));
            }
        }
    }

    private static string Holder(string process) =>
        "process " + process + (ProjectFiles.TryReadUnsized("/proc/" + process + "/comm", out byte[] name) >= 0 ? " (" + Encoding.UTF8.GetString(name).Trim() + ")" : "");

    /// <returns>What the log amounts to; null where it is corrupt.</returns>
    private static MissionStatus? Log(Mission mission, StatusSurface surface, ToolCall call, DoctorReport report)
    {
        if (!LogCopy.Read(mission, call.Context(), 0).Try(out var log, out var failure))
        {
            report.Add(DoctorFindings.LogUnreadable(mission.PathOf(EventLogFiles.Log), failure.Message));
            return null;
        }

        if (!Rows(log!, report) || !StatusLog.Parse(log!.Bytes, log.Name, log.Path).Try(out var status, out failure))
        {
            return null;
        }

        bool canWrite = surface.Worktree is null || surface.IsInWorktree;
        if (status.TornTailBytes > 0)
        {
            Repair(DoctorFindings.TornTail(log.Path, status.TornTailBytes.ToString(CultureInfo.InvariantCulture)), canWrite, surface, call, report);
        }
        else if (status.LacksLineFeed)
        {
            Repair(DoctorFindings.LineFeedMissing(log.Path), canWrite, surface, call, report);
        }

        if (canWrite)
        {
            Snapshot(status, surface, call, report);
        }

        return status;
    }

    /// <summary>Looks at every row, behind corrupt ones too. False where there is one.</summary>
    private static bool Rows(LogCopy log, DoctorReport report)
    {
        int corrupt = 0;
        var start = LogPosition.First;
        var counter = new ForeignCounter();
        while (corrupt < MostRows)
        {
            using var reader = new EventLogReader(log.Bytes[(int)start.Offset..], start);
            reader.Read(counter, out _);
            if (reader.Fault == RowFault.None)
            {
                break;
            }

            corrupt++;
            var failure = LogFaults.Corrupt(reader.Fault, reader.Position, reader.FaultKey, reader.FaultColumn, log.Name, log.Path);
            report.Add(DoctorFindings.RowCorrupt(log.Path, Number(reader.Position.Line), Number(reader.Position.Offset), ((EventLogCorruptData)failure.Data!).Detail));
            int rest = log.Bytes.Span[(int)reader.Position.Offset..].IndexOf((byte)'\n');
            if (rest < 0)
            {
                break;
            }

            start = new LogPosition(reader.Position.Line + 1, reader.Position.Offset + rest + 1);
        }

        if (counter.Count > 0)
        {
            report.Add(DoctorFindings.RowsForeign(log.Path, Number(counter.Count)));
        }

        return corrupt == 0;
    }

    private static void Repair(ToolFinding finding, bool canWrite, StatusSurface surface, ToolCall call, DoctorReport report)
    {
        report.Add(finding);
        if (!report.Fixes || !canWrite)
        {
            return;
        }

        if (!StatusTransaction.Begin(surface.Place(), call.Context().Deadline).Try(out var transaction, out var failure))
        {
            report.Fixed(finding, failure, "");
            return;
        }

        using (transaction)
        {
            failure = transaction.Tidy(out string movedTo);
            report.Fixed(finding, failure, movedTo.Length > 0 ? DoctorFindings.TornTailFix(movedTo) : DoctorFindings.LineFeedMissingFix());
        }
    }

    private static void Snapshot(MissionStatus status, StatusSurface surface, ToolCall call, DoctorReport report)
    {
        var place = surface.Place();
        var outcome = ProjectFiles.TryRead(place.ProjectRoot, place.SnapshotRelativePath, MaxMetaBytes, out var bytes);
        using (bytes)
        {
            bool isRight = outcome.IsMissing ? status.EventCount == 0 : outcome.IsOk && bytes.Span.SequenceEqual(SnapshotDocument.Write(status, place.Identity).Span);
            if (isRight)
            {
                return;
            }
        }

        var finding = report.Add(DoctorFindings.SnapshotStale(place.SnapshotPath));
        if (!report.Fixes)
        {
            return;
        }

        if (!StatusTransaction.Begin(place, call.Context().Deadline).Try(out var transaction, out var failure))
        {
            report.Fixed(finding, failure, "");
            return;
        }

        using (transaction)
        {
            string? problem = new SnapshotFile(place).Replace(transaction.Status);
            report.Fixed(finding, problem is null ? null : new Failure(ErrorCode.IoFailed, problem), DoctorFindings.SnapshotStaleFix());
        }
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed class ForeignCounter : LogSink
    {
        public int Count { get; private set; }

        public override bool Take(in LogRow row, LogPosition position)
        {
            Count += row.Kind == RowKind.Foreign ? 1 : 0;
            return true;
        }
    }
}
