using System.Collections.Generic;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Merge;
using SpecKitty.Missions;
using SpecKitty.Status;

namespace SpecKitty.Commands;

/// <summary>The work packages that a merge lands: what the gates say to them, and the rows that say they are done (HOST §6.9a, e).</summary>
internal sealed class MergeWork
{
    private readonly Mission _mission;
    private readonly TaskSet _tasks;
    private readonly LaneManifest _manifest;
    private readonly MergeGates _gates;
    private readonly string _target;

    public MergeWork(Mission mission, TaskSet tasks, LaneManifest manifest, MergeGates gates, string target)
    {
        _mission = mission;
        _tasks = tasks;
        _manifest = manifest;
        _gates = gates;
        _target = target;
    }

    /// <summary>Asks the gates: objections are problems, or warnings where they are set to warn. A failure where a task file that they go by could not be read.</summary>
    public Failure? Gate(StatusLanes lanes, List<string> problems, List<string> warnings)
    {
        if (!_gates.Enabled || _gates.Mode == MergeGateMode.Off)
        {
            return null;
        }

        var into = _gates.Mode == MergeGateMode.Warn ? warnings : problems;
        var facts = new Items<GateFact>();
        foreach (var lane in _manifest.Lanes)
        {
            foreach (string wp in lane.WpIds)
            {
                var dependencies = new List<KeyValuePair<string, Lane>>();
                if (_tasks.TryGet(wp, out var task))
                {
                    foreach (string dependency in task.Dependencies)
                    {
                        dependencies.Add(new(dependency, lanes.Of(dependency)));
                    }

                    if (task.Problem is { } problem && _gates.RequireDepsComplete)
                    {
                        if (task.Unread is { } unread)
                        {
                            return unread;
                        }

                        into.Add(problem);
                    }
                }

                facts.Add(new GateFact(wp, lanes.Of(wp), dependencies.ToArray()));
            }
        }

        into.AddRange(ApprovalGate.Objections(facts, _gates.RequireReviewApproval, _gates.RequireDepsComplete));
        return null;
    }

    /// <summary>The moves to done, in the manifest's order; and, by front matter that says so, to approved before.</summary>
    public Result<List<LaneMove>> DoneMoves(StatusLanes lanes, List<string> warnings)
    {
        var moves = new List<LaneMove>();
        foreach (var lane in _manifest.Lanes)
        {
            foreach (string wp in lane.WpIds)
            {
                var current = lanes.Of(wp);
                if (current == Lane.Done)
                {
                    continue;
                }

                var approval = new TaskApproval(null, null);
                if (_tasks.TryGet(wp, out var task) && !TaskApproval.Read(_mission, task).Try(out approval, out var unread))
                {
                    return unread;
                }

                bool canBeApproved = current is Lane.InProgress or Lane.InReview && approval.ReviewedBy is not null;
                if (current != Lane.Approved && !canBeApproved)
                {
                    warnings.Add(Messages.MergeWpStays(wp, Lanes.Name(current)));
                    continue;
                }

                if (canBeApproved)
                {
                    moves.Add(Move(wp, current, Lane.Approved, approval));
                }

                moves.Add(Move(wp, Lane.Approved, Lane.Done, approval));
            }
        }

        return moves;
    }

    private LaneMove Move(string wp, Lane from, Lane to, TaskApproval approval)
    {
        bool isFrontMatter = approval.ReviewedBy is not null;
        return new LaneMove
        {
            WpId = wp,
            From = from,
            To = to,
            Actor = EventConstants.MergeActor,
            Reason = Messages.MergeReason(wp, _target),
            Evidence = new Evidence
            {
                Review = new ReviewEvidence
                {
                    Reference = (isFrontMatter ? EventConstants.FrontMatterReference : EventConstants.LaneReference) + wp,
                    Reviewer = Json(approval.ReviewedBy ?? approval.Agent ?? EventConstants.UnknownReviewer),
                    Verdict = Json(ReviewResultFields.VerdictApproved),
                },
            },
            PolicyMetadata = new MergeMetadata { MergePhase = EventConstants.MergePhase, TargetBranch = _target },
        };
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(JsonObjectEdit.Text(text));
        return document.RootElement.Clone();
    }
}
