using System;
using System.Collections.Generic;
using System.Linq;

namespace SpecKitty.Generators.Infrastructure;

/// <summary>Makes <see cref="EquatableArray{T}"/>.</summary>
internal static class EquatableArrays
{
    /// <summary>What a collection expression calls.</summary>
    public static EquatableArray<T> Create<T>(ReadOnlySpan<T> items)
        where T : IEquatable<T> => new(items.ToArray());

    /// <summary>A copy of <paramref name="items"/>.</summary>
    public static EquatableArray<T> ToEquatableArray<T>(this IEnumerable<T> items)
        where T : IEquatable<T> => new(items.ToArray());
}
