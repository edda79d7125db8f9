using System.Runtime.InteropServices;

namespace SpecKitty.Platform;

/// <summary>An error number of the operating system, and its words.</summary>
internal readonly struct FileError
{
    public FileError(int number) => Number = number;

    /// <summary>errno, positive; 0 for none.</summary>
    public int Number { get; }

    /// <summary>strerror(3), such as "No space left on device".</summary>
    public string Text => Marshal.GetPInvokeErrorMessage(Number);

    public override string ToString() => Text;
}
