namespace SpecKitty.Status;

/// <summary>What a row of the event log is.</summary>
internal enum RowKind : byte
{
    /// <summary>A lane move.</summary>
    Lane,

    /// <summary>A row whose event_name starts with "retrospective.".</summary>
    Retrospective,

    /// <summary>A row of kind "annotation".</summary>
    Annotation,

    /// <summary>Any other row that is not for us.</summary>
    Foreign,

    /// <summary>Not a row: <see cref="LogRow.Fault"/> says why.</summary>
    Bad,
}
