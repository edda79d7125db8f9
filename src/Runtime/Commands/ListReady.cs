using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>What start-implementation would accept now (HOST §6.3, DESIGN I9). Writes nothing, spawns nothing.</summary>
internal static class ListReady
{
    public static Result<Payload> Run(ListReadyRequest request, CallContext context)
    {
        if (!MissionReading.Open(request.Mission, context).Try(out var reading, out var failure))
        {
            return failure;
        }

        var ready = new Items<ReadyWorkPackage>();
        foreach (var task in reading.Tasks.Files)
        {
            if (reading.CanStart(task))
            {
                ready.Add(new ReadyWorkPackage { WpId = task.WpId, Lane = Lane.Planned, DependenciesSatisfied = true });
            }
        }

        return new ListReadyPayload { Identity = reading.Mission.Identity, ReadyWorkPackages = ready.ToArray(), Warnings = reading.Warnings() };
    }
}
