using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Reliability.Model;

namespace SpecKitty.Reliability.Parts;

/// <summary>Rows that the executable wrote stand in the order in which readers apply them, and no id comes twice.</summary>
internal static class OutOfOrder
{
    /// <summary>Null, or the first row out of order.</summary>
    public static string? Find(LogFile log)
    {
        LogRow? before = null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var row in log.Rows)
        {
            if (!ids.Add(row.EventId))
            {
                return "twice the same id: " + row;
            }

            if (before is not null && (string.CompareOrdinal(before.At, row.At) is var order and >= 0) && (order > 0 || string.CompareOrdinal(before.EventId, row.EventId) >= 0))
            {
                return $"out of order: {before.At} {before.EventId} before {row.At} {row.EventId}";
            }

            before = row;
        }

        return null;
    }
}
