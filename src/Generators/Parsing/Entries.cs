using System;
using System.Collections.Generic;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Parsing;

/// <summary>Reads lists of entries that have ids.</summary>
internal static class Entries
{
    /// <summary>The name of the member that every entry has.</summary>
    public const string Documentation = "documentation";

    /// <summary>The member that says since which version of the host there is no such thing any more.</summary>
    /// <summary>The name of the member that takes an entry out of use, and keeps its id.</summary>
    public const string Retired = "retired";

    /// <summary>
    /// Reads each object of the list <paramref name="name"/>. An entry without an id is left out, so is one whose id was there before or
    /// would be the same in C#. One that is retired only keeps its id from being used again.
    /// </summary>
    public static EquatableArray<T> Read<T>(
        SchemaFile file, ObjectReader owner, string name, string what, IdForm form, Func<ObjectReader, string, T> read, string idMember = "id", bool canRetire = false)
        where T : IEquatable<T>
    {
        var entries = new List<T>();
        var names = new HashSet<string>();
        foreach (var entry in owner.Objects(name, ("aeiou".IndexOf(what[0]) < 0 ? "a " : "an ") + what))
        {
            string id = entry.Id(idMember, form);
            var model = read(entry, id);
            bool isRetired = canRetire && entry.OptionalText(Retired) is not null;
            entry.End();
            if (id.Length == 0)
            {
                continue;
            }

            if (!names.Add(Identifiers.Pascal(id)))
            {
                file.Report(Descriptors.RepeatedId, entry.SpanOf(idMember), what, id);
            }
            else if (!isRetired)
            {
                entries.Add(model);
            }
        }

        return entries.ToEquatableArray();
    }
}
