using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>tools/*.json: what the executable does for people, outside the contract's group.</summary>
internal sealed record ToolModel(Reference Id, string Documentation) : SchemaModel(Id, Documentation)
{
    /// <summary>The version of the executable that it came with.</summary>
    public string Since { get; init; } = "";

    /// <summary>What is typed to call it, word by word.</summary>
    public EquatableArray<string> Words { get; init; }

    /// <summary>Whether it is for other programs and no list shows it.</summary>
    public bool IsHidden { get; init; }

    /// <summary>What is typed without a flag, in order.</summary>
    public EquatableArray<ToolParameterModel> Arguments { get; init; }

    /// <summary>Its flags in the order of help.</summary>
    public EquatableArray<ToolParameterModel> Flags { get; init; }

    /// <summary>What it ends with.</summary>
    public EquatableArray<ExitStatusModel> ExitStatuses { get; init; }

    /// <summary>What it can find wrong.</summary>
    public EquatableArray<FindingModel> Findings { get; init; }

    /// <summary>Calls to show.</summary>
    public EquatableArray<ExampleModel> Examples { get; init; }

    /// <summary>Its name in C#.</summary>
    public string Name => Identifiers.Pascal(Id.Id);

    /// <summary>Its enum value.</summary>
    public string Value => "global::SpecKitty.Contract.ToolId." + Name;

    /// <summary>The words as they are typed.</summary>
    public string Title => string.Join(" ", Words);
}
