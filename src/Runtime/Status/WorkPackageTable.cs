using System;

namespace SpecKitty.Status;

/// <summary>Work packages by the UTF-8 of their id, in the order of their first appearance.</summary>
internal sealed class WorkPackageTable
{
    private readonly NameTable _ids = new();
    private WorkPackageStatus[] _items = new WorkPackageStatus[8];

    public ReadOnlySpan<WorkPackageStatus> Items => _items.AsSpan(0, _ids.Count);

    public WorkPackageStatus? Find(ReadOnlySpan<byte> id) => _ids.Find(id) is >= 0 and var number ? _items[number] : null;

    public WorkPackageStatus FindOrAdd(ReadOnlySpan<byte> id)
    {
        int known = _ids.Count;
        int number = _ids.Number(id);
        if (number == known)
        {
            if (number == _items.Length)
            {
                Array.Resize(ref _items, number * 2);
            }

            _items[number] = new WorkPackageStatus(id);
        }

        return _items[number];
    }
}
