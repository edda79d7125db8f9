using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>status.json on disk: a copy for people and other tools; nothing here ever reads its content back as the truth.</summary>
internal sealed class SnapshotFile
{
    private const int LargestCompared = 16 * 1024 * 1024;

    private readonly StatusPlace _place;

    /// <summary>What was there before <see cref="Replace"/>; null if nothing that could be read, and then why.</summary>
    private byte[]? _before;
    private ReadOutcome _unread;
    private bool _isReplaced;
    private bool _isKept;

    public SnapshotFile(StatusPlace place) => _place = place;

    /// <summary>Replaces it, unless it says the same already. Null, or a warning: the log has the change in any case.</summary>
    public string? Replace(MissionStatus status)
    {
        var content = SnapshotDocument.Write(status, _place.Identity);
        var outcome = ProjectFiles.TryRead(_place.ProjectRoot, _place.SnapshotRelativePath, LargestCompared, out var existing);
        using (existing)
        {
            if (outcome.IsOk && existing.Span.SequenceEqual(content.Span))
            {
                return null;
            }

            _before = outcome.IsOk ? existing.Span.ToArray() : null;
            _unread = outcome;
        }

        _isKept = _place.IsCommitted && Keep() >= 0;

        // Tried again, once: a merge has it in a commit by now, and a file that is left as it was would look like the user's own change.
        var failure = Write(content.Span);
        failure = failure is null ? null : Write(content.Span);
        _isReplaced = failure is null;
        return failure is null ? null : Messages.SnapshotNotWritten(_place.SnapshotRelativePath, failure.Message);
    }

    /// <summary>Puts back what was there before. Null when it is.</summary>
    public Failure? Restore()
    {
        if (!_isReplaced)
        {
            Settle();
            return null;
        }

        if (_isKept && Posix.Rename(Posix.WorkingDirectory, _place.KeptSnapshotPath, _place.SnapshotPath) >= 0)
        {
            _isKept = false;
            return null;
        }

        Settle();
        if (_before is not null)
        {
            return Write(_before);
        }

        // Gone in any case: it tells of what was taken back. But that is how it was only if there was none.
        return Posix.Unlink(_place.SnapshotPath) is < 0 and not -Errno.NoEntry and var error ? FileErrors.ToFailure("restore", _place.SnapshotPath, error)
            : _unread.IsMissing ? null
            : _unread.ToFailure("restore", _place.SnapshotPath);
    }

    /// <summary>It stays as it is now.</summary>
    public void Settle()
    {
        if (_isKept)
        {
            Posix.Unlink(_place.KeptSnapshotPath);
            _isKept = false;
        }
    }

    /// <summary>Gives the old file a second name: to put it back takes no space then, of which there may be none. Not beside it, where hooks would see it.</summary>
    private int Keep()
    {
        int error = Posix.Link(_place.SnapshotPath, _place.KeptSnapshotPath);
        if (error == -Errno.Exists)
        {
            // Of a call that was killed.
            Posix.Unlink(_place.KeptSnapshotPath);
            error = Posix.Link(_place.SnapshotPath, _place.KeptSnapshotPath);
        }

        return error;
    }

    private Failure? Write(ReadOnlySpan<byte> content)
    {
        string path = _place.SnapshotRelativePath;
        int slash = path.LastIndexOf('/');
        int directory = ProjectFiles.Open(_place.ProjectRoot, path[..slash], OpenFlags.ReadOnly | OpenFlags.Directory);
        if (directory < 0)
        {
            return ReadOutcome.Of(directory).ToFailure("open", _place.ProjectRoot + "/" + path[..slash]);
        }

        // Not synced: it can be made again from the log at any time.
        var failure = DurableFile.Replace(directory, path[(slash + 1)..], _place.SnapshotPath, content, sync: false);
        Posix.Close(directory);
        return failure;
    }
}
