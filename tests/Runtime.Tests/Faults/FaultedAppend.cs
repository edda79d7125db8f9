using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Status;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>One append, perhaps taken back again, during which system calls fail, held to what it answered.</summary>
internal sealed class FaultedAppend : IDisposable
{
    private const string Wp = "WP01";

    private readonly MissionFolder _mission;
    private readonly string _rows;
    private readonly string _tail;
    private readonly string _before;
    private readonly Lane _from;
    private AppendOutcome? _outcome;
    private bool _isTakenBack;

    /// <param name="log">The log's content; null where there is none.</param>
    public FaultedAppend(string? log)
    {
        _mission = new MissionFolder(log, isInMemory: true);
        File.WriteAllText(_mission.Place.SnapshotPath, "old");
        _before = _mission.Tree();
        var status = _mission.Read();
        _tail = log is null ? "" : log[^status.TornTailBytes..];
        _rows = log is null ? "" : log[..^status.TornTailBytes];
        _from = status.LaneOf(Wp);
    }

    /// <summary>The calls that were made.</summary>
    public IReadOnlyList<string> Made { get; private set; } = [];

    /// <summary>What was answered; null for success.</summary>
    public Failure? Failure { get; private set; }

    public string Log => File.Exists(_mission.Place.LogPath) ? File.ReadAllText(_mission.Place.LogPath) : "";

    private string? Snapshot => File.Exists(_mission.Place.SnapshotPath) ? File.ReadAllText(_mission.Place.SnapshotPath) : null;

    private LaneMove Move => new() { WpId = Wp, From = _from, To = Lane.Blocked, Actor = "a", Force = true, Reason = new string('x', 100) };

    public void Call(bool takesBack, Func<int, string, int> answer)
    {
        Made = SystemCalls.During(
            () =>
            {
                if (!StatusTransaction.Begin(_mission.Place, new Deadline(60_000)).Try(out var transaction, out var failure))
                {
                    Failure = failure;
                    return;
                }

                using (transaction)
                {
                    if (!transaction.Append([Move]).Try(out _outcome, out failure))
                    {
                        Failure = failure;
                    }
                    else if (takesBack)
                    {
                        Failure = transaction.TakeBack();
                        _isTakenBack = Failure is null;
                    }
                }
            },
            answer);
        if (Made.Count == 0)
        {
            throw new InvalidOperationException("no system call was seen: the product's imports are not bound to system-calls.c");
        }
    }

    /// <summary>What is not as it was answered, in sentences.</summary>
    /// <param name="isTidy">Whether nothing failed that would have cleaned up.</param>
    public IEnumerable<string> Broken(bool isTidy)
    {
        string log = Log;
        var asides = Directory.GetFiles(_mission.Folder, "*.torn-*").Select(File.ReadAllText).ToList();
        string added = log.StartsWith(_rows, StringComparison.Ordinal) ? log[_rows.Length..] : "";
        if (!log.StartsWith(_rows, StringComparison.Ordinal))
        {
            yield return "a row is gone";
        }

        if (_tail.Length > 0 && added != _tail && !asides.Contains(_tail))
        {
            yield return "the torn tail is lost";
        }

        // Once an append was acknowledged the torn tail stays where it was moved to.
        bool isUnchanged = _mission.Tree() == _before || (!isTidy && added == _tail) || (!isTidy && added.Length == 0)
            || (_outcome is not null && added.Length == 0 && _tail.Length > 0 && Snapshot == "old");
        bool isWritten = log.EndsWith('\n') && added.Count(static c => c == '\n') == (LacksLineFeed ? 2 : 1)
            && StatusLog.Read(_mission.Place.ProjectRoot, _mission.Place.LogRelativePath).Try(out var status, out _) && status.LaneOf(Wp) == Lane.Blocked;
        switch (Failure?.Effect)
        {
            case null when _isTakenBack:
                if (!isUnchanged)
                {
                    yield return "it is not taken back";
                }

                break;
            case null when !isWritten:
            case Effect.Committed when !isWritten:
                yield return "what was acknowledged is not there";
                break;
            case Effect.None when !isUnchanged:
                yield return "refused, and yet something changed";
                break;
            case Effect.Indeterminate when !isWritten && added.Length > 0 && added != _tail && !StatusLog.Read(_mission.Place.ProjectRoot, _mission.Place.LogRelativePath).Try(out _, out _):
                yield return "the log cannot be read any more";
                break;
        }

        if (_outcome is { } outcome && Failure is null && !_isTakenBack)
        {
            if (!added.Contains(outcome.EventIds.Single(), StringComparison.Ordinal))
            {
                yield return "another id was answered than was written";
            }

            var document = Encoding.UTF8.GetString(SnapshotDocument.Write(_mission.Read(), _mission.Place.Identity).Span);
            if (Snapshot != document && !outcome.Warnings.Any(static w => w.Contains("status.json", StringComparison.Ordinal)))
            {
                yield return "status.json is old, and nobody was told";
            }

            if (_tail.Length > 0 && !outcome.Warnings.Any(static w => w.Contains(".torn-", StringComparison.Ordinal)))
            {
                yield return "the torn tail was moved, and nobody was told";
            }
        }

        if (isTidy && Directory.GetFiles(_mission.Folder).Select(Path.GetFileName).Any(static name => name!.EndsWith(".tmp", StringComparison.Ordinal)))
        {
            yield return "a temporary file is left";
        }

        if (Open().ToList() is [var open, ..])
        {
            yield return "still open: " + open;
        }
    }

    /// <summary>The same call once more, when nothing fails.</summary>
    public void Retry()
    {
        _mission.Append(Move);
        if (_mission.Read() is var status && (status.LaneOf(Wp) != Lane.Blocked || status.TornTailBytes != 0) || !Log.StartsWith(_rows, StringComparison.Ordinal))
        {
            throw new InvalidOperationException("a retry did not do it");
        }
    }

    public void Dispose() => _mission.Dispose();

    private bool LacksLineFeed => _rows.Length > 0 && _rows[^1] != '\n';

    /// <summary>Files of the project that this process has open.</summary>
    private IEnumerable<string> Open() =>
        Directory.GetFileSystemEntries("/proc/self/fd").Select(static fd => new FileInfo(fd).LinkTarget ?? "").Where(path => path.StartsWith(_mission.Project.Path + "/", StringComparison.Ordinal));
}
