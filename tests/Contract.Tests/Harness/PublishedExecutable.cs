using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>
/// The native executable under test: what publish.sh puts under dist/, built first if it is missing or older than its sources,
/// so that <c>dotnet test</c> alone is enough. <c>CONTRACT_TESTS_EXECUTABLE</c> names another one to test instead.
/// </summary>
internal static class PublishedExecutable
{
    private static readonly Lazy<Task<string>> Once = new(PublishAsync);

    internal static Task<string> PathAsync() => Once.Value;

    private static async Task<string> PublishAsync()
    {
        if (Environment.GetEnvironmentVariable("CONTRACT_TESTS_EXECUTABLE") is { Length: > 0 } other)
        {
            return Path.GetFullPath(other);
        }

        // publish.sh holds a lock of its own: several test projects may ask at the same time.
        var result = await Spawn.RunToEndAsync(RepositoryRoot.File("publish.sh"), ["--if-stale"], RepositoryRoot.Path, BuildEnvironment());
        if (result.ExitStatus != 0)
        {
            throw new InvalidOperationException($"publish.sh failed:\n{result.StdoutText}{result.StderrText}");
        }

        return RepositoryRoot.File("dist", RuntimeInformation.RuntimeIdentifier, "spec-kitty");
    }

    /// <summary>The build of the executable must not see what the running test platform has put into the environment.</summary>
    private static Dictionary<string, string> BuildEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(entry => (Name: (string)entry.Key, Value: (string?)entry.Value ?? ""))
        .Where(entry => !entry.Name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)
            && !entry.Name.StartsWith("TESTINGPLATFORM", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);
}
