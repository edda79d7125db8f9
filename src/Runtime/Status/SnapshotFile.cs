using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>status.json on disk: a copy for people and other tools; nothing here ever reads its content back as the truth.</summary>
internal sealed class SnapshotFile
{
    private const int LargestCompared = 16 * 1024 * 1024;

    private readonly StatusPlace _place;

    /// <summary>What was there before <see cref="Replace"/>; null if nothing.</summary>
    private byte[]? _before;
    private bool _isReplaced;

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
        }

        var failure = Write(content.Span);
        _isReplaced = failure is null;
        return failure is null ? null : Messages.SnapshotNotWritten(_place.SnapshotRelativePath, failure.Message);
    }

    /// <summary>Puts back what was there before.</summary>
    public void Restore()
    {
        if (!_isReplaced)
        {
            return;
        }

        if (_before is null)
        {
            Posix.Unlink(_place.SnapshotPath);
        }
        else
        {
            Write(_before);
        }

        _isReplaced = false;
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
