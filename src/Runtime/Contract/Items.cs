using System;
using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace SpecKitty.Contract;

/// <summary>
/// A list of objects that grows. <c>List&lt;T&gt;</c>, <c>T[]</c> and <c>Span&lt;T&gt;</c> bring up to four static bases for each <c>T</c>, each made at every start whether used
/// or not (docs/adr/0018-a-list-without-static-bases.md); this one brings none, since what holds its items is one type for all of them.
/// </summary>
/// <remarks>Who is handed one does not change it. It is no <c>IEnumerable&lt;T&gt;</c>: nothing on the path of a call goes through an interface (docs/adr/0016-no-interface-on-the-path.md).</remarks>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="capacity">How many there will be, if that is known.</param>
[SuppressMessage("Naming", "CA1710:Identifiers should have correct suffix", Justification = "It stands beside the framework's collections, not among them.")]
internal sealed class Items<T>(int capacity) : IEnumerable
    where T : class
{
    // Everything up to Count is a T; nothing else is ever stored, so that reading needs no check.
    private object?[] _items = new object?[capacity];

    public Items()
        : this(0)
    {
    }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>One of them, from 0 on.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer.</exception>
    public T this[int index]
    {
        get => Unsafe.As<T>(_items[Checked(index)])!;
        set => _items[Checked(index)] = value;
    }

    /// <summary>Adds one at the end.</summary>
    public void Add(T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, Math.Max(4, Count * 2));
        }

        _items[Count++] = item;
    }

    /// <summary>Adds all of another list at the end.</summary>
    public void AddRange(Items<T> items)
    {
        for (int i = 0, count = items.Count; i < count; i++)
        {
            Add(items[i]);
        }
    }

    /// <summary>Puts one before the one that stands at <paramref name="index"/>.</summary>
    public void Insert(int index, T item)
    {
        Add(item);
        Array.Copy(_items, index, _items, index + 1, Count - index - 1);
        _items[index] = item;
    }

    /// <summary>Takes one out; those behind it move up.</summary>
    public void RemoveAt(int index)
    {
        Array.Copy(_items, index + 1, _items, Checked(index), Count - index - 1);
        _items[--Count] = null;
    }

    /// <summary>A list of its own of those from <paramref name="begin"/> on, up to and without <paramref name="end"/>.</summary>
    public Items<T> Part(int begin, int end)
    {
        var part = new Items<T>(end - begin) { Count = end - begin };
        Array.Copy(_items, begin, part._items, 0, part.Count);
        return part;
    }

    /// <summary>The first for which something holds; null where it holds for none.</summary>
    public T? Find(Predicate<T> match)
    {
        foreach (var item in this)
        {
            if (match(item))
            {
                return item;
            }
        }

        return null;
    }

    /// <summary>Whether there is one for which something holds.</summary>
    public bool Exists(Predicate<T> match) => Find(match) is not null;

    /// <summary>Sorts them; what the order holds to be equal may change places.</summary>
    public void Sort(Comparison<T> order) =>
        _items.AsSpan(0, Count).Sort((a, b) => order(Unsafe.As<T>(a)!, Unsafe.As<T>(b)!));

    /// <summary>For <c>foreach</c>. What is added meanwhile is seen too.</summary>
    public Enumerator GetEnumerator() => new(this);

    /// <summary>For collection expressions and tests.</summary>
    IEnumerator IEnumerable.GetEnumerator() => _items.AsSpan(0, Count).ToArray().GetEnumerator();

    private int Checked(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        return index;
    }

    /// <summary>Where a <c>foreach</c> is.</summary>
    internal ref struct Enumerator(Items<T> items)
    {
        private int _index = -1;

        public readonly T Current => items[_index];

        public bool MoveNext() => ++_index < items.Count;
    }
}
