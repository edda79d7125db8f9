using System;
using System.Collections.Generic;
using System.Text;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Orders texts by code point, as the other host does (UTF-16 order differs beyond the basic plane).</summary>
internal static class CodePoints
{
    internal static Comparer<string> Order { get; } = Comparer<string>.Create(
        (left, right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right)));
}
