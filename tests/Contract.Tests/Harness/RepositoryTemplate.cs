using System;
using System.IO;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>One repository with one commit, made by git once a run and copied for each test.</summary>
internal static class RepositoryTemplate
{
    private static readonly Lazy<Task<string>> Once = new(MakeAsync);

    internal static async Task CopyToAsync(Sandbox sandbox) => Copy(new DirectoryInfo(await Once.Value), sandbox.Root);

    private static async Task<string> MakeAsync()
    {
        var maker = Sandbox.Create();
        maker.WriteProjectFiles();
        maker.Write("README.md", "scratch\n");
        maker.Write(".gitignore", ".worktrees/\n");
        await maker.GitAsync("init", "-q", "-b", "main", "--template=");
        await maker.CommitAsync("initial");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => maker.Dispose();
        return maker.Root;
    }

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var info in from.EnumerateFileSystemInfos())
        {
            var target = Path.Combine(to, info.Name);
            if (info is DirectoryInfo inner)
            {
                Copy(inner, target);
            }
            else
            {
                ((FileInfo)info).CopyTo(target);
            }
        }
    }
}
