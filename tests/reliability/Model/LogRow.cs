namespace SpecKitty.Reliability.Model;

/// <summary>A lane transition as it stands in the log.</summary>
/// <param name="EventId">Unique in the log.</param>
/// <param name="Wp">Work package.</param>
/// <param name="From">Lane it left; readers ignore it.</param>
/// <param name="To">Lane it entered.</param>
/// <param name="At">Time as text, compared as text.</param>
/// <param name="Actor">Who did it; null when it is no string.</param>
/// <param name="Force">Whether guards were set aside.</param>
/// <param name="ReviewRef">Feedback reference.</param>
/// <param name="Tag">policy_metadata.orchestrator_id, in which the driver's calls sign what they write; null without a policy.</param>
/// <param name="Reason">The note.</param>
internal sealed record LogRow(string EventId, string Wp, string From, string To, string At, string? Actor, bool Force, string? ReviewRef, string? Tag, string? Reason);
