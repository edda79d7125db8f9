using System;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>
/// Keeps what matters of every lane row, so that rows in any order, with any duplicates, can be put in order and applied. About 100
/// bytes a row.
/// </summary>
internal sealed class RowSorter : LogSink
{
    private readonly Reducer _result = new();

    /// <summary>Ids of work packages and mission slugs, each once.</summary>
    private readonly NameTable _names = new();
    private Kept[] _rows = new Kept[64];
    private int _count;

    /// <summary>Times, ids and actors, one behind the other.</summary>
    private byte[] _text = new byte[8192];
    private int _textLength;

    /// <summary>Takes a row; false when there is too much to keep, beyond ten million rows.</summary>
    public override bool Take(in LogRow row, LogPosition position)
    {
        if (row.Kind != RowKind.Lane)
        {
            _result.TakeOther(row, position);
            return true;
        }

        if (_textLength + (long)row.At.Length + row.EventId.Length + row.Actor.Length > Array.MaxLength)
        {
            return false;
        }

        if (_count == _rows.Length)
        {
            Array.Resize(ref _rows, _count * 2);
        }

        _rows[_count++] = new Kept
        {
            Text = Keep(row.At, row.EventId, row.Actor),
            AtLength = row.At.Length,
            IdLength = row.EventId.Length,
            ActorLength = row.Actor.Length,
            Wp = _names.Number(row.WpId),
            Slug = _names.Number(row.MissionSlug),
            From = row.From,
            To = row.To,
            Force = row.Force,
            IsRollback = row.IsRollback,
            Line = position.Line,
            Offset = position.Offset,
        };
        return true;
    }

    /// <summary>Everything applied in order. The sorter is used up.</summary>
    public Reducer Finish()
    {
        var order = FirstOfEachId();
        new InOrder(this).Put(order);
        foreach (int i in order)
        {
            ref var kept = ref _rows[i];
            var row = new LogRow
            {
                Kind = RowKind.Lane,
                At = At(kept),
                EventId = Id(kept),
                Actor = _text.AsSpan(kept.Text + kept.AtLength + kept.IdLength, kept.ActorLength),
                WpId = _names[kept.Wp],
                MissionSlug = _names[kept.Slug],
                From = kept.From,
                To = kept.To,
                Force = kept.Force,
                IsRollback = kept.IsRollback,
            };
            _result.NoteId(row.EventId);
            _result.Apply(row, new LogPosition(kept.Line, kept.Offset));
        }

        return _result;
    }

    private int Keep(ReadOnlySpan<byte> at, ReadOnlySpan<byte> id, ReadOnlySpan<byte> actor)
    {
        int start = _textLength;
        int end = start + at.Length + id.Length + actor.Length;
        if (end > _text.Length)
        {
            Array.Resize(ref _text, (int)Math.Min(Math.Max((long)_text.Length * 2, end), Array.MaxLength));
        }

        at.CopyTo(_text.AsSpan(start));
        id.CopyTo(_text.AsSpan(start + at.Length));
        actor.CopyTo(_text.AsSpan(start + at.Length + id.Length));
        _textLength = end;
        return start;
    }

    private ReadOnlySpan<byte> At(in Kept row) => _text.AsSpan(row.Text, row.AtLength);

    private ReadOnlySpan<byte> Id(in Kept row) => _text.AsSpan(row.Text + row.AtLength, row.IdLength);

    /// <summary>Indices of the rows that are the first in the file with their id.</summary>
    private int[] FirstOfEachId()
    {
        int size = 16;
        while (size < _count * 2)
        {
            size *= 2;
        }

        var slots = new int[size];
        var order = new int[_count];
        int unique = 0;
        ulong seed = NameTable.NewSeed();
        for (int i = 0; i < _count; i++)
        {
            var id = Id(_rows[i]);
            int slot = (int)NameTable.Hash(id, seed) & (size - 1);
            while (slots[slot] != 0 && !Id(_rows[slots[slot] - 1]).SequenceEqual(id))
            {
                slot = (slot + 1) & (size - 1);
            }

            if (slots[slot] == 0)
            {
                slots[slot] = i + 1;
                order[unique++] = i;
            }
        }

        Array.Resize(ref order, unique);
        return order;
    }

    private struct Kept
    {
        public long Offset;
        public int Text;
        public int AtLength;
        public int IdLength;
        public int ActorLength;
        public int Wp;
        public int Slug;
        public int Line;
        public Lane From;
        public Lane To;
        public bool Force;
        public bool IsRollback;
    }

    /// <summary>By time, then by event id (HOST §5).</summary>
    private sealed class InOrder : NaturalSort
    {
        private readonly RowSorter _sorter;

        public InOrder(RowSorter sorter) => _sorter = sorter;

        public void Put(int[] order) => Sort(order);

        protected override int Compare(int a, int b)
        {
            ref readonly var left = ref _sorter._rows[a];
            ref readonly var right = ref _sorter._rows[b];
            int order = _sorter.At(left).SequenceCompareTo(_sorter.At(right));
            return order != 0 ? order : _sorter.Id(left).SequenceCompareTo(_sorter.Id(right));
        }
    }
}
