using System;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

/// <summary>Logs for tests.</summary>
internal static class Rows
{
    public const string Time = "2026-04-08T13:00:00.000001+00:00";

    /// <summary>A lane row in the reference's form, with the given values put in as they are.</summary>
    public static string Lane(
        string wp, string from, string to, string at = Time, string id = "01JQ9000000000000000000001", string actor = "\"a\"", string force = "false", string reviewRef = "null",
        string slug = "077-m") =>
        $$"""{"actor": {{actor}}, "at": "{{at}}", "event_id": "{{id}}", "evidence": null, "execution_mode": "worktree", "force": {{force}}, "from_lane": "{{from}}", "mission_slug": "{{slug}}", "policy_metadata": null, "reason": null, "review_ref": {{reviewRef}}, "to_lane": "{{to}}", "wp_id": "{{wp}}"}""";

    /// <summary>A ULID whose order is that of <paramref name="number"/>.</summary>
    public static string Id(int number) => "01JQ9" + number.ToString("D21", System.Globalization.CultureInfo.InvariantCulture);

    public static byte[] Log(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(Array.ConvertAll(lines, l => l + "\n")));

    public static Result<MissionStatus> Parse(byte[] log) => StatusLog.Parse(log, "log", "/p/log");

    public static MissionStatus Good(byte[] log) =>
        Parse(log).Try(out var status, out var failure) ? status : throw new InvalidOperationException(failure.Message);

    public static MissionStatus Good(params string[] lines) => Good(Log(lines));

    public static Failure Bad(byte[] log) =>
        Parse(log).Try(out _, out var failure) ? throw new InvalidOperationException("the log was read") : failure;

    public static EventLogCorruptData Where(Failure failure) => (EventLogCorruptData)failure.Data!;

    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Status", "Data", name);

    /// <summary>Everything a state says, as text, to compare two.</summary>
    public static string Describe(MissionStatus status)
    {
        var text = new StringBuilder();
        text.Append(status.EventCount).Append('|').Append(status.LastEventId).Append('|').Append(status.MaterializedAt).Append('|').Append(status.MissionSlug).Append('\n');
        foreach (var wp in status.WorkPackages)
        {
            text.Append(wp.Id).Append('|').Append(Lanes.Name(wp.Lane)).Append('|').Append(wp.Actor).Append('|').Append(wp.ForceCount).Append('|')
                .Append(wp.LastEventId).Append('|').Append(wp.LastTransitionAt).Append('\n');
        }

        return text.ToString();
    }
}
