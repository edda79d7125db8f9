using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Every schema together. All references in it lead somewhere: what did not has been reported and mended.</summary>
internal sealed record Contract
{
    public required ContractModel Root { get; init; }

    public required FlagsModel Flags { get; init; }

    public required ErrorsModel Errors { get; init; }

    public required LanesModel Lanes { get; init; }

    public required PolicyModel Policy { get; init; }

    public required EventsModel Events { get; init; }

    public required MessagesModel Messages { get; init; }

    /// <summary>In the order of help.</summary>
    public required EquatableArray<CommandModel> Commands { get; init; }

    /// <summary>By id.</summary>
    public required EquatableArray<PayloadModel> Payloads { get; init; }

    /// <summary>By id.</summary>
    public required EquatableArray<ToolModel> Tools { get; init; }

    /// <summary>In the order of the codes.</summary>
    public required EquatableArray<PageModel> Pages { get; init; }

    /// <summary>The files of the commands, payloads and tools that are part of it; not those that only repeat an id.</summary>
    public required EquatableArray<string> Files { get; init; }
}
