using System;
using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators.Linking;

/// <summary>The schemas by kind; one of each kind, or any number with different ids.</summary>
internal sealed class SchemaSet
{
    private readonly List<ParsedSchema> _schemas;
    private readonly List<LinkProblem> _problems = [];

    /// <summary>Sorts <paramref name="schemas"/>, so that the order in which the build lists them does not matter.</summary>
    public SchemaSet(IEnumerable<ParsedSchema> schemas) => _schemas =
    [
        .. schemas.OrderBy(static schema => schema.Kind)
            .ThenBy(static schema => schema.Model.Id.Id, StringComparer.Ordinal)
            .ThenBy(static schema => schema.Path, StringComparer.Ordinal),
    ];

    /// <summary>What is missing or there twice.</summary>
    public IReadOnlyList<LinkProblem> Problems => _problems;

    /// <summary>Whether every file of the kind could be read in full.</summary>
    public bool IsSound(SchemaKind kind) => Of(kind).All(static schema => schema.IsSound);

    /// <summary>The one schema of the kind; an empty one, and a problem, when there is none.</summary>
    public Linkable<T> Single<T>(SchemaKind kind, Func<T> empty)
        where T : SchemaModel
    {
        var all = Of(kind).ToList();
        string name = SchemaInput.KindNames[(int)kind];
        foreach (var extra in all.Skip(1))
        {
            _problems.Add(new LinkProblem(Descriptors.RepeatedKind, extra.Path, 0, [name]));
        }

        if (all.Count > 0)
        {
            return new Linkable<T>((T)all[0].Model, all[0].Path, all[0].IsSound);
        }

        _problems.Add(new LinkProblem(Descriptors.MissingKind, "", 0, [name]));
        return new Linkable<T>(empty(), "", IsSound: false);
    }

    /// <summary>All schemas of the kind, each id once.</summary>
    public IReadOnlyList<Linkable<T>> Many<T>(SchemaKind kind, string what)
        where T : SchemaModel
    {
        var names = new HashSet<string>();
        var found = new List<Linkable<T>>();
        foreach (var schema in Of(kind))
        {
            string id = schema.Model.Id.Id;
            if (names.Add(Identifiers.Pascal(id)))
            {
                found.Add(new Linkable<T>((T)schema.Model, schema.Path, schema.IsSound));
            }
            else
            {
                _problems.Add(new LinkProblem(Descriptors.RepeatedId, schema.Path, 0, [what, id]));
            }
        }

        return found;
    }

    private IEnumerable<ParsedSchema> Of(SchemaKind kind) => _schemas.Where(schema => schema.Kind == kind);
}
