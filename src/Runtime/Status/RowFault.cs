namespace SpecKitty.Status;

/// <summary>Why a line is not a row.</summary>
internal enum RowFault : byte
{
    None,

    /// <summary>Not well-formed JSON.</summary>
    NotJson,

    /// <summary>Containers in containers beyond <see cref="JsonScanner.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>JSON, but no object.</summary>
    NotObject,

    /// <summary>A key that a lane move must have is missing.</summary>
    KeyMissing,

    /// <summary>A value that orders or names things is not a string.</summary>
    NotText,

    /// <summary>A lane that does not exist.</summary>
    UnknownLane,

    /// <summary>Bytes that are not UTF-8.</summary>
    NotUtf8,

    /// <summary>More bytes than a row may have.</summary>
    TooLong,

    /// <summary>More rows out of order than can be put in order.</summary>
    TooMany,

    /// <summary>A time after which no time can sort; only a writer minds.</summary>
    LastTime,
}
