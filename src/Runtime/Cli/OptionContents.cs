using System;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Cli;

/// <summary>
/// Values that an option names: <c>@FILE</c> and <c>-</c>. Paths are the caller's own, relative to its working directory; pipes are read to their end, within the call's
/// time. One line feed at the end goes, as it does where a shell puts a command's output in place.
/// </summary>
internal sealed class OptionContents : IOptionContents
{
    /// <summary>What an argument of a process may be, several times over.</summary>
    private const int MaxBytes = ContractConstants.MaxEnvelopeBytes;

    private const int StandardInput = 0;

    private readonly Deadline _deadline;
    private string? _inputTaken;

    /// <param name="deadline">The call's.</param>
    /// <param name="inputTaken">Why standard input is not to be had; null where it is.</param>
    public OptionContents(Deadline deadline, string? inputTaken)
    {
        _deadline = deadline;
        _inputTaken = inputTaken;
    }

    public Result<string> Read(string flag, string value)
    {
        if (value.StartsWith("@@", StringComparison.Ordinal))
        {
            return value[1..];
        }

        return value == "-" ? ReadInput(flag) : ReadFile(flag, value[1..]);
    }

    private Result<string> ReadInput(string flag)
    {
        if (_inputTaken is not null)
        {
            return Usage(Messages.OptionInputTaken(flag, _inputTaken));
        }

        _inputTaken = Messages.InputTakenByOption();
        string source = Messages.SourceStandardInput();
        int error = ReadAll(StandardInput, out byte[] bytes, out int length);
        return error < 0 ? Refuse(flag, source, error) : Decode(flag, source, bytes.AsSpan(0, length));
    }

    private Result<string> ReadFile(string flag, string path)
    {
        // Not blocking: a FIFO without a writer must not hold the call up.
        int descriptor = Posix.Open(path, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0)
        {
            return Unreadable(descriptor, Messages.OptionFileUnreadable(flag, path, new FileError(-descriptor).Text));
        }

        int error = ReadAll(descriptor, out byte[] bytes, out int length);
        Posix.Close(descriptor);
        return error is < 0 and not -Errno.TryAgain and not -Errno.FileTooLarge
            ? Unreadable(error, Messages.OptionFileUnreadable(flag, path, new FileError(-error).Text))
            : error < 0 ? Refuse(flag, Messages.SourceFile(path), error) : Decode(flag, Messages.SourceFile(path), bytes.AsSpan(0, length));
    }

    /// <summary>0, or a negated errno: EAGAIN where time ran out, EFBIG for more than is taken.</summary>
    private int ReadAll(int descriptor, out byte[] bytes, out int length)
    {
        bytes = new byte[16 * 1024];
        length = 0;
        while (true)
        {
            int ready = Posix.Poll(descriptor, forWriting: false, _deadline.Remaining);
            if (ready == 0)
            {
                return -Errno.TryAgain;
            }

            int read = ready < 0 && ready != -Errno.Interrupted ? ready : Posix.Read(descriptor, bytes.AsSpan(length));
            if (read == 0 || (read < 0 && read != -Errno.TryAgain))
            {
                return read;
            }

            length += Math.Max(read, 0);
            if (length > MaxBytes)
            {
                return -Errno.FileTooLarge;
            }

            if (length == bytes.Length)
            {
                Array.Resize(ref bytes, length * 2);
            }
        }
    }

    private static Result<string> Decode(string flag, string source, ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
        {
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        }

        if (bytes is [.., (byte)'\n'])
        {
            bytes = bytes is [.., (byte)'\r', (byte)'\n'] ? bytes[..^2] : bytes[..^1];
        }

        // What could not have been an argument cannot become one.
        return bytes.Contains((byte)0) ? Usage(Messages.OptionContentsInvalid(flag, source, Messages.ContentsWithNul()))
            : !Utf8.IsValid(bytes) ? Usage(Messages.OptionContentsInvalid(flag, source, Messages.ContentsNotUnicode()))
            : Encoding.UTF8.GetString(bytes);
    }

    private Failure Refuse(string flag, string source, int error) => error switch
    {
        -Errno.TryAgain => _deadline.Exceeded("reading " + source),
        -Errno.FileTooLarge => Usage(Messages.OptionContentsInvalid(flag, source, Messages.ContentsTooLarge(MaxBytes.ToString(CultureInfo.InvariantCulture)))),
        _ => Unreadable(error, Messages.OptionContentsInvalid(flag, source, new FileError(-error).Text)),
    };

    /// <summary>The caller's mistake, as a name without a file is, or the machine's trouble of a moment.</summary>
    private static Failure Unreadable(int error, string message) =>
        new(-error is Errno.InputOutput or Errno.OutOfMemory or Errno.TooManyOpenFiles or Errno.FileTableOverflow ? ErrorCode.IoFailed : ErrorCode.UsageError, message);

    private static Failure Usage(string message) => new(ErrorCode.UsageError, message);
}
