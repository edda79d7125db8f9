namespace SpecKitty.Status;

/// <summary>Where a JSON value stands in its row; its first byte tells what it is. Length 0: it is not there.</summary>
internal readonly struct JsonSlice
{
    public JsonSlice(int start, int length, bool escaped)
    {
        Start = start;
        Length = length;
        IsEscaped = escaped;
    }

    public int Start { get; }

    /// <summary>Bytes, with the quotes of a string.</summary>
    public int Length { get; }

    /// <summary>For strings: whether there is a backslash in it.</summary>
    public bool IsEscaped { get; }

    public bool IsPresent => Length != 0;
}
