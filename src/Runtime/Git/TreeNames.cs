using System;
using System.Collections.Generic;

namespace SpecKitty.Git;

/// <summary>Several trees side by side: name after name, with what each of them has under it.</summary>
internal ref struct TreeNames
{
    private readonly TreeEntry[] _first;
    private readonly TreeEntry[] _second;
    private readonly TreeEntry[] _third;
    private int _firstAt;
    private int _secondAt;
    private int _thirdAt;

    public TreeNames(TreeEntry[] first, TreeEntry[] second, TreeEntry[] third)
    {
        _first = first;
        _second = second;
        _third = third;
        Name = "";
    }

    public TreeNames(TreeEntry[] first, TreeEntry[] second)
        : this(first, second, [])
    {
    }

    public string Name { get; private set; }

    public TreeEntry? First { get; private set; }

    public TreeEntry? Second { get; private set; }

    public TreeEntry? Third { get; private set; }

    public bool MoveNext()
    {
        string? next = Least(Least(NameAt(_first, _firstAt), NameAt(_second, _secondAt)), NameAt(_third, _thirdAt));
        if (next is null)
        {
            return false;
        }

        Name = next;
        First = Take(_first, ref _firstAt, next);
        Second = Take(_second, ref _secondAt, next);
        Third = Take(_third, ref _thirdAt, next);
        return true;
    }

    private static string? NameAt(TreeEntry[] tree, int at) => at < tree.Length ? tree[at].Name : null;

    private static string? Least(string? a, string? b) => a is null ? b : b is null || string.CompareOrdinal(a, b) <= 0 ? a : b;

    private static TreeEntry? Take(TreeEntry[] tree, ref int at, string name) =>
        at < tree.Length && string.Equals(tree[at].Name, name, StringComparison.Ordinal) ? tree[at++] : null;
}
