using System;
using System.Collections.Generic;

namespace SpecKitty.Reliability.Model;

/// <summary>Draws calls, weighted so that work packages move on often enough and collide often enough.</summary>
internal sealed class RandomCalls
{
    private static readonly string[] Targets = ["planned", "claimed", "in_progress", "for_review", "in_review", "approved", "done", "blocked", "canceled"];

    private readonly Random _random;
    private readonly IReadOnlyList<string> _wps;
    private readonly string[] _actors;

    public RandomCalls(Random random, IReadOnlyList<string> wps, params string[] actors) => (_random, _wps, _actors) = (random, wps, actors);

    /// <summary>A call without times and outcome.</summary>
    public Operation Next(string tag)
    {
        string wp = _wps[_random.Next(_wps.Count)];
        string actor = _actors[_random.Next(_actors.Length)];
        var kind = _random.Next(20) switch
        {
            < 6 => OperationKind.Start,
            < 9 => OperationKind.Review,
            < 15 => OperationKind.Transition,
            < 18 => OperationKind.State,
            _ => OperationKind.Ready,
        };
        bool force = _random.Next(3) > 0;
        return new Operation
        {
            Kind = kind,
            Tag = tag,
            Wp = kind is OperationKind.State or OperationKind.Ready ? "" : wp,
            Actor = kind is OperationKind.State or OperationKind.Ready ? "" : actor,
            To = kind == OperationKind.Transition ? Targets[_random.Next(Targets.Length)] : "",
            Facts = kind != OperationKind.Transition ? null : new TransitionFacts
            {
                Actor = actor,
                Force = force,
                Note = force || _random.Next(2) == 0 ? tag : null,
                ReviewRef = _random.Next(2) == 0 ? "review/1" : null,
                Evidence = _random.Next(2) == 0,
            },
            Outcome = new Outcome { Answered = false },
        };
    }
}
