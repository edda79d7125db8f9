using System;
using System.Collections.Generic;
using System.Globalization;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// The log as an open file, for the holder of the lock. Bytes that are there are never changed: it appends, and takes away only what it
/// has itself just put there, or a torn tail after that was made durable elsewhere.
/// </summary>
internal sealed class EventLogFile : IDisposable
{
    private const int Flags = OpenFlags.ReadWrite | OpenFlags.Append | OpenFlags.NonBlocking;
    private const uint NewFileMode = 0x1B6;

    private readonly StatusPlace _place;
    private int _descriptor;

    /// <summary>The file when it was read, and how much of it was read: rows, then a torn tail.</summary>
    private FileFacts _facts;
    private long _end;
    private int _tornTail;
    private bool _lacksLineFeed;
    private bool _wasCreated;

    /// <summary>The checkpoint that the reading began with, if it did.</summary>
    private StatusCheckpoint? _checkpoint;

    /// <summary>Whether <see cref="_facts"/> are those of a log that is, to its end, what was read and appended.</summary>
    private bool _isKnown;

    /// <summary>The torn tail and where it was copied to, until the append that needed its place is done.</summary>
    private byte[]? _movedTail;
    private string _movedTo = "";

    /// <summary>Length before the last append, -1 before there is one, and behind it; what was read since may be longer, by rows of others.</summary>
    private long _beforeAppend = -1;
    private long _afterAppend;

    private EventLogFile(StatusPlace place, int descriptor)
    {
        _place = place;
        _descriptor = descriptor;
    }

    private string Path => _place.LogPath;

    private string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>Opens the log; a missing one is made by the first append.</summary>
    public static Result<EventLogFile> Open(StatusPlace place)
    {
        int descriptor = ProjectFiles.Open(place.ProjectRoot, place.LogRelativePath, Flags);
        var outcome = ReadOutcome.Of(descriptor);
        return descriptor >= 0 || outcome.IsMissing
            ? new EventLogFile(place, Math.Max(descriptor, -1))
            : outcome.ToFailure("open", place.LogPath);
    }

    /// <summary>Reads and reduces the whole log.</summary>
    public Result<MissionStatus> Read()
    {
        if (_descriptor < 0)
        {
            return new MissionStatus(new Reducer());
        }

        _isKnown = false;
        var read = StatusLog.Read(_descriptor, _place.LogRelativePath, Path, () => _place.CheckpointPath, isLocked: true, out _facts);
        if (read.Try(out var status, out _))
        {
            _checkpoint = status.Checkpoint;
            _end = status.End;
            _tornTail = status.TornTailBytes;
            _lacksLineFeed = status.LacksLineFeed;
        }

        return read;
    }

    /// <summary>The bytes of the rows that were read, with the line feed that the last one may lack.</summary>
    public Result<ReadOnlyMemory<byte>> ReadRows()
    {
        if (_end >= Array.MaxLength)
        {
            return new ReadOutcome(ReadStatus.TooLarge).ToFailure("read", Path);
        }

        var rows = new byte[(int)_end + (_lacksLineFeed ? 1 : 0)];
        for (int at = 0; at < _end;)
        {
            int read = Posix.ReadAt(_descriptor, rows.AsSpan(at, (int)_end - at), at);
            if (read <= 0)
            {
                return read < 0 ? FileErrors.ToFailure("read", Path, read) : Changed();
            }

            at += read;
        }

        if (_lacksLineFeed)
        {
            rows[^1] = (byte)'\n';
        }

        return (ReadOnlyMemory<byte>)rows;
    }

    /// <summary>Adds rows, durably. Protocol: <see cref="StatusTransaction"/>.</summary>
    /// <param name="rows">Whole rows, each with its line feed.</param>
    /// <param name="warnings">Gets a sentence if a torn tail was moved aside.</param>
    /// <param name="wasDisturbed">Whether another process wrote meanwhile; the rows are durable all the same.</param>
    /// <returns>Null on success; else a failure whose effect says what is left.</returns>
    public Failure? Append(ReadOnlyMemory<byte> rows, List<string> warnings, out bool wasDisturbed)
    {
        wasDisturbed = false;
        bool isUntouched = false;
        if ((_descriptor < 0 ? Create() : Verify(out isUntouched)) is { } changed)
        {
            return changed;
        }

        if (_tornTail > 0 && SetTailAside(warnings) is { } stuck)
        {
            return stuck;
        }

        if (_lacksLineFeed)
        {
            // One write all the same: the missing line feed comes with the rows.
            var joined = new byte[rows.Length + 1];
            joined[0] = (byte)'\n';
            rows.Span.CopyTo(joined.AsSpan(1));
            rows = joined;
        }

        int written = Posix.Write(_descriptor, rows.Span);
        if (written != rows.Length)
        {
            return TakeBackPart(written, rows.Length);
        }

        isUntouched &= _movedTail is null;
        _movedTail = null;
        _beforeAppend = _end;
        _afterAppend = _end + written;
        wasDisturbed = !Stamp(_afterAppend, isUntouched);
        int error = Posix.SyncData(_descriptor);
        if (error >= 0 && _wasCreated)
        {
            error = Directories.Sync(Folder);
        }

        if (error < 0)
        {
            // Never retried: after a failed sync the kernel may call the lost pages clean. The rows may or may not survive.
            return FileErrors.ToFailure("make durable", Path, error, Effect.Indeterminate);
        }

        _end = _afterAppend;
        _lacksLineFeed = false;
        return null;
    }

