using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Tools;

/// <summary>Runs a tool at a terminal, or with its output in a file.</summary>
internal static class Terminal
{
    /// <summary>script(1) makes the terminal; stty(1) its width.</summary>
    internal static async Task<SpawnResult> RunAsync(Sandbox sandbox, string argv, int columns) => await Spawn.RunAsync(
        "script",
        ["-qefc", $"stty cols {columns} rows 24; '{await PublishedExecutable.PathAsync()}' {argv}", "/dev/null"],
        sandbox.Root,
        sandbox.Environment,
        []);

    /// <summary>Starts it through the shell's exec, so that a signal reaches the tool itself.</summary>
    internal static Task<RunningCall> StartAsync(Sandbox sandbox, string argv, string output) => RunningCall.StartIntoAsync(sandbox, output, argv.Split(' '));

    internal static string[] LinesOf(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        string text = reader.ReadToEnd();
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', System.StringSplitOptions.RemoveEmptyEntries);
    }
}
