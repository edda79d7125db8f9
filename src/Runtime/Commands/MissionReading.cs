using System.Collections.Generic;
using System.Globalization;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>What a read looks at: a mission, its task files, and what its log says, each read once and without a lock.</summary>
internal sealed record MissionReading(Mission Mission, TaskSet Tasks, MissionStatus Status, string? SurfaceWarning)
{
    private readonly DependencyGraph _graph = new(Tasks);

    public static Result<MissionReading> Open(string selector, CallContext context)
    {
        if (!MissionSelector.Resolve(context.Project, selector).Try(out var mission, out var failure)
            || !StatusSurface.Of(mission, context).Read().Try(out var read, out failure)
            || !TaskFiles.Load(mission).Try(out var tasks, out failure))
        {
            return failure;
        }

        return new MissionReading(mission, tasks, read.Status, read.Warning);
    }

    public StatusLanes Lanes => new(Status);

    /// <summary>Whether start-implementation would accept it from somebody who does not hold it.</summary>
    public bool CanStart(TaskFile task) => Lanes.Of(task.WpId) == Lane.Planned && _graph.IsReady(task, Lanes);

    /// <summary>Its dependencies that are not satisfied.</summary>
    public string[] Unsatisfied(TaskFile task) => _graph.Unsatisfied(task, Lanes);

    /// <summary>What was odd; null for nothing.</summary>
    public string[]? Warnings()
    {
        var warnings = new List<string>();
        if (Mission.Warning is { } odd)
        {
            warnings.Add(odd);
        }

        if (SurfaceWarning is { } elsewhere)
        {
            warnings.Add(elsewhere);
        }

        Tasks.AddWarnings(warnings);
        _graph.AddWarnings(Lanes, warnings);
        if (Status.TornTailBytes > 0)
        {
            warnings.Add(Messages.TornTail(EventLogFiles.Log, Status.TornTailBytes.ToString(CultureInfo.InvariantCulture)));
        }

        return warnings.Count == 0 ? null : warnings.ToArray();
    }
}
