using System;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>Work packages by the UTF-8 of their id, in the order of their first appearance.</summary>
internal sealed class WorkPackageTable
{
    private readonly NameTable _ids = new();
    private readonly Items<WorkPackageStatus> _items = new(8);

    public Items<WorkPackageStatus> Items => _items;

    public WorkPackageStatus? Find(ReadOnlySpan<byte> id) => _ids.Find(id) is >= 0 and var number ? _items[number] : null;

    public WorkPackageStatus FindOrAdd(ReadOnlySpan<byte> id)
    {
        int number = _ids.Number(id);
        if (number == _items.Count)
        {
            _items.Add(new WorkPackageStatus(id));
        }

        return _items[number];
    }
}
