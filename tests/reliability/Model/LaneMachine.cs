using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SpecKitty.Reliability.Model;

/// <summary>The lane machine as observed at the reference host (data/lane-machine.json), independent of the product's own tables.</summary>
internal sealed class LaneMachine
{
    private readonly Dictionary<(string From, string To), (bool Legal, bool ForceOk, string[] Guards)> _edges = [];

    private LaneMachine()
    {
    }

    public static LaneMachine Instance { get; } = Load();

    /// <summary>The nine display lanes in the summary's order.</summary>
    public required string[] SummaryOrder { get; init; }

    /// <summary>Whether a transition is accepted, given what the caller supplied.</summary>
    /// <param name="from">The lane the work package is in.</param>
    /// <param name="to">The lane asked for, canonical.</param>
    /// <param name="call">What the guards look at.</param>
    public bool Allows(string from, string to, TransitionFacts call)
    {
        var (legal, forceOk, guards) = _edges[(from, to)];
        if (call.Force)
        {
            return forceOk && !string.IsNullOrWhiteSpace(call.Actor) && !string.IsNullOrWhiteSpace(call.Note);
        }

        return legal && guards.All(guard => guard switch
        {
            "actor" => !string.IsNullOrWhiteSpace(call.Actor),
            "workspace_context" => true,
            "reason" => !string.IsNullOrWhiteSpace(call.Note),
            "subtasks_complete" => call.Subtasks,
            "implementation_evidence_present" => call.Implementation,
            // DESIGN §7: evidence with a review counts as the review result.
            "evidence" or "review_result" => call.Evidence,
            "review_ref" => !string.IsNullOrWhiteSpace(call.ReviewRef),
            _ => throw new InvalidDataException($"unknown guard {guard}"),
        });
    }

    private static LaneMachine Load()
    {
        using var stream = typeof(LaneMachine).Assembly.GetManifestResourceStream("lane-machine.json")!;
        var root = JsonDocument.Parse(stream).RootElement;
        var machine = new LaneMachine { SummaryOrder = Texts(root.GetProperty("summary_order")) };
        foreach (var edge in root.GetProperty("edges").EnumerateArray())
        {
            machine._edges[(edge.GetProperty("from").GetString()!, edge.GetProperty("to").GetString()!)] =
                (edge.GetProperty("legal").GetBoolean(), edge.GetProperty("force_ok").GetBoolean(), Texts(edge.GetProperty("guards")));
        }

        return machine;
    }

    private static string[] Texts(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetString()!)];
}
