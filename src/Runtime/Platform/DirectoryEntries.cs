using System;
using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <summary>
/// The entries of a directory of the project, in the file system's order, without <c>.</c> and <c>..</c>: one open, a getdents64 for
/// each buffer of names, one close. Names stay bytes until somebody wants one.
/// </summary>
internal sealed class DirectoryEntries : IDisposable
{
    /// <summary>What the pool has at hand after the first file that was read.</summary>
    private const int BufferSize = 16 * 1024;

    // struct linux_dirent64: inode (8), offset (8), record length (2), type (1), name with its NUL.
    private const int LengthOffset = 16;
    private const int TypeOffset = 18;
    private const int NameOffset = 19;

    private readonly int _descriptor;
    private readonly byte[] _buffer;
    private int _next;
    private int _filled;
    private int _name;
    private int _nameLength;

    private DirectoryEntries(int descriptor)
    {
        _descriptor = descriptor;
        _buffer = BufferPool.Rent(BufferSize);
    }

    /// <summary>The current entry's name; valid until the next <see cref="MoveNext"/>.</summary>
    public ReadOnlySpan<byte> Name => _buffer.AsSpan(_name, _nameLength);

    public EntryType Type { get; private set; }

    /// <summary>Positive error number where reading stopped before the end; 0 else.</summary>
    public int Errno { get; private set; }

    /// <summary>Opens a directory beneath <paramref name="root"/>. Missing also where it is no directory.</summary>
    /// <param name="root">Absolute path of the project.</param>
    /// <param name="relativePath">Path below it, with '/'.</param>
    /// <param name="entries">The entries when the outcome is Ok; else null.</param>
    public static ReadOutcome TryOpen(string root, string relativePath, out DirectoryEntries? entries)
    {
        int descriptor = ProjectFiles.Open(root, relativePath, OpenFlags.ReadOnly | OpenFlags.Directory);
        entries = descriptor < 0 ? null : new DirectoryEntries(descriptor);
        return descriptor < 0 ? ReadOutcome.Of(descriptor) : new(ReadStatus.Ok);
    }

    public bool MoveNext()
    {
        while (true)
        {
            if (_next >= _filled)
            {
                int filled = Posix.ReadDirectory(_descriptor, _buffer);
                if (filled <= 0)
                {
                    Errno = -filled;
                    return false;
                }

                _filled = filled;
                _next = 0;
            }

            var entry = _buffer.AsSpan(_next, _filled - _next);
            int length = MemoryMarshal.Read<ushort>(entry[LengthOffset..]);
            _name = _next + NameOffset;
            _nameLength = entry[NameOffset..length].IndexOf((byte)0);
            _next += length;
            Type = entry[TypeOffset] switch
            {
                0 => EntryType.Unknown,
                4 => EntryType.Directory,
                8 => EntryType.Regular,
                10 => EntryType.Link,
                _ => EntryType.Other,
            };
            if (!Name.SequenceEqual("."u8) && !Name.SequenceEqual(".."u8))
            {
                return true;
            }
        }
    }

    public void Dispose()
    {
        Posix.Close(_descriptor);
        BufferPool.Return(_buffer);
    }
}
