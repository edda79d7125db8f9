using System.Linq;
using System.Text.Json.Nodes;

namespace SpecKitty.Reliability.Scenes;

/// <summary>argv of the commands, below the group's name.</summary>
internal static class Calls
{
    public const string Evidence = """{"review": {"reviewer": "rev", "verdict": "approved", "reference": "review/1"}}""";

    /// <summary>A valid policy whose orchestrator_id signs the rows that the call writes.</summary>
    public static string Policy(string tag) => new JsonObject
    {
        ["orchestrator_id"] = tag,
        ["orchestrator_version"] = "1.0.0",
        ["agent_family"] = "codex",
        ["approval_mode"] = "never",
        ["sandbox_mode"] = "workspace_write",
        ["network_mode"] = "none",
        ["dangerous_flags"] = new JsonArray(),
    }.ToJsonString();

    public static string[] Start(string wp, string actor, string tag) =>
        ["start-implementation", "--mission", Scene.Mission, "--wp", wp, "--actor", actor, "--policy", Policy(tag)];

    public static string[] Review(string wp, string actor, string tag) =>
        ["start-review", "--mission", Scene.Mission, "--wp", wp, "--actor", actor, "--policy", Policy(tag)];

    public static string[] Move(string wp, string to, string actor, string tag, params string[] more) =>
        ["transition", "--mission", Scene.Mission, "--wp", wp, "--to", to, "--actor", actor, "--policy", Policy(tag), .. more];

    public static string[] ForReview(string wp, string actor, string tag) =>
        Move(wp, "for_review", actor, tag, "--subtasks-complete", "--implementation-evidence-present");

    /// <summary>A move that is allowed from everywhere.</summary>
    public static string[] Force(string wp, string to, string actor, string tag) => Move(wp, to, actor, tag, "--force", "--note", tag);

    public static string[] History(string wp, string actor, string note) =>
        ["append-history", "--mission", Scene.Mission, "--wp", wp, "--actor", actor, "--note", note];

    public static string[] ClaimNext(string actor, string tag) => ["claim-next", "--mission", Scene.Mission, "--actor", actor, "--policy", Policy(tag)];

    /// <summary>The same call, with a name by which it can be asked for again.</summary>
    public static string[] WithKey(string[] call) => [.. call, "--idempotency-key", "the-key"];

    public const string BatchCommand = "batch";

    /// <summary>One call as a line of a batch.</summary>
    public static string BatchLine(string[] call) => new JsonArray([.. call.Select(static argument => JsonValue.Create(argument))]).ToJsonString() + "\n";

    public static string[] State() => ["mission-state", "--mission", Scene.Mission];

    public static string[] Ready() => ["list-ready", "--mission", Scene.Mission];

    public static string[] Accept(string actor) => ["accept-mission", "--mission", Scene.Mission, "--actor", actor];

    public static string[] Merge(params string[] more) => ["merge-mission", "--mission", Scene.Mission, .. more];
}
