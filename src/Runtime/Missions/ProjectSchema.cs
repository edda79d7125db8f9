using System;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>Whether this host may write to a project: .kittify/metadata.yaml of the main checkout says which layout it has (HOST §7.6, DESIGN §11).</summary>
internal static class ProjectSchema
{
    /// <summary>The one layout that this host writes.</summary>
    public const int SupportedVersion = 3;

    private const string RelativePath = Project.KittifyName + "/metadata.yaml";
    private const string SupportedText = "3";
    private const int MaxBytes = 256 * 1024;

    private static string[] Wanted => [ConfigKeys.SpecKitty];

    /// <summary>
    /// Null where mutations are allowed: the version is the supported one, or there is no file. Else PROJECT_SCHEMA_UNSUPPORTED, or
    /// IO_FAILED when the file cannot be read just now, or when it could not be told which repository the project belongs to, and so which lock is its own.
    /// </summary>
    public static Failure? Check(Project project)
    {
        if (project.GitFault < 0)
        {
            return FileErrors.ToFailure("read", project.PathOf(".git"), project.GitFault);
        }

        if (project.GitDirectory is null && LeadsOut(project.Root, project.LocksDirectory))
        {
            return FileErrors.ToFailure("lock", project.LocksDirectory, -Errno.CrossDevice);
        }

        var outcome = ProjectFiles.TryRead(project.Root, RelativePath, MaxBytes, out var bytes);
        using (bytes)
        {
            if (outcome.Status == ReadStatus.Failed)
            {
                return outcome.ToFailure("read", project.PathOf(RelativePath));
            }

            string? problem = outcome.Status switch
            {
                ReadStatus.Ok => ProblemOf(bytes.Span),
                ReadStatus.Missing => null,
                _ => outcome.Detail,
            };
            return problem is null ? null : new Failure(ErrorCode.ProjectSchemaUnsupported, Messages.ProjectSchemaUnsupported(RelativePath, problem, SupportedText));
        }
    }

    /// <summary>
    /// Whether the directory of locks, or the one it would be made in, is a link out of the project: files anyone may have packed decide
    /// that where there is no git. A repository's own directory may be anywhere, and whoever can change it can do worse.
    /// </summary>
    private static bool LeadsOut(string root, string locksDirectory)
    {
        string relative = locksDirectory[(root.Length + 1)..];
        return IsOutside(root, relative) || IsOutside(root, relative[..relative.IndexOf('/')]);
    }

    private static bool IsOutside(string root, string relativePath)
    {
        int descriptor = ProjectFiles.Open(root, relativePath, OpenFlags.PathOnly | OpenFlags.Directory);
        if (descriptor >= 0)
        {
            Posix.Close(descriptor);
        }

        return descriptor == -Errno.CrossDevice;
    }

    /// <summary>What speaks against writing; null if nothing does.</summary>
    internal static string? ProblemOf(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith(Encoding.UTF8.Preamble))
        {
            text = text[Encoding.UTF8.Preamble.Length..];
        }

        if (Yaml.Read(text, Wanted, 1, out string? problem) is not { } root)
        {
            return problem;
        }

        var version = root.Find(ConfigKeys.SpecKitty)?.Find(ConfigKeys.SchemaVersion);
        return version?.Kind switch
        {
            null or YamlKind.Null => $"it has no {ConfigKeys.SpecKitty}.{ConfigKeys.SchemaVersion}",
            YamlKind.Literal or YamlKind.Text when version.Text == SupportedText => null,
            YamlKind.Literal or YamlKind.Text => $"{ConfigKeys.SchemaVersion} is {(version.Text.Length <= 40 ? version.Text : version.Text[..40] + "…")}",
            _ => $"{ConfigKeys.SchemaVersion} is no number",
        };
    }
}
