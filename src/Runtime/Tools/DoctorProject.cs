using System;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>The project around the missions: repository, git, configuration, other hosts.</summary>
internal static class DoctorProject
{

    /// <returns>git's version; null without git.</returns>
    public static string? Look(ToolCall call, DoctorReport report)
    {
        var project = call.Project;
        if (Posix.Stat(project.PathOf(Project.KittifyName), out _) < 0 && Posix.Stat(project.PathOf(Project.SpecsName), out _) < 0)
        {
            report.Add(DoctorFindings.NoProject(project.Root));
        }

        if (project.GitDirectory is null)
        {
            report.Add(DoctorFindings.NoRepository(project.Root));
        }

        if (ProjectSchema.Check(project) is { } unsupported)
        {
            report.Add(DoctorFindings.SchemaUnsupported(project.Root, unsupported.Message));
        }

        var config = ProjectConfig.Load(project).Try(out var loaded, out var unread) ? loaded : ProjectConfig.Default;
        if ((unread?.Message ?? config.Problem) is { } problem)
        {
            report.Add(DoctorFindings.ConfigIgnored(project.PathOf(ProjectConfig.RelativePath), problem));
        }

        string? asked = Posix.Variable(EnvironmentVariables.ContractLevelUtf8) is { Length: > 0 } named ? named : config.ContractLevel;
        if (asked is not null && !ContractLevels.TryParse(asked, out _))
        {
            report.Add(DoctorFindings.LevelUnknown(project.PathOf(ProjectConfig.RelativePath), asked, string.Join(", ", ContractLevels.Texts)));
        }

        if (call.OtherHost() is { } other)
        {
            report.Add(DoctorFindings.OtherHost(other, other));
        }

        return Git(call, report);
    }

    private static string? Git(ToolCall call, DoctorReport report)
    {
        var project = call.Project;
        if (!GitRunner.Create(project.Root, call.Context().Deadline).Try(out var git, out var failure) || !git.Run("version").Try(out var answer, out failure))
        {
            report.Add(DoctorFindings.GitUnusable("git", failure.Message));
            return null;
        }

        using (git)
        {
            string version = answer.Text;
            if (!GitVersion.TryParse(version, out var parsed) || !parsed.IsSupported)
            {
                report.Add(DoctorFindings.GitUnusable("git", Messages.GitTooOld(version, GitVersion.Oldest.Text)));
            }
            else if (project.GitDirectory is not null)
            {
                Driver(git, project, report);
            }

            return version.StartsWith("git version ", StringComparison.Ordinal) ? version["git version ".Length..] : version;
        }
    }

    /// <summary>Whether a plain <c>git merge</c> makes the union of two event logs (gitattributes(5)).</summary>
    private static void Driver(GitRunner git, Project project, DoctorReport report)
    {
        string place = project.PathOf(".gitattributes");
        string path = Project.SpecsName + "/any/status.events.jsonl";
        if (!git.Run("check-attr", "merge", "--", path).Try(out var attribute, out _) || !attribute.IsSuccess)
        {
            return;
        }

        const string Behind = ": merge: ";
        string text = attribute.Text;
        int at = text.LastIndexOf(Behind, StringComparison.Ordinal);
        string driver = at < 0 ? "" : text[(at + Behind.Length)..];
        if (driver is "" or "unspecified" or "unset" or "set")
        {
            report.Add(DoctorFindings.MergeDriverUnused(place, MergeDriverEventLog.DriverName));
        }
        else if (driver is not ("union" or "text" or "binary")
            && git.Run("config", "--get", "merge." + driver + ".driver").Try(out var configured, out _) && configured.Text.Length == 0)
        {
            report.Add(DoctorFindings.MergeDriverUnset(place, driver));
        }
    }
}
