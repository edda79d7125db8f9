using System;
using System.IO;
using System.Linq;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

/// <summary>A project with one mission, with or without a log.</summary>
internal sealed class MissionFolder : IDisposable
{
    /// <param name="log">The log's content; null for none.</param>
    /// <param name="isInMemory">Whether it need not be on a disk.</param>
    /// <param name="isCommitted">Whether its appends may have to be taken back.</param>
    public MissionFolder(string? log = null, bool isInMemory = false, bool isCommitted = false)
    {
        Project = new TemporaryFolder(isInMemory);
        Directory.CreateDirectory(Folder);
        if (log is not null)
        {
            File.WriteAllText(Project["kitty-specs/077-m/status.events.jsonl"], log);
        }

        Place = new StatusPlace
        {
            ProjectRoot = Project.Path,
            MissionDirectoryName = "077-m",
            LogRelativePath = "kitty-specs/077-m/status.events.jsonl",
            SnapshotRelativePath = "kitty-specs/077-m/status.json",
            LockPath = StatusPlace.LockPathOf(Project.Path + "/.kittify/spec-kitty-locks", "077-m"),
            IsCommitted = isCommitted,
            Identity = new Identity { MissionId = "01JQ8Z4T6V9W0X1Y2Z3A4B5C6D", MissionSlug = "077-m", MissionNumber = 77, MissionType = "software-dev" },
        };
    }

    public TemporaryFolder Project { get; }

    public StatusPlace Place { get; }

    public string Folder => Project["kitty-specs/077-m"];

    public byte[] Log => File.ReadAllBytes(Place.LogPath);

    /// <summary>As a caller would: what is retryable is tried again, so that a loaded machine is no failure.</summary>
    public StatusTransaction Begin()
    {
        StatusTransaction? transaction;
        while (!StatusTransaction.Begin(Place, new Deadline(60_000)).Try(out transaction, out var failure))
        {
            if (failure.Code != ErrorCode.LockTimeout)
            {
                throw new InvalidOperationException(failure.Message);
            }
        }

        return transaction;
    }

    public AppendOutcome Append(params LaneMove[] moves)
    {
        using var transaction = Begin();
        return transaction.Append(moves).Try(out var outcome, out var failure) ? outcome : throw new InvalidOperationException(failure.Message);
    }

    public MissionStatus Read() =>
        StatusLog.Read(Place.ProjectRoot, Place.LogRelativePath).Try(out var status, out var failure) ? status : throw new InvalidOperationException(failure.Message);

    /// <summary>Every file of the mission with its content.</summary>
    public string Tree() =>
        string.Concat(Directory.GetFileSystemEntries(Folder).Order(StringComparer.Ordinal).Select(f => Path.GetFileName(f) + "\n" + Encoding.Latin1.GetString(File.ReadAllBytes(f)) + "\n"));

    public void Dispose() => Project.Dispose();
}
