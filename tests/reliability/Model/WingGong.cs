using System.Collections.Generic;
using System.Linq;

namespace SpecKitty.Reliability.Model;

/// <summary>
/// The plain search of Wing and Gong with remembered dead ends: tries every order that respects real time. Exponential, so for small
/// histories only; it knows nothing of a log and checks the checker.
/// </summary>
internal static class WingGong
{
    public static bool IsLinearizable(MissionModel model, IReadOnlyList<Operation> history)
    {
        var dead = new HashSet<string>();
        return Search(model, history, 0, model.Initial(), dead);
    }

    private static bool Search(MissionModel model, IReadOnlyList<Operation> history, ulong done, WpState[] state, HashSet<string> dead)
    {
        if (Enumerable.Range(0, history.Count).All(i => (done >> i & 1) != 0 || !history[i].Outcome.Answered || history[i].Outcome.IsNeutral))
        {
            return true;
        }

        string key = done + string.Join(';', state);
        if (dead.Contains(key))
        {
            return false;
        }

        // A call may come next only if none that is still to come had ended before it began.
        long firstEnd = Enumerable.Range(0, history.Count).Where(i => (done >> i & 1) == 0 && history[i].Outcome.Answered).Min(i => history[i].Ended);
        for (int i = 0; i < history.Count; i++)
        {
            if ((done >> i & 1) != 0 || history[i].Started > firstEnd || history[i].Outcome.IsNeutral)
            {
                continue;
            }

            var (outcome, moves) = model.Answer(history[i], state);
            if ((!history[i].Outcome.Answered || MissionModel.Same(outcome, history[i].Outcome))
                && Search(model, history, done | 1UL << i, model.After(state, history[i], moves), dead))
            {
                return true;
            }
        }

        dead.Add(key);
        return false;
    }
}
