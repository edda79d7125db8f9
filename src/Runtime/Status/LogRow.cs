using System;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// One row of the log, taken apart. Spans point into the reader's buffer, or into scratch where escapes had to be resolved: they are
/// good until the next row. Text is UTF-8 with its escapes resolved; <see cref="Actor"/> and <see cref="Extra"/> are raw JSON.
/// </summary>
internal ref struct LogRow
{
    public RowKind Kind;

    /// <summary>For <see cref="RowKind.Bad"/>.</summary>
    public RowFault Fault;

    /// <summary>For faults of one key: which, in UTF-8.</summary>
    public ReadOnlySpan<byte> FaultKey;

    /// <summary>For NotJson: the first byte that does not fit, from 1.</summary>
    public int FaultColumn;

    public ReadOnlySpan<byte> At;
    public ReadOnlySpan<byte> EventId;
    public ReadOnlySpan<byte> WpId;

    /// <summary>mission_slug, else its old name, else empty.</summary>
    public ReadOnlySpan<byte> MissionSlug;

    /// <summary>Any JSON value: a string, or an object of a newer host.</summary>
    public ReadOnlySpan<byte> Actor;

    /// <summary>The payload of a retrospective row, the delta of an annotation; empty when there is none.</summary>
    public ReadOnlySpan<byte> Extra;

    /// <summary>The event_name of a retrospective row.</summary>
    public ReadOnlySpan<byte> Name;

    public Lane From;
    public Lane To;

    /// <summary>By Python's truth: any value that is not false, null, zero or empty.</summary>
    public bool Force;

    /// <summary>A reviewer sent it back: it beats a forward move of the same instant (HOST §5.4).</summary>
    public bool IsRollback;
}
