using System.Collections.Generic;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>The work packages of a mission by lane. Writes nothing, takes no lock.</summary>
internal static class Board
{
    public static int Run(BoardToolRequest request, ToolCall call)
    {
        if (!ToolMission.Selector(call.Project, request.Selector, request.Mission).Try(out string? selector, out var failure)
            || !MissionReading.Open(selector, call.Context()).Try(out var reading, out failure))
        {
            return call.Fail(failure);
        }

        var document = Of(reading);
        return request.Json ? ToolCall.Print(document) : ToolCall.Print(Prose(document));
    }

    /// <summary>What there is to show.</summary>
    internal static BoardDocument Of(MissionReading reading)
    {
        var packages = new List<BoardWorkPackage>();
        var lanes = reading.Lanes;
        foreach (var task in reading.Tasks.Files)
        {
            bool known = reading.Status.TryGet(task.WpId, out var package);
            packages.Add(new BoardWorkPackage
            {
                WpId = task.WpId,
                Lane = lanes.Of(task.WpId),
                Ready = reading.CanStart(task),
                Actor = known ? package.Actor : null,
                Since = known ? package.LastTransitionAt : null,
                Dependencies = task.Dependencies,
                WaitsFor = reading.Unsatisfied(task),
            });
        }

        foreach (var package in reading.Status.WorkPackages)
        {
            if (!reading.Tasks.TryGet(package.Id, out _))
            {
                packages.Add(new BoardWorkPackage
                {
                    WpId = package.Id,
                    Lane = lanes.Of(package.Id),
                    Ready = false,
                    Actor = package.Actor,
                    Since = package.LastTransitionAt,
                    Dependencies = [],
                    WaitsFor = [],
                });
            }
        }

        packages.Sort(static (a, b) => a.Lane != b.Lane ? a.Lane.CompareTo(b.Lane) : CodePointOrder.Compare(a.WpId, b.WpId));
        var summary = new LaneSummary();
        foreach (var package in packages)
        {
            summary.Add(package.Lane);
        }

        return new BoardDocument { Identity = reading.Mission.Identity, Summary = summary, WorkPackages = packages, Warnings = reading.Warnings() ?? [] };
    }

    private static string Prose(BoardDocument document)
    {
        var text = new StringBuilder();
        text.Append(document.Identity.MissionSlug).Append('\n');
        foreach (var package in document.WorkPackages)
        {
            text.Append(Lanes.Name(package.Lane)).Append(' ').Append(package.WpId).Append(' ').Append(package.Actor).Append('\n');
        }

        return text.ToString();
    }
}
