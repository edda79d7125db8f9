using SpecKitty.Contract;

namespace SpecKitty.Platform;

/// <summary>A <see cref="ReadStatus"/> with the error number where there is one.</summary>
internal readonly struct ReadOutcome
{
    public ReadOutcome(ReadStatus status, int errno = 0)
    {
        Status = status;
        Errno = errno;
    }

    public ReadStatus Status { get; }

    /// <summary>Positive error number; 0 unless <see cref="ReadStatus.Failed"/>.</summary>
    public int Errno { get; }

    public bool IsOk => Status == ReadStatus.Ok;

    public bool IsMissing => Status == ReadStatus.Missing;

    /// <summary>Whether nothing is known of what is there, because the machine failed. A path that leads nowhere, round in links or is too long to be one says enough.</summary>
    public bool IsFault => Status == ReadStatus.Failed && Errno is not (Platform.Errno.TooManyLinks or Platform.Errno.NameTooLong);

    /// <summary>Why there are no bytes, in words, to stand behind "cannot read …:".</summary>
    public string Detail => Status switch
    {
        ReadStatus.Missing => new FileError(Platform.Errno.NoEntry).Text,
        ReadStatus.OutsideProject => Messages.PathOutsideProject(),
        ReadStatus.NotRegular => Messages.PathNotRegular(),
        ReadStatus.TooLarge => Messages.PathTooLarge(),
        _ => new FileError(Errno).Text,
    };

    /// <summary>IO_FAILED: "Cannot {action} {path}: …". What a repetition cannot cure is not retryable.</summary>
    public Failure ToFailure(string action, string path) =>
        new(ErrorCode.IoFailed, Messages.IoFailed(action, path, Detail)) { Retryable = Status == ReadStatus.Failed };

    /// <summary>The outcome of a failed system call.</summary>
    internal static ReadOutcome Of(int negatedErrno) => negatedErrno switch
    {
        0 => new(ReadStatus.Ok),
        -Platform.Errno.NoEntry or -Platform.Errno.NotDirectory => new(ReadStatus.Missing),
        -Platform.Errno.CrossDevice => new(ReadStatus.OutsideProject),
        -Platform.Errno.IsDirectory or -Platform.Errno.NoSuchDevice => new(ReadStatus.NotRegular),
        _ => new(ReadStatus.Failed, -negatedErrno),
    };
}
