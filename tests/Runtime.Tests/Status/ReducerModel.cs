using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Status;

/// <summary>HOST §5 word for word, on lists and strings.</summary>
internal static class ReducerModel
{
    public sealed record Row(string Wp, Lane From, Lane To, string At, string Id, string Actor, bool Force, string? ReviewRef, string Slug)
    {
        public bool IsRollback => To == Lane.InProgress && (From == Lane.InReview || (From == Lane.ForReview && ReviewRef is not null));

        public string Line => Rows.Lane(
            Wp, Lanes.Name(From), Lanes.Name(To), At, Id, '"' + Actor + '"', Force ? "true" : "false", ReviewRef is null ? "null" : '"' + ReviewRef + '"', Slug);
    }

    public static string Describe(IEnumerable<Row> rows)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var unique = rows.Where(r => seen.Add(r.Id)).ToList();
        var sorted = unique.OrderBy(r => r, Comparer<Row>.Create((a, b) =>
            CodePointOrder.Compare(a.At, b.At) is var order && order != 0 ? order : CodePointOrder.Compare(a.Id, b.Id))).ToList();
        var states = new Dictionary<string, (Row Setter, int Forced)>();
        var names = new List<string>();
        foreach (var row in sorted)
        {
            bool known = states.TryGetValue(row.Wp, out var state);
            if (known && state.Setter.At == row.At && state.Setter.IsRollback && !row.IsRollback)
            {
                continue;
            }

            if (!known)
            {
                names.Add(row.Wp);
            }

            states[row.Wp] = (row, state.Forced + (row.Force ? 1 : 0));
        }

        var text = new StringBuilder();
        var last = sorted.LastOrDefault();
        text.Append(sorted.Count).Append('|').Append(last?.Id).Append('|').Append(last?.At).Append('|').Append(sorted.FirstOrDefault()?.Slug).Append('\n');
        foreach (string name in names)
        {
            var (setter, forced) = states[name];
            text.Append(name).Append('|').Append(Lanes.Name(setter.To)).Append('|').Append(setter.Actor).Append('|').Append(forced).Append('|')
                .Append(setter.Id).Append('|').Append(setter.At).Append('\n');
        }

        return text.ToString();
    }
}
