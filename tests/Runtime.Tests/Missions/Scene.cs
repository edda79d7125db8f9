using System;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

/// <summary>A scratch project on disk; gone after the test.</summary>
internal sealed class Scene : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public Scene() => Project = new Project(_folder.Path, null);

    public Project Project { get; }

    public string Root => _folder.Path;

    public string this[string relative] => _folder[relative];

    /// <summary>Writes a file and the directories that it needs.</summary>
    public void Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    public void Write(string relative, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], bytes);
    }

    /// <summary>Makes a mission's directory; null for one without meta.json.</summary>
    public void Mission(string directory, string? meta)
    {
        Directory.CreateDirectory(this["kitty-specs/" + directory]);
        if (meta is not null)
        {
            Write($"kitty-specs/{directory}/meta.json", meta);
        }
    }

    /// <summary>A mission to put task files into.</summary>
    public Mission AMission(string directory = "077-thing")
    {
        Mission(directory, "{}");
        return Resolve(directory);
    }

    public void Task(string directory, string file, string frontMatter) => Write($"kitty-specs/{directory}/tasks/{file}", $"---\n{frontMatter}\n---\n\n# Body\n");

    /// <summary>The mission that a selector means; throws if it means none.</summary>
    public Mission Resolve(string selector) =>
        MissionSelector.Resolve(Project, selector).Try(out var mission, out var failure) ? mission : throw new InvalidOperationException(failure.Message);

    /// <summary>The failure that a selector gives; throws if it gives a mission.</summary>
    public Failure Refuse(string selector) =>
        MissionSelector.Resolve(Project, selector).Try(out var mission, out var failure) ? throw new InvalidOperationException(mission.DirectoryName) : failure;

    public void Dispose() => _folder.Dispose();
}
