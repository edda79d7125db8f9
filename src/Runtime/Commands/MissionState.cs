using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>Every work package of a mission (HOST §6.2). Writes nothing, spawns nothing.</summary>
internal static class MissionState
{
    public static Result<Payload> Run(MissionStateRequest request, CallContext context)
    {
        if (!MissionReading.Open(request.Mission, context).Try(out var reading, out var failure))
        {
            return failure;
        }

        var summary = new LaneSummary();
        foreach (var package in reading.Status.WorkPackages)
        {
            summary.Add(package.Lane);
        }

        return new MissionStatePayload
        {
            Identity = reading.Mission.Identity,
            Summary = summary,
            WorkPackages = List(reading.Tasks, reading.Status).ToArray(),
            Warnings = reading.Warnings(),
        };
    }

    /// <summary>Those with a task file and those that only the log knows, by id.</summary>
    private static Items<WorkPackageState> List(TaskSet tasks, MissionStatus status)
    {
        var states = new Items<WorkPackageState>(tasks.Count);
        foreach (var task in tasks.Files)
        {
            states.Add(status.TryGet(task.WpId, out var package)
                ? Describe(task.WpId, package.Lane, task.Dependencies, package.Actor)
                : Describe(task.WpId, Lane.Planned, task.Dependencies, null));
        }

        foreach (var package in status.WorkPackages)
        {
            if (!tasks.TryGet(package.Id, out _))
            {
                states.Add(Describe(package.Id, package.Lane, [], package.Actor));
            }
        }

        states.Sort(static (a, b) => CodePointOrder.Compare(a.WpId, b.WpId));
        return states;
    }

    private static WorkPackageState Describe(string wp, Lane lane, string[] dependencies, string? actor) =>
        new() { WpId = wp, Lane = StatusLanes.Shown(lane), Dependencies = dependencies, LastActor = actor };
}
