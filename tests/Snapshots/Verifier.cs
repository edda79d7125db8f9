using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;
using TUnit.Core;
using VerifyTests;

namespace VerifyTUnit;

/// <summary>
/// Stands in for Verify.TUnit, which is not in every registry copy: the same namespaces, call shape and files, so that a test
/// written for one runs with the other.
/// </summary>
/// <remarks>
/// <para>Files: <c>{directory of the test file}/{Class}.{Method}[_{parameter}={value}…][#{target}].verified.{extension}</c>, text, LF only.
/// On a difference the answer is left beside it as <c>.received.</c>, and the test fails; on success a left-over received file goes.
/// Nothing is accepted by itself: read the received file, then rename it to verified, or run the test once more with
/// <c>SNAPSHOT_ACCEPT=1</c>, which has no effect where <c>CI</c> is set.</para>
/// <para>To change over to Verify: in the three test projects replace the line <c>&lt;Compile Include="../Snapshots/**/*.cs" …/&gt;</c> by
/// <c>&lt;PackageReference Include="Verify.TUnit" /&gt;</c>, give its version in Directory.Packages.props, and remove this folder with
/// its tests (Contract.Tests/Snapshots). Verify writes a byte order mark; both read files with and without one.</para>
/// </remarks>
public static class Verifier
{
    /// <summary>Compares one text with its verified file of extension <c>txt</c>.</summary>
    public static SettingsTask Verify(string? target, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify([new Target("txt", target ?? "null")], settings, sourceFile);

    /// <summary>Compares one text with its verified file of another extension (without a dot).</summary>
    public static SettingsTask Verify(string? target, string extension, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "") =>
        Verify([new Target(extension, target ?? "null")], settings, sourceFile);

    /// <summary>Compares several texts, a file each; a verified file of this test that no target belongs to is a difference too.</summary>
    public static SettingsTask Verify(IEnumerable<Target> targets, VerifySettings? settings = null, [CallerFilePath] string sourceFile = "")
    {
        var list = targets.ToArray();
        return new SettingsTask(settings, chosen => RunAsync(list, chosen, sourceFile));
    }

    private static Task RunAsync(IReadOnlyList<Target> targets, VerifySettings settings, string sourceFile)
    {
        var details = TestContext.Current!.Metadata.TestDetails;
        var place = SnapshotPlace.Of(
            settings,
            sourceFile,
            SnapshotPlace.NameWithParents(details.MethodMetadata.Class.Type),
            details.MethodMetadata.Name,
            [.. details.MethodMetadata.Class.Parameters.Select(p => p.Name ?? ""), .. details.MethodMetadata.Parameters.Select(p => p.Name ?? "")],
            [.. details.TestClassArguments, .. details.TestMethodArguments]);
        SnapshotPlace.Claim(place);
        SnapshotComparison.Run(place, targets, SnapshotAcceptance.FromEnvironment());
        return Task.CompletedTask;
    }
}
