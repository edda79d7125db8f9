using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>The titles of work packages, for people: no call of the contract wants them.</summary>
internal static class TaskTitles
{
    private const string Title = "title";
    private const int FirstLine = 2;
    private const int MaxBytes = 16 * 1024 * 1024;

    /// <summary>The title in a task file's front matter; empty where there is none that can be read.</summary>
    public static string Of(Project project, TaskFile file)
    {
        var outcome = ProjectFiles.TryRead(project.Root, file.RelativePath, MaxBytes, out var bytes);
        using (bytes)
        {
            return outcome.IsOk && FrontMatter.Locate(bytes.Span, atEnd: true, out var yaml) == FrontMatterExtent.Whole
                && Yaml.Read(yaml, [Title], FirstLine, out _)?.Find(Title) is { Kind: YamlKind.Text or YamlKind.Literal } title
                ? title.Text
                : "";
        }
    }
}