    /// <summary>Brings the end in order: a torn tail is moved aside, a line feed that lacks is added, durably.</summary>
    /// <param name="movedTo">Where the torn tail went; empty where there was none.</param>
    public Failure? Tidy(out string movedTo)
    {
        movedTo = "";
        if (_tornTail > 0)
        {
            var failure = SetTailAside([]);
            movedTo = failure is null ? _movedTo : "";
            _movedTail = null;
            return failure ?? (Posix.SyncData(_descriptor) is < 0 and var error ? FileErrors.ToFailure("make durable", Path, error, Effect.Indeterminate) : null);
        }

        return _lacksLineFeed ? Append(default, [], out _) : null;
    }

    /// <summary>
    /// Keeps what the whole log amounts to, where the next calls would otherwise have to read much: a log that has grown long, or many rows
    /// behind the last checkpoint.
    /// </summary>
    /// <param name="status">The state after the append.</param>
    public void Keep(MissionStatus status)
    {
        if (_isKnown && status.EndPosition.Offset == _facts.Size
            && (_checkpoint is null || _facts.Size - _checkpoint.End.Offset > StatusCheckpoint.LongestTail))
        {
            _checkpoint = StatusCheckpoint.Write(_place.CheckpointPath, _descriptor, _facts, status);
        }
    }

    /// <summary>
    /// Looks at the log right after the append, and says so in the checkpoint before anything that takes time. False if it is not as long as it
    /// should be.
    /// </summary>
    private bool Stamp(long length, bool isUntouched)
    {
        // What was read, what was looked at before the append and what is there now are the same, if the times are. Those that the kernel gives are
        // too coarse to tell this append from another change right behind it, so it gets one of its own.
        long modified = 0;
        bool isMarked = isUntouched && length >= StatusCheckpoint.LeastLog && Posix.SetModifiedNow(_descriptor, out modified) >= 0;
        bool isWhole = Posix.Stat(_descriptor, out _facts) >= 0 && _facts.Size == length;
        _isKnown = isMarked && isWhole && _facts.Modified == modified;
        if (_isKnown)
        {
            _checkpoint?.Stamp(_facts);
        }

        return isWhole;
    }

    /// <summary>Takes the last append away again, for a caller whose next step failed. Only if nothing came behind it.</summary>
    public Failure? TakeBack()
    {
        if (_beforeAppend < 0)
        {
            return null;
        }

        int error = Posix.Stat(_descriptor, out var facts);
        if (error >= 0 && facts.Size != _afterAppend)
        {
            return new Failure(ErrorCode.IoFailed, Messages.LogChangedAfter(_place.LogRelativePath)) { Effect = Effect.Committed };
        }

        error = error < 0 ? error : Cut(_beforeAppend);
        error = error < 0 ? error : _descriptor < 0 ? Directories.Sync(Folder) : Posix.SyncData(_descriptor);
        if (error < 0)
        {
            return FileErrors.ToFailure("restore", Path, error, Effect.Indeterminate);
        }

        _end = _beforeAppend;
        _beforeAppend = -1;
        return null;
    }

    public void Dispose()
    {
        if (_descriptor >= 0)
        {
            Posix.Close(_descriptor);
            _descriptor = -1;
        }
    }

    private Failure? Create()
    {
        int descriptor = ProjectFiles.Open(_place.ProjectRoot, _place.LogRelativePath, Flags | OpenFlags.Create | OpenFlags.Exclusive, NewFileMode);
        if (descriptor == -Errno.Exists)
        {
            return Changed();
        }

        if (descriptor < 0)
        {
            return ReadOutcome.Of(descriptor).ToFailure("create", Path);
        }

        _descriptor = descriptor;
        _wasCreated = true;
        return null;
    }

