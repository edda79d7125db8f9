namespace SpecKitty.Status;

/// <summary>What <see cref="RecentIds"/> can say of an id.</summary>
internal enum IdNovelty : byte
{
    New,
    Seen,

    /// <summary>It may have been seen long ago.</summary>
    Unknown,
}
