using System;

namespace SpecKitty.Status;

/// <summary>
/// Subtask states from annotation rows (DESIGN §11, HOST §10.5): each row's <c>delta.subtasks</c> says the state of some subtasks, and
/// the last by (<c>at</c>, <c>event_id</c>) to speak of a subtask holds. Accepts both forms: a list of objects with <c>id</c> and
/// <c>status</c>, and an object from id to status.
/// </summary>
internal sealed class SubtaskFold : NaturalSort
{
    /// <summary>What a note has of each: its time, its id, its work package, its subtasks.</summary>
    private const int At = 0, EventId = 1, WpId = 2, Subtasks = 3, Parts = 4;

    private byte[][] _notes = new byte[8 * Parts][];
    private int _count;
    private int[]? _order;

    /// <summary>Whether an annotation's delta speaks of subtasks.</summary>
    public static bool Concerns(ReadOnlySpan<byte> delta, out ReadOnlySpan<byte> subtasks)
    {
        subtasks = delta.IndexOf(ForeignKeys.Subtasks) < 0 ? default : JsonMembers.Find(delta, ForeignKeys.Subtasks);
        return !subtasks.IsEmpty;
    }

    public void Add(in LogRow row, ReadOnlySpan<byte> subtasks)
    {
        if (_count * Parts == _notes.Length)
        {
            Array.Resize(ref _notes, _notes.Length * 2);
        }

        var note = _notes.AsSpan(_count++ * Parts, Parts);
        note[At] = row.At.ToArray();
        note[EventId] = row.EventId.ToArray();
        note[WpId] = row.WpId.ToArray();
        note[Subtasks] = subtasks.ToArray();
        _order = null;
    }

    public void Save(ImageWriter image)
    {
        image.Add(_count);
        foreach (byte[] part in _notes.AsSpan(0, _count * Parts))
        {
            image.Add(part);
        }
    }

    public void Load(ref ImageReader image)
    {
        _count = image.Count();
        _notes = new byte[Math.Max(_count, 1) * Parts][];
        for (int i = 0; i < _count * Parts; i++)
        {
            _notes[i] = image.Bytes().ToArray();
            image.Require(i % Parts != Subtasks || _notes[i].Length > 0);
        }
    }

    /// <summary>The state last given, or null where none was.</summary>
    public string? Find(ReadOnlySpan<byte> wpId, ReadOnlySpan<byte> subtaskId)
    {
        _order ??= InOrder();
        for (int i = _order.Length - 1; i >= 0; i--)
        {
            if (wpId.SequenceEqual(Part(_order[i], WpId)) && StatusIn(Part(_order[i], Subtasks), subtaskId) is { } status)
            {
                return status;
            }
        }

        return null;
    }

    protected override int Compare(int a, int b)
    {
        int order = Part(a, At).SequenceCompareTo(Part(b, At));
        return order != 0 ? order : Part(a, EventId).SequenceCompareTo(Part(b, EventId));
    }

    private ReadOnlySpan<byte> Part(int note, int part) => _notes[(note * Parts) + part];

    private int[] InOrder()
    {
        var order = new int[_count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Sort(order);
        return order;
    }

    private static string? StatusIn(ReadOnlySpan<byte> subtasks, ReadOnlySpan<byte> subtaskId)
    {
        if (subtasks[0] == (byte)'{')
        {
            var status = JsonMembers.Find(subtasks, subtaskId);
            return JsonMembers.IsText(status) ? JsonText.OfToken(status) : null;
        }

        string? found = null;

        // Well-formed, as the whole row is; what is no list is one item without an id.
        var items = new JsonScanner(subtasks, noControls: false);
        items.TryTake((byte)'[');
        while (items.TryValue(out var item))
        {
            var subtask = subtasks.Slice(item.Start, item.Length);
            var id = JsonMembers.Find(subtask, ForeignKeys.SubtaskId);
            var status = JsonMembers.Find(subtask, ForeignKeys.SubtaskStatus);
            if (JsonMembers.IsText(id) && id[1..^1].SequenceEqual(subtaskId) && JsonMembers.IsText(status))
            {
                found = JsonText.OfToken(status);
            }

            items.TryTake((byte)',');
        }

        return found;
    }
}