    /// <summary>Whether the file is still the one that was read, with the same length, under its name.</summary>
    /// <param name="isUntouched">Whether nothing else of it has changed either.</param>
    private Failure? Verify(out bool isUntouched)
    {
        // The length last: what someone adds behind this look goes unseen.
        bool isNamed = Posix.Stat(Path, out var named) >= 0;
        int error = Posix.Stat(_descriptor, out var facts);
        isUntouched = error >= 0 && facts.IsUnchangedSince(_facts);
        bool isSame = error >= 0 && facts.Size == _end + _tornTail && isNamed && named.IsSameFileAs(facts);
        return error < 0 ? FileErrors.ToFailure("read", Path, error) : isSame ? null : Changed();
    }

    private Failure Changed() => new(ErrorCode.IoFailed, Messages.LogChanged(_place.LogRelativePath));

    private Failure? SetTailAside(List<string> warnings)
    {
        var tail = new byte[_tornTail];
        int read = Posix.ReadAt(_descriptor, tail, _end);
        if (read != tail.Length)
        {
            return read < 0 ? FileErrors.ToFailure("read", Path, read) : Changed();
        }

        string aside = Path + ".torn-" + new EventId(default).Next(Clock.Utc());
        int error = SaveAside(aside, tail);
        if (error < 0)
        {
            return FileErrors.ToFailure("write", aside, error);
        }

        // Durable there, so it may go here; unless someone has just written behind it.
        if (Verify(out _) is { } changed)
        {
            Posix.Unlink(aside);
            return changed;
        }

        error = Posix.Truncate(_descriptor, _end);
        if (error < 0)
        {
            Posix.Unlink(aside);
            return FileErrors.ToFailure("write", Path, error);
        }

        _movedTail = tail;
        _movedTo = aside;
        string bytes = _tornTail.ToString(CultureInfo.InvariantCulture);
        warnings.Add(Messages.TornTailMoved(_place.LogRelativePath, bytes, _place.LogRelativePath + aside[Path.Length..]));
        _tornTail = 0;
        return null;
    }

    private int SaveAside(string path, ReadOnlySpan<byte> tail)
    {
        int file = Posix.Open(path, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive | OpenFlags.NoFollow, NewFileMode);
        if (file < 0)
        {
            return file;
        }

        int error = Posix.WriteAll(file, tail);
        error = error < 0 ? error : Posix.Sync(file);
        Posix.Close(file);
        error = error < 0 ? error : Directories.Sync(Folder);
        if (error < 0)
        {
            Posix.Unlink(path);
        }

        return error;
    }

    /// <summary>After a write that failed or came up short: the log as it was, or indeterminate.</summary>
    private Failure TakeBackPart(int written, int wanted)
    {
        int partial = Math.Max(written, 0);
        int error = Posix.Stat(_descriptor, out var facts);

        // Bytes of someone else behind ours must not go with them.
        bool isOurs = error >= 0 && facts.Size == _end + partial;
        if (isOurs && (partial > 0 || _wasCreated))
        {
            error = Cut(_end);
        }

        if (isOurs && error >= 0)
        {
            PutTailBack();
        }

        string reason = written < 0
            ? new FileError(-written).Text
            : Messages.WriteShort(partial.ToString(CultureInfo.InvariantCulture), wanted.ToString(CultureInfo.InvariantCulture));
        return new Failure(ErrorCode.IoFailed, Messages.IoFailed("write", Path, reason))
        {
            Effect = error >= 0 && (isOurs || partial == 0) ? Effect.None : Effect.Indeterminate,
        };
    }

    /// <summary>Refused means nothing changed: the torn tail gets its place back. If that fails its copy stays, and nothing is lost.</summary>
    private void PutTailBack()
    {
        if (_movedTail is { } tail)
        {
            if (Posix.WriteAll(_descriptor, tail) >= 0)
            {
                Posix.Unlink(_movedTo);
            }
            else
            {
                // Half a torn tail would be one more to move aside.
                Posix.Truncate(_descriptor, _end);
            }
        }

        _movedTail = null;
    }

    /// <summary>Back to a length that it had; a file that this call made goes altogether.</summary>
    private int Cut(long length)
    {
        int error = Posix.Truncate(_descriptor, length);
        if (error >= 0 && _wasCreated && length == 0)
        {
            Posix.Unlink(Path);
            Dispose();
        }

        return error;
    }
}
