using System.Collections.Generic;
using System.Globalization;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>Looks a project over: the project around the missions first, then each mission, then what killed calls left. Changes nothing without --fix.</summary>
internal static class Doctor
{
    public static int Run(DoctorToolRequest request, ToolCall call)
    {
        if (!Missions(request.Mission, call.Project).Try(out var directories, out var failure))
        {
            return call.Fail(failure);
        }

        var report = new DoctorReport(request.Fix);
        string? git = DoctorProject.Look(call, report);
        foreach (string directory in directories)
        {
            DoctorMission.Look(directory, call, report);
        }

        DoctorWorktrees.Look(call, report);
        DoctorFiles.Look(directories, call.Project, report);
        DoctorLeftovers.Look(directories, call.Project, report);
        int status = report.IsHealthy ? DoctorExitStatus.Healthy : DoctorExitStatus.Findings;
        return request.Json ? ToolCall.Print(Document(call.Project, directories, git, report), status) : ToolCall.Print(Prose(call.Project, directories, report), status);
    }

    /// <summary>The directories of the missions to look at: one, or all.</summary>
    private static Result<string[]> Missions(string? selector, Project project)
    {
        if (selector is null)
        {
            var names = MissionIndex.Directories(project, out var unreadable);
            return unreadable is not null ? unreadable : ToArray(names);
        }

        // A mission whose meta.json is damaged is found by its directory's name, and is what a doctor is for.
        if (SafeNames.IsSafe(selector) && MissionSelector.CanonicalName(project, selector) is { } directory)
        {
            return (string[])[directory];
        }

        return MissionSelector.Resolve(project, selector).Try(out var mission, out var failure) ? (string[])[mission.DirectoryName] : failure;
    }

    private static string[] ToArray(string[] list) => [.. list];

    private static DoctorDocument Document(Project project, string[] missions, string? git, DoctorReport report)
    {
        var findings = new Items<DoctorFinding>();
        foreach (var finding in report.Findings)
        {
            findings.Add(new DoctorFinding
            {
                Code = finding.Code,
                Severity = NameOf(finding.Severity),
                Place = finding.Place,
                Message = finding.Message,
                Remedy = finding.Remedy,
                Fixable = finding.IsFixable,
                Fixed = finding.Fixed,
            });
        }

        return new DoctorDocument
        {
            Healthy = report.IsHealthy,
            Root = project.Root,
            GitDirectory = project.GitDirectory,
            GitVersion = git,
            Version = BuildVersion.Text,
            Missions = missions,
            Findings = findings.ToArray(),
        };
    }

    private static string Prose(Project project, string[] missions, DoctorReport report)
    {
        var text = new StringBuilder();
        int errors = 0, warnings = 0, repaired = 0;
        foreach (var finding in report.Findings)
        {
            repaired += finding.Fixed is null ? 0 : 1;
            errors += finding is { Severity: FindingSeverity.Error, Fixed: null } ? 1 : 0;
            warnings += finding is { Severity: FindingSeverity.Warning, Fixed: null } ? 1 : 0;
            text.Append(finding.Fixed is null ? NameOf(finding.Severity) : "fixed").Append(": ").Append(DisplayText.Safe(finding.Place)).Append(": ").Append(DisplayText.Safe(finding.Message))
                .Append(" [").Append(finding.Code).Append("]\n    ").Append(DisplayText.Safe(finding.Fixed ?? finding.Remedy))
                .Append(finding is { Fixed: null, IsFixable: true } ? " (--fix does it)\n" : "\n");
        }

        return text.Append(
            report.IsHealthy && repaired == 0 ? Messages.DoctorHealthy(project.Root, Number(missions.Length)) : Messages.DoctorSum(Number(errors), Number(warnings), Number(repaired))).Append('\n').ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(FindingSeverity severity) => severity switch
    {
        FindingSeverity.Error => "error",
        FindingSeverity.Warning => "warning",
        _ => "note",
    };
}
