using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Model;

/// <summary>An error code.</summary>
internal sealed record ErrorModel(string Id, string Documentation)
{
    /// <summary>The level that documents it first.</summary>
    public Reference Since { get; init; }

    /// <summary>What error_code says where the level does not document it.</summary>
    public Reference? FallsBackTo { get; init; }

    /// <summary>Whether it never is an error_code, only a reason_code.</summary>
    public bool ReasonOnly { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public bool Retryable { get; init; }

    /// <summary>What the call left behind: one of <see cref="Effects"/>.</summary>
    public string Effect { get; init; } = Effects[0];

    /// <summary>The payload it adds to the data.</summary>
    public Reference? Data { get; init; }

    /// <summary>What the caller can do.</summary>
    public string Remedy { get; init; } = "";

    /// <summary>What a failed call can leave behind; the first is the usual one.</summary>
    public static EquatableArray<string> Effects { get; } = ["none", "committed", "indeterminate"];
}
