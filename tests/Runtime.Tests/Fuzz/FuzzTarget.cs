using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Text;

namespace SpecKitty.Runtime.Tests.Fuzz;

/// <summary>Something that takes bytes from outside, and the oracles that must hold whatever they are.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Also the directory of its kept cases.</summary>
    public abstract string Name { get; }

    /// <summary>Valid inputs, and some that are nearly so.</summary>
    public IEnumerable<byte[]> Seeds => Texts.Select(Encoding.UTF8.GetBytes);

    /// <summary>What means something to this target; mutations strew it.</summary>
    public virtual IReadOnlyList<string> Words => [];

    protected abstract IEnumerable<string> Texts { get; }

    /// <summary>What became of the input, in a few words; throws where an oracle does not hold.</summary>
    public abstract string Run(byte[] input);

    /// <summary>Throws where something that must be so is not.</summary>
    protected static void Require([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }

    /// <summary>Throws where two ways to the same answer differ.</summary>
    protected static void Same(string? mine, string? model, string what)
    {
        if (!string.Equals(mine, model, StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{what}: {mine ?? "(none)"}\nbut the model says: {model ?? "(none)"}");
        }
    }

    /// <summary>A problem as callers see it: there, one line, and short whatever the input is.</summary>
    protected static void RequireSentence([NotNull] string? problem)
    {
        Require(problem is not null && problem.Trim().Length > 0, "refused without a word");
        Require(problem.AsSpan().IndexOfAny("\r\n\v\f\0") < 0, "the problem has more than one line: " + problem);
        Require(problem.Length < 600, "the problem is " + problem.Length + " characters long");
    }

    /// <summary>A sentence without what depends on the place, so that equal causes count once.</summary>
    protected static string Kind(string sentence)
    {
        var kind = new StringBuilder();
        foreach (char c in sentence)
        {
            if (!char.IsAsciiDigit(c))
            {
                kind.Append(c);
            }
        }

        return kind.Length > 120 ? kind.ToString(0, 120) : kind.ToString();
    }
}
