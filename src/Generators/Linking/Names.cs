using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Linking;

/// <summary>The ids of one kind of thing.</summary>
/// <param name="Unknown">What to report of an id that is not among them.</param>
/// <param name="Ids">The ids in the schema's order.</param>
/// <param name="AreComplete">Whether the file that has them could be read in full.</param>
internal sealed record Names(DiagnosticDescriptor Unknown, IReadOnlyList<string> Ids, bool AreComplete)
{
    /// <summary>The first id.</summary>
    public string First => Ids[0];

    /// <summary>All of them, for a message.</summary>
    public string List => string.Join(", ", Ids);

    /// <summary>Whether it is one of them.</summary>
    public bool Contains(string id) => Ids.Contains(id);

    /// <summary>The one that was probably meant; null when none is near.</summary>
    public string? Nearest(string id)
    {
        string? nearest = Ids.OrderBy(candidate => EditDistance.Between(id, candidate)).FirstOrDefault();
        return nearest is not null && EditDistance.Between(id, nearest) <= 1 + (id.Length / 5) ? nearest : null;
    }
}
