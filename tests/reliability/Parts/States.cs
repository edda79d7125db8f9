using System;
using System.Linq;
using System.Text.Json;
using SpecKitty.Reliability.Model;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>Compares what mission-state tells with what the driver's own reader makes of the log.</summary>
internal static class States
{
    /// <summary>Null, or the difference.</summary>
    public static string? Differ(Scene scene)
    {
        var log = scene.ReadLog();
        if (log.Problem is { } problem)
        {
            return "the log is broken: " + problem;
        }

        var answer = scene.Call(Calls.State()).Run();
        if (!answer.Succeeded)
        {
            return "mission-state failed: " + answer;
        }

        var own = log.Reduce();
        foreach (var wp in answer.Envelope.Data.GetProperty("work_packages").EnumerateArray())
        {
            var told = new WpState(wp.GetProperty("lane").GetString()!, Text(wp.GetProperty("last_actor")));
            var read = own.TryGetValue(wp.GetProperty("wp_id").GetString()!, out var state) ? state : new WpState("planned", null);
            if (told != read)
            {
                return $"mission-state says {told} of {wp.GetProperty("wp_id")}, the log {read}";
            }
        }

        return null;
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
