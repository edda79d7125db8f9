using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>
/// What all linkers share: the names there are, and the problems found. A reference that leads nowhere is mended with the name that was
/// probably meant, so that a misspelling costs one error and not also the members that go missing with it.
/// </summary>
internal sealed class LinkContext
{
    private readonly List<LinkProblem> _problems = [];

    /// <summary>The contract levels.</summary>
    public required Names Levels { get; init; }

    public required Names Flags { get; init; }

    public required Names Errors { get; init; }

    public required Names Lanes { get; init; }

    /// <summary>The payloads' ids.</summary>
    public required Names PayloadIds { get; init; }

    /// <summary>The payloads, by id.</summary>
    public required IReadOnlyDictionary<string, PayloadModel> Payloads { get; init; }

    /// <summary>What has been found.</summary>
    public EquatableArray<LinkProblem> Problems => _problems.ToEquatableArray();

    /// <summary>Reports something about a place in the file <paramref name="path"/>.</summary>
    public void Report(DiagnosticDescriptor descriptor, string path, int site, params string[] arguments) =>
        _problems.Add(new LinkProblem(descriptor, path, site, new(arguments)));

    /// <summary><paramref name="reference"/>, mended if need be; null, and a problem, when it leads nowhere.</summary>
    public Reference? Resolve(Names names, Reference reference, string path)
    {
        if (names.Contains(reference.Id))
        {
            return reference;
        }

        // A reference without an id has been reported where it was read; names of a file with errors may be among what could not be read.
        if (reference.Id.Length > 0 && names.AreComplete)
        {
            Report(names.Unknown, path, reference.Site, reference.Id, names.List);
        }

        return names.Nearest(reference.Id) is { } near ? reference with { Id = near } : null;
    }

    /// <summary><paramref name="references"/>, those left out that lead nowhere.</summary>
    public EquatableArray<Reference> ResolveAll(Names names, IEnumerable<Reference> references, string path) =>
        references.Select(reference => Resolve(names, reference, path)).OfType<Reference>().ToEquatableArray();

    /// <summary>The level, or the oldest when it leads nowhere.</summary>
    public Reference Level(Reference reference, string path) => Resolve(Levels, reference, path) ?? new Reference(Levels.First, 0);

    /// <summary>The level, or null when there is none.</summary>
    public Reference? Level(Reference? reference, string path) => reference is { } level ? Level(level, path) : null;

    /// <summary>A payload of one of <paramref name="kinds"/>; null, and a problem, when there is none.</summary>
    public Reference? Payload(Reference reference, string path, params string[] kinds)
    {
        if (Payloads.TryGetValue(reference.Id, out var payload) && kinds.Contains(payload.Kind))
        {
            return reference;
        }

        if (reference.Id.Length > 0 && PayloadIds.AreComplete)
        {
            Report(Descriptors.UnknownPayload, path, reference.Site, reference.Id, string.Join(" or ", kinds));
        }

        var near = PayloadIds with { Ids = [.. PayloadIds.Ids.Where(id => kinds.Contains(Payloads[id].Kind))] };
        return near.Nearest(reference.Id) is { } meant ? reference with { Id = meant } : null;
    }
}
