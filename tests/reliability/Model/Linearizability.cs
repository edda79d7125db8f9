using System;
using System.Collections.Generic;
using System.Linq;

namespace SpecKitty.Reliability.Model;

/// <summary>
/// Decides whether a recorded history is linearizable against <see cref="MissionModel"/>, with the log as the witness: its order is the
/// order of the calls that changed something, so only the places of the others have to be found. Calls that changed nothing are taken
/// by their start and put into the earliest gap between two changes that fits the answer, lies not before a change that had ended
/// when the call began, nor before the gap of a call that had ended, nor after a change that began when it had ended. If any
/// assignment exists the earliest-gap one does, so this is a decision, not a heuristic, in time linear in windows.
/// </summary>
internal sealed class Linearizability
{
    private readonly MissionModel _model;
    private readonly IReadOnlyList<Operation> _history;
    private readonly IReadOnlyList<LogRow> _rows;

    private Linearizability(MissionModel model, IReadOnlyList<Operation> history, IReadOnlyList<LogRow> rows) =>
        (_model, _history, _rows) = (model, history, rows);

    /// <summary>Null if the history is linearizable, else the reason why not.</summary>
    /// <param name="model">The sequential specification.</param>
    /// <param name="history">Every call, in any order.</param>
    /// <param name="rows">The rows of the log behind the scene's own, in file order.</param>
    public static string? Check(MissionModel model, IReadOnlyList<Operation> history, IReadOnlyList<LogRow> rows) =>
        new Linearizability(model, history, rows).Check();

    private string? Check()
    {
        if (Group(out var changes) is { } unsigned)
        {
            return unsigned;
        }

        var changed = changes.Select(c => c.Call.Tag).ToHashSet(StringComparer.Ordinal);
        if (_history.FirstOrDefault(o => o.Outcome is { Answered: true, Success: true, NoOp: false } && IsWrite(o) && !changed.Contains(o.Tag)) is { } lost)
        {
            return $"acknowledged and not in the log: {lost}";
        }

        // State i is the one after i changes.
        var states = new List<WpState[]> { _model.Initial() };
        long latestStart = long.MinValue;
        foreach (var (call, moves) in changes)
        {
            var (outcome, expected) = _model.Answer(call, states[^1]);
            if (!expected.SequenceEqual(moves))
            {
                return $"the log has {string.Join(' ', moves)} where the machine gives {string.Join(' ', expected)} {outcome.Reason}: {call}";
            }

            if (call.Outcome.Answered && !call.Outcome.IsNeutral && !MissionModel.Same(outcome, call.Outcome))
            {
                return $"answered {call.Outcome}, the machine says {outcome}: {call}";
            }

            if (End(call) < latestStart)
            {
                return $"in the log behind a call that began after it had ended: {call}";
            }

            latestStart = Math.Max(latestStart, call.Started);
            states.Add(_model.After(states[^1], call, moves));
        }

        return PlaceOthers(changes, changed, states);
    }

    private static bool IsWrite(Operation call) => call.Kind is OperationKind.Start or OperationKind.Review or OperationKind.Transition;

    private static long End(Operation call) => call.Outcome.Answered ? call.Ended : long.MaxValue;

    /// <summary>Rows by the call that signed them, in the log's order.</summary>
    private string? Group(out List<(Operation Call, (string From, string To)[] Moves)> changes)
    {
        changes = [];
        var calls = _history.ToDictionary(o => o.Tag, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < _rows.Count;)
        {
            string? tag = _rows[i].Tag;
            if (tag is null || !calls.TryGetValue(tag, out var call))
            {
                return $"a row that no call signed: {_rows[i]}";
            }

            int end = i;
            while (end < _rows.Count && _rows[end].Tag == tag)
            {
                if (_rows[end].Wp != call.Wp || _rows[end].Actor != call.Actor)
                {
                    return $"a row of another work package or actor: {_rows[end]}";
                }

                end++;
            }

            if (!seen.Add(tag))
            {
                return $"the rows of one call are torn apart: {_rows[i]}";
            }

            if (call.Outcome is { Answered: true, IsNeutral: false } outcome && (!outcome.Success || outcome.NoOp))
            {
                return $"a row of a call that was refused or had nothing to do: {_rows[i]} {outcome}";
            }

            changes.Add((call, [.. _rows.Skip(i).Take(end - i).Select(r => (r.From, r.To))]));
            i = end;
        }

        return null;
    }

    private string? PlaceOthers(List<(Operation Call, (string From, string To)[] Moves)> changes, HashSet<string> changed, List<WpState[]> states)
    {
        // ended[k] = the first k changes had all... see Window: prefix maxima and suffix minima make both bounds a binary search.
        var others = _history.Where(o => !changed.Contains(o.Tag) && o.Outcome is { Answered: true, IsNeutral: false }).OrderBy(o => o.Started).ToList();
        var placed = new SortedList<long, int>();
        foreach (var call in others)
        {
            int low = 0, high = changes.Count;
            for (int k = changes.Count - 1; k >= 0; k--)
            {
                if (End(changes[k].Call) < call.Started)
                {
                    low = k + 1;
                    break;
                }
            }

            for (int k = 0; k < changes.Count; k++)
            {
                if (changes[k].Call.Started > call.Ended)
                {
                    high = k;
                    break;
                }
            }

            low = Math.Max(low, Latest(placed, call.Started));
            int gap = low;
            while (gap <= high && !MissionModel.Same(_model.Answer(call, states[gap]).Outcome, call.Outcome))
            {
                gap++;
            }

            if (gap > high)
            {
                string expected = low <= high ? _model.Answer(call, states[low]).Outcome.ToString() : "no place at all";
                return $"no place for {call} with [{string.Join(' ', call.Outcome.List)}] between changes {low} and {high}; at {low} the machine says {expected}";
            }

            placed[call.Ended] = Math.Max(gap, placed.TryGetValue(call.Ended, out int same) ? same : 0);
        }

        return null;
    }

    /// <summary>The largest gap given to a call that had ended before an instant.</summary>
    private static int Latest(SortedList<long, int> placed, long before)
    {
        int latest = 0;
        for (int i = 0; i < placed.Count && placed.Keys[i] < before; i++)
        {
            latest = Math.Max(latest, placed.Values[i]);
        }

        return latest;
    }
}
