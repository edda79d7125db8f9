using System.IO;
using System.Linq;
using System.Reflection;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Where the sources of this build are.</summary>
internal static class RepositoryRoot
{
    internal static string Path { get; } = typeof(RepositoryRoot).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == "RepositoryRoot").Value!;

    internal static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    internal static string Read(params string[] parts) => System.IO.File.ReadAllText(File(parts));
}
