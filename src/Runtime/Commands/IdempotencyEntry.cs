using System.Collections.Generic;
using System.Text.Json;

namespace SpecKitty.Commands;

/// <summary>A line of an idempotency key's file, read.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Call">The call, as the line of JSON that a repetition makes too.</param>
/// <param name="EventIds">The rows that the call was about to append; null for none.</param>
/// <param name="HistoryEntryId">The entry that it was about to write; null for none.</param>
/// <param name="Data">Its answer.</param>
internal sealed record IdempotencyEntry(string At, byte[] Call, string[]? EventIds, string? HistoryEntryId, JsonElement Data);
