using System;

namespace VerifyTests;

/// <summary>Whether a difference becomes the new verified file: only on request, and never where a build server runs.</summary>
internal static class SnapshotAcceptance
{
    internal const string Switch = "SNAPSHOT_ACCEPT";

    internal static bool FromEnvironment() =>
        IsAsked(Environment.GetEnvironmentVariable(Switch), Environment.GetEnvironmentVariable("CI"));

    internal static bool IsAsked(string? accept, string? buildServer) =>
        accept is "1" or "true" && buildServer is null or "" or "0" or "false";
}
