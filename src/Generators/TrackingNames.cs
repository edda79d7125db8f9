namespace SpecKitty.Generators;

/// <summary>The stages' names, for tests of what is cached. Each emitter's stage is named after its first hint name.</summary>
internal static class TrackingNames
{
    /// <summary>A file's text to its model and its notes.</summary>
    public const string Parse = nameof(Parse);

    /// <summary>A file's model, without positions.</summary>
    public const string Schema = nameof(Schema);

    /// <summary>All models to one contract and its problems.</summary>
    public const string Link = nameof(Link);

    /// <summary>The contract, without its problems.</summary>
    public const string Contract = nameof(Contract);

    /// <summary>What an emitter needs of the contract.</summary>
    public const string Slice = nameof(Slice);

    /// <summary>An emitter's text.</summary>
    public const string Emit = nameof(Emit);

    /// <summary>A file's positions and its own diagnostics.</summary>
    public const string Notes = nameof(Notes);

    /// <summary>All diagnostics.</summary>
    public const string Diagnostics = nameof(Diagnostics);
}
