using SpecKitty.Contract;

namespace SpecKitty.Platform;

/// <summary>Failed system calls as failures.</summary>
internal static class FileErrors
{
    /// <summary>IO_FAILED: "Cannot {action} {path}: {error}".</summary>
    /// <param name="action">A verb, such as "write" or "make the directory".</param>
    /// <param name="path">Absolute path.</param>
    /// <param name="errno">The error number; its sign does not matter.</param>
    /// <param name="effect">What the call left behind.</param>
    public static Failure ToFailure(string action, string path, int errno, Effect effect = Effect.None) =>
        new(ErrorCode.IoFailed, Messages.IoFailed(action, path, new FileError(errno < 0 ? -errno : errno).Text)) { Effect = effect };
}
