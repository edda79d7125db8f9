using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <summary>What statx(2) says about a file: <c>struct statx</c>, whose layout is the same on every architecture.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileFacts
{
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int DirectoryType = 0x4000;

    /// <summary>Hard links; 0 when the file was removed while it is open.</summary>
    [FieldOffset(16)]
    public uint Links;

    [FieldOffset(20)]
    public uint Owner;

    [FieldOffset(24)]
    public uint Group;

    /// <summary>Type and permission bits.</summary>
    [FieldOffset(28)]
    public ushort Mode;

    [FieldOffset(32)]
    public ulong Inode;

    /// <summary>Bytes.</summary>
    [FieldOffset(40)]
    public long Size;

    /// <summary>Last change of content, name or permissions: seconds since 1970. Nobody can set it.</summary>
    [FieldOffset(96)]
    public long ChangedSeconds;

    /// <summary>Nanoseconds beyond <see cref="ChangedSeconds"/>.</summary>
    [FieldOffset(104)]
    public uint ChangedNanoseconds;

    /// <summary>Last change of the content: seconds since 1970.</summary>
    [FieldOffset(112)]
    public long ModifiedSeconds;

    /// <summary>Nanoseconds beyond <see cref="ModifiedSeconds"/>.</summary>
    [FieldOffset(120)]
    public uint ModifiedNanoseconds;

    [FieldOffset(136)]
    public uint DeviceMajor;

    [FieldOffset(140)]
    public uint DeviceMinor;

    /// <summary>Last change of anything about it, in nanoseconds since 1970.</summary>
    public readonly long Changed => (ChangedSeconds * 1_000_000_000) + ChangedNanoseconds;

    /// <summary>Last change of the content, in nanoseconds since 1970.</summary>
    public readonly long Modified => (ModifiedSeconds * 1_000_000_000) + ModifiedNanoseconds;

    public readonly bool IsRegular => (Mode & TypeMask) == RegularType;

    public readonly bool IsDirectory => (Mode & TypeMask) == DirectoryType;

    /// <summary>The permission bits alone.</summary>
    public readonly uint Permissions => (uint)Mode & 0xFFF;

    /// <summary>Whether both are the same file, whatever its name.</summary>
    public readonly bool IsSameFileAs(in FileFacts other) =>
        Inode == other.Inode && DeviceMajor == other.DeviceMajor && DeviceMinor == other.DeviceMinor;

    /// <summary>Whether nothing about the file has changed between the two, as far as the kernel's clock can tell.</summary>
    public readonly bool IsUnchangedSince(in FileFacts other) =>
        IsSameFileAs(other) && Size == other.Size && Changed == other.Changed && Modified == other.Modified;
}
