using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>events.json: the event log.</summary>
internal sealed record EventsModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>The log's file name.</summary>
    public string File { get; init; } = "";

    /// <summary>The snapshot's file name.</summary>
    public string SnapshotFile { get; init; } = "";

    /// <summary>The rows that this host writes.</summary>
    public EquatableArray<RowModel> Rows { get; init; }

    /// <summary>The rows that are passed over.</summary>
    public EquatableArray<ForeignRowModel> Foreign { get; init; }

    /// <summary>Values that the host puts in by itself.</summary>
    public EquatableArray<ConstantModel> Constants { get; init; }

    /// <summary>Actors that stand for nobody in particular.</summary>
    public EquatableArray<string> GenericActors { get; init; }
}
