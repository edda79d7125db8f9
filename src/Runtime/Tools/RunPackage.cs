using System.Collections.Generic;
using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>How one work package went.</summary>
internal sealed class RunPackage
{
    public required string WpId { get; init; }

    /// <summary>Its title; empty where its task file has none.</summary>
    public string Title { get; init; } = "";

    public string[] Dependencies { get; init; } = [];

    public Lane Lane { get; set; } = Lane.Planned;

    /// <summary>Its times in lanes, one after the other.</summary>
    public Items<RunStay> Stays { get; } = [];

    /// <summary>When it was claimed first.</summary>
    public long? StartedAt { get; set; }

    /// <summary>When it came to approved, or to done without that, for the last time; null while it is in neither.</summary>
    public long? FinishedAt { get; set; }

    public long ReadySeconds { get; set; }

    public long WorkSeconds { get; set; }

    public long QueueSeconds { get; set; }

    public long ReviewSeconds { get; set; }

    public long BlockedSeconds { get; set; }

    public int Rework { get; set; }

    public int Forced { get; set; }

    public List<string> Implementers { get; } = [];

    public List<string> Reviewers { get; } = [];

    public long? CycleSeconds => FinishedAt is { } end && StartedAt is { } start ? (end - start) / Platform.Clock.MicrosecondsPerSecond : null;

    /// <summary>Whether what depends on it may begin.</summary>
    public bool Satisfies => Lane is Lane.Approved or Lane.Done;
}
