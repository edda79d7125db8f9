using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>Whether work may land: it is reviewed, and what it builds on is (HOST §6.9a).</summary>
internal static class ApprovalGate
{
    /// <summary>What speaks against it; empty for nothing.</summary>
    /// <param name="facts">The work packages of all lanes.</param>
    /// <param name="needsApproval">Every one of them must be approved or done.</param>
    /// <param name="needsDependencies">So must be everything they depend on.</param>
    public static List<string> Objections(Items<GateFact> facts, bool needsApproval, bool needsDependencies)
    {
        var unapproved = new List<string>();
        var incomplete = new List<string>();
        foreach (var fact in facts)
        {
            if (!Lanes.SatisfiesDependency(fact.Lane))
            {
                unapproved.Add(fact.WpId);
            }

            foreach (var (wp, lane) in fact.Dependencies)
            {
                string text = Messages.GateDependency(wp, Lanes.Name(lane));
                if (!Lanes.SatisfiesDependency(lane) && !incomplete.Has(text))
                {
                    incomplete.Add(text);
                }
            }
        }

        var objections = new List<string>();
        if (needsApproval && unapproved.Count > 0)
        {
            objections.Add(Messages.GateUnapproved(string.Join(", ", unapproved)));
        }

        if (needsDependencies && incomplete.Count > 0)
        {
            objections.Add(Messages.GateDependencies(string.Join(", ", incomplete)));
        }

        return objections;
    }
}
