using System;
using System.Collections.Generic;
using System.Linq;

namespace SpecKitty.Reliability.Model;

/// <summary>
/// The sequential specification: what each command answers in a state, and which moves it records. Written from HOST §6 and DESIGN §7,
/// over the observed lane machine. States are arrays in the order of <see cref="Wps"/> and never change.
/// </summary>
internal sealed class MissionModel
{
    private static readonly HashSet<string> Satisfied = new(StringComparer.Ordinal) { "approved", "done" };
    private static readonly HashSet<string> NoOwner = new(StringComparer.Ordinal) { "", "unknown", "implement-command" };

    private readonly Dictionary<string, int> _places;
    private readonly Dictionary<string, string[]> _dependencies;

    public MissionModel(IReadOnlyList<string> wps, Dictionary<string, string[]>? dependencies = null)
    {
        Wps = wps;
        _places = Enumerable.Range(0, wps.Count).ToDictionary(i => wps[i], StringComparer.Ordinal);
        _dependencies = dependencies ?? [];
    }

    /// <summary>In the order of their task files.</summary>
    public IReadOnlyList<string> Wps { get; }

    /// <summary>Every work package planned by the planner, as scenes begin.</summary>
    public WpState[] Initial() => [.. Wps.Select(_ => new WpState("planned", "planner"))];

    /// <summary>What a command answers in a state, and the moves (from, to) that it records for its work package.</summary>
    public (Outcome Outcome, (string From, string To)[] Moves) Answer(Operation call, WpState[] state) => call.Kind switch
    {
        OperationKind.Start => Start(call, state),
        OperationKind.Review => Review(call, state),
        OperationKind.Transition => Transition(call, state),
        OperationKind.State => (new Outcome { Success = true, List = [.. Wps.Select((wp, i) => $"{wp}={state[i].Lane}/{state[i].Actor}")] }, []),
        OperationKind.Ready => (new Outcome { Success = true, List = [.. Wps.Where(wp => At(state, wp).Lane is "planned" or "genesis" && Unsatisfied(state, wp).Length == 0)] }, []),
        _ => throw new ArgumentOutOfRangeException(nameof(call)),
    };

    /// <summary>The state after moves.</summary>
    public WpState[] After(WpState[] state, Operation call, (string From, string To)[] moves)
    {
        if (moves.Length == 0)
        {
            return state;
        }

        var next = (WpState[])state.Clone();
        next[_places[call.Wp]] = new WpState(moves[^1].To, call.Actor);
        return next;
    }

    public static bool Same(Outcome a, Outcome b) =>
        a.Success == b.Success && a.NoOp == b.NoOp && a.From == b.From && a.To == b.To && a.Reason == b.Reason && a.ClaimedBy == b.ClaimedBy && a.List.SequenceEqual(b.List);

    private static (Outcome Outcome, (string From, string To)[] Moves) Moved(params (string From, string To)[] moves) =>
        (new Outcome { Success = true, From = moves[0].From, To = moves[^1].To }, moves);

    private static (Outcome Outcome, (string From, string To)[] Moves) Refused(string reason, string? claimedBy = null, string[]? list = null) =>
        (new Outcome { Reason = reason, ClaimedBy = claimedBy, List = list ?? [] }, []);

    private static (Outcome Outcome, (string From, string To)[] Moves) Held(string lane) =>
        (new Outcome { Success = true, NoOp = true, From = lane, To = lane }, []);

    private (Outcome Outcome, (string From, string To)[] Moves) Start(Operation call, WpState[] state)
    {
        var (lane, holder) = At(state, call.Wp);
        if (lane is "planned" or "claimed" && Unsatisfied(state, call.Wp) is { Length: > 0 } missing)
        {
            return Refused("DEPENDENCIES_NOT_SATISFIED", list: missing);
        }

        string owner = (holder ?? "").Trim();
        bool isOthers = owner != call.Actor.Trim() && !NoOwner.Contains(owner);
        return lane switch
        {
            "planned" => Moved(("planned", "claimed"), ("claimed", "in_progress")),
            "claimed" or "in_progress" when isOthers => Refused("WP_ALREADY_CLAIMED", holder),
            "claimed" => Moved(("claimed", "in_progress")),
            "in_progress" => Held(lane),
            _ => Refused("TRANSITION_REJECTED"),
        };
    }

    private (Outcome Outcome, (string From, string To)[] Moves) Review(Operation call, WpState[] state)
    {
        var (lane, holder) = At(state, call.Wp);
        string owner = (holder ?? "").Trim();
        return lane switch
        {
            "for_review" => Moved(("for_review", "in_review")),
            "in_review" when owner.Length > 0 && owner != call.Actor.Trim() => Refused("WP_ALREADY_CLAIMED", holder),
            "in_review" => Held(lane),
            _ => Refused("TRANSITION_REJECTED"),
        };
    }

    private (Outcome Outcome, (string From, string To)[] Moves) Transition(Operation call, WpState[] state)
    {
        string lane = At(state, call.Wp).Lane;
        return LaneMachine.Instance.Allows(lane, call.To, call.Facts!) ? Moved((lane, call.To)) : Refused("TRANSITION_REJECTED");
    }

    private WpState At(WpState[] state, string wp) => state[_places[wp]];

    private string[] Unsatisfied(WpState[] state, string wp) =>
        [.. _dependencies.GetValueOrDefault(wp, []).Where(d => !Satisfied.Contains(At(state, d).Lane))];
}
