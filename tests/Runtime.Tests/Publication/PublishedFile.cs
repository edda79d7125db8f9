using System;
using System.IO;
using System.Runtime.CompilerServices;
using System.Text;
using System.Threading.Tasks;

namespace SpecKitty.Runtime.Tests.Publication;

/// <summary>A file of docs/ that is made of the tables and committed, so that a change of the contract shows in the review of the change.</summary>
internal static class PublishedFile
{
    /// <summary>The file has these bytes; else SNAPSHOT_ACCEPT=1 writes it, except where CI is set.</summary>
    public static async Task CheckAsync(string relativePath, ReadOnlyMemory<byte> expected)
    {
        string path = Path.Combine(Root, relativePath);
        byte[] found = File.Exists(path) ? await File.ReadAllBytesAsync(path) : [];
        if (found.AsSpan().SequenceEqual(expected.Span))
        {
            return;
        }

        if (Environment.GetEnvironmentVariable("SNAPSHOT_ACCEPT") == "1" && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, expected.ToArray());
            return;
        }

        throw new InvalidOperationException(
            $"{relativePath} is not what schemas/ makes of it now, from its byte {found.AsSpan().CommonPrefixLength(expected.Span)} on. "
            + "If the change is meant: SNAPSHOT_ACCEPT=1 dotnet run --project tests/Runtime.Tests -- --treenode-filter \"/*/*/PublishedFilesTests/*\", and read the difference.");
    }

    public static Task CheckAsync(string relativePath, string expected) => CheckAsync(relativePath, Encoding.UTF8.GetBytes(expected));

    private static string Root => Path.GetFullPath("../../..", Path.GetDirectoryName(ThisFile())!);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
