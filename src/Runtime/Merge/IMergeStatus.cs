using System;
using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Merge;

/// <summary>The mission's event log, for a merge: branches may carry rows of it, and the rows that say "done" land with the code.</summary>
internal interface IMergeStatus
{
    /// <summary>
    /// Absolute path of the checkout whose log and snapshot <see cref="Append"/> writes, so that git must leave them alone there; null where rows live in commits
    /// only.
    /// </summary>
    public string? Checkout { get; }

    /// <summary>The log's path in the repository.</summary>
    public string LogPath { get; }

    /// <summary>status.json's path in the repository.</summary>
    public string SnapshotPath { get; }

    /// <summary>Takes the rows of another copy of the log that the mission's own lacks. Null, or why they do not go together.</summary>
    public string? Take(ReadOnlyMemory<byte> log, string name);

    /// <summary>The union of two copies.</summary>
    public string? Unite(ReadOnlyMemory<byte> ours, ReadOnlyMemory<byte> theirs, out ReadOnlyMemory<byte> union);

    /// <summary>Decides on the done rows, by all rows taken so far; <see cref="Log"/> and <see cref="Snapshot"/> are theirs from here on.</summary>
    /// <param name="problems">Gets what the gates object to.</param>
    public Failure? Prepare(List<string> problems);

    /// <summary>The whole log as it lands.</summary>
    public ReadOnlyMemory<byte> Log { get; }

    public ReadOnlyMemory<byte> Snapshot { get; }

    /// <summary>Whether there are rows to write.</summary>
    public bool HasRows { get; }

    /// <summary>Makes the rows durable in <see cref="Checkout"/>; sentences about what did not go as it should.</summary>
    public Result<string[]> Append();
}
