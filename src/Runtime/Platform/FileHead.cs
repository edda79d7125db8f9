using System;

namespace SpecKitty.Platform;

/// <summary>
/// Reads files of the project from their start, as far as is asked for and no further, one after the other into the same buffer.
/// The same rules as <see cref="ProjectFiles.TryRead"/> decide what may be read.
/// </summary>
internal sealed class FileHead : IDisposable
{
    private byte[] _buffer;
    private int _length;
    private int _descriptor = -1;

    /// <param name="firstBytes">How much of a file <see cref="Open"/> reads.</param>
    public FileHead(int firstBytes)
    {
        FirstBytes = firstBytes;
        _buffer = BufferPool.Rent(firstBytes);
    }

    public int FirstBytes { get; }

    /// <summary>What has been read of the file; valid until the next call.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Whether <see cref="Span"/> is the whole file.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Turns to another file and reads its first bytes.</summary>
    public ReadOutcome Open(string root, string relativePath)
    {
        Close();
        _length = 0;
        AtEnd = false;
        int descriptor = ProjectFiles.Open(root, relativePath, OpenFlags.ReadOnly | OpenFlags.NonBlocking);
        if (descriptor < 0)
        {
            return ReadOutcome.Of(descriptor);
        }

        _descriptor = descriptor;
        if (Posix.Stat(descriptor, out var facts) is < 0 and var error)
        {
            return ReadOutcome.Of(error);
        }

        return facts.IsRegular ? Read(FirstBytes) : new(ReadStatus.NotRegular);
    }

    /// <summary>Reads on until there are <paramref name="total"/> bytes or the file ends.</summary>
    public ReadOutcome Read(int total)
    {
        if (_buffer.Length < total)
        {
            var larger = BufferPool.Rent(total);
            Span.CopyTo(larger);
            BufferPool.Return(_buffer);
            _buffer = larger;
        }

        while (_length < total)
        {
            int asked = total - _length;
            int read = Posix.Read(_descriptor, _buffer.AsSpan(_length, asked));
            if (read < 0)
            {
                return ReadOutcome.Of(read);
            }

            _length += read;

            // A regular file gives less than was asked for only where it ends.
            if (read < asked)
            {
                AtEnd = true;
                break;
            }
        }

        return new(ReadStatus.Ok);
    }

    public void Dispose()
    {
        Close();
        BufferPool.Return(_buffer);
    }

    private void Close()
    {
        if (_descriptor >= 0)
        {
            Posix.Close(_descriptor);
            _descriptor = -1;
        }
    }
}
