namespace SpecKitty.Platform;

/// <summary>How the reading of a project file went.</summary>
internal enum ReadStatus : byte
{
    Ok,

    /// <summary>There is no such file, or a part of its path is no directory.</summary>
    Missing,

    /// <summary>The path, or a link on it, leads out of the project.</summary>
    OutsideProject,

    /// <summary>A directory, FIFO, socket or device.</summary>
    NotRegular,

    /// <summary>More bytes than the caller allows.</summary>
    TooLarge,

    /// <summary>The operating system refused; the error says why.</summary>
    Failed,
}
