namespace SpecKitty.Platform;

/// <summary>What a directory entry is, as far as the directory itself knows (readdir(3), d_type).</summary>
internal enum EntryType : byte
{
    /// <summary>The file system does not say; ask statx.</summary>
    Unknown,
    Directory,
    Regular,

    /// <summary>A symbolic link, whatever it leads to.</summary>
    Link,

    /// <summary>A FIFO, socket or device.</summary>
    Other,
}
