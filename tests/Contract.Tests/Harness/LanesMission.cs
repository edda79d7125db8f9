using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>A mission without coordination branch and with lanes: lane-a has WP01 and WP04, lane-b WP02, lane-c WP03 and the other two lanes' work.</summary>
internal static class LanesMission
{
    internal const string Branch = "kitty/mission-demo";

    internal static async Task<Mission> CreateAsync(Sandbox sandbox)
    {
        var mission = sandbox.Mission(CoordinatedMission.Slug).InDirectory(CoordinatedMission.DirectoryName)
            .Wp("WP01").Wp("WP02").Wp("WP03", "WP01", "WP02").Wp("WP04").Write();
        mission.Write("lanes.json", CoordinatedMission.Lanes(Branch, Plan));
        await sandbox.CommitAsync("mission demo");
        return mission;
    }

    /// <summary>With a lane for each work package.</summary>
    internal static async Task<Mission> CreateAsync(Sandbox sandbox, (string Lane, string Wp, string File, string Text)[] plan)
    {
        var builder = sandbox.Mission(CoordinatedMission.Slug).InDirectory(CoordinatedMission.DirectoryName);
        var mission = plan.Aggregate(builder, (described, lane) => described.Wp(lane.Wp)).Write();
        mission.Write("lanes.json", CoordinatedMission.Lanes(Branch, [.. plan.Select(lane => (lane.Lane, (string[])[lane.Wp], Array.Empty<string>()))]));
        await sandbox.CommitAsync("mission demo");
        return mission;
    }

    internal static (string Id, string[] Wps, string[] DependsOn)[] Plan { get; } =
        [("lane-a", ["WP01", "WP04"], []), ("lane-b", ["WP02"], []), ("lane-c", ["WP03"], ["lane-b", "lane-a"])];

    internal static string Worktree(Sandbox sandbox, string lane) => sandbox.At($".worktrees/{CoordinatedMission.DirectoryName}-{lane}");

    internal static string LaneBranch(string lane) => $"kitty/mission-{CoordinatedMission.DirectoryName}-{lane}";

    /// <summary>Commits a file in a lane's worktree, as an agent does.</summary>
    internal static async Task WorkAsync(Sandbox sandbox, string lane, string file, string text)
    {
        var path = Path.Combine(Worktree(sandbox, lane), file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, text);
        await sandbox.CommitAsync($"work in {lane}", Worktree(sandbox, lane));
    }
}
