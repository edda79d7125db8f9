using System;
using System.Runtime.InteropServices;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Status;

/// <summary>
/// What the rows of a long log amount to up to some row, kept beside the mission's lock, so that a call need only read what came behind
/// (docs/adr/0011). Written by mutations, under the lock. It can be deleted, torn, old or forged at any time: it is used only while every part of it
/// agrees with the log, and with anything else the whole log is read, as if it were not there.
/// <para>
/// The file is a stamp and an image. The image says the state and where in the log it ends, and does not change. The stamp says which
/// image, and which file the log was, how long, and when last changed, at the moment after the last append of this host: each append
/// writes it anew, in place, as long as the rows behind the image are few. A log that has the stamp's times and length has been changed by nobody since.
/// </para>
/// </summary>
internal sealed class StatusCheckpoint
{
    /// <summary>Counts on whenever the same rows may amount to something else, or images look otherwise.</summary>
    public const int Version = 1;

    /// <summary>
    /// Bytes of a log below which there is no checkpoint. For a read alone it pays from some 20 KiB on; a mutation has to write it too.
    /// </summary>
    public const int LeastLog = 64 * 1024;

    /// <summary>Bytes of rows behind the image at which the next mutation makes a new one.</summary>
    public const int LongestTail = 16 * 1024;

    /// <summary>A larger image is not kept: the mission is not one that this is made for.</summary>
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>How much of the log before the image's end is compared.</summary>
    private const int LargestProbe = 4096;

    private const long Magic = 0x01544B43_59544B53;
    private const int BootIdLength = 36;
    private const int StampLength = 8 + 4 + 4 + BootIdLength + 4 + 4 + (4 * 8) + 4 + 8 + 8;
    private const ulong Seed = 0x5BD1E995_2545F491;
    private const uint WriteByGroup = 0x10, WriteByOthers = 0x2;

    private readonly string _path;
    private readonly byte[] _bootId;
    private readonly int _imageLength;
    private readonly long _imageHash;

    private StatusCheckpoint(string path, byte[] bootId, int imageLength, long imageHash, LogPosition end)
    {
        _path = path;
        _bootId = bootId;
        _imageLength = imageLength;
        _imageHash = imageHash;
        End = end;
    }

    /// <summary>Where the rows begin that the image does not know.</summary>
    public LogPosition End { get; }

    /// <summary>The checkpoint of a log, if there is one that holds for it; else null.</summary>
    /// <param name="path">Absolute path of the checkpoint.</param>
    /// <param name="log">The open log.</param>
    /// <param name="facts">What the log is; looked up anew if a mutation is just under way.</param>
    /// <param name="isLocked">Whether the caller has the mission's lock, so that no mutation can be.</param>
    /// <param name="reducer">The state at <see cref="End"/>.</param>
    public static StatusCheckpoint? Find(string path, int log, bool isLocked, ref FileFacts facts, out Reducer? reducer)
    {
        reducer = null;
        if (ReadBootId() is not { } bootId)
        {
            return null;
        }

        // Between a mutation's append and its stamp, a few microseconds, nothing fits. Waiting a little is cheaper than reading everything.
        const long FirstPause = 20_000, LongestWait = 2_000_000, BytesPerNanosecond = 8;
        long patience = isLocked ? 0 : Math.Min(facts.Size / BytesPerNanosecond, LongestWait);
        for (long pause = FirstPause; ; pause *= 2)
        {
            var found = Load(path, log, facts, bootId, out reducer, out bool mayBeUnderWay);
            if (found is not null || !mayBeUnderWay || pause > patience)
            {
                return found;
            }

            Posix.Sleep(pause);
            patience -= pause;
            if (Posix.Stat(log, out facts) < 0)
            {
                return null;
            }
        }
    }

    /// <summary>Says that the log is now this, and was only appended to since it was what it was when the checkpoint was found.</summary>
    public void Stamp(in FileFacts log)
    {
        int file = Posix.Open(_path, OpenFlags.WriteOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking);
        if (file >= 0)
        {
            // If it fails, the stamp that is there fits nothing any more, and that is all.
            Posix.WriteAt(file, StampOf(log, _bootId, _imageLength, _imageHash).Written, 0);
            Posix.Close(file);
        }
    }

    /// <summary>Makes a new checkpoint. Failing is no failure.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="log">The open log.</param>
    /// <param name="facts">What the log is.</param>
    /// <param name="status">What all of it amounts to; it ends in whole rows.</param>
    /// <returns>Null if there is none now.</returns>
    public static StatusCheckpoint? Write(string path, int log, in FileFacts facts, MissionStatus status)
    {
        if (ReadBootId() is not { } bootId)
        {
            return null;
        }

        var image = new ImageWriter();
        image.Add(status.EndPosition);
        Span<byte> probe = stackalloc byte[LargestProbe];
        if (!TryProbe(log, status.EndPosition.Offset, ref probe))
        {
            return null;
        }

        image.Add(Hash(probe));
        status.Reducer.Save(image);
        long imageHash = Hash(image.Written);
        var content = StampOf(facts, bootId, image.Written.Length, imageHash);
        content.AddRaw(image.Written);
        if (content.Written.Length > LargestFile)
        {
            return null;
        }

        // What could not be trusted must not hand down its owner's permissions.
        if (Posix.Stat(path, out var old, followLink: false) >= 0 && !IsTrusted(old, facts))
        {
            Posix.Unlink(path);
        }

        return DurableFile.Replace(path, content.Written, sync: false) is null
            ? new StatusCheckpoint(path, bootId, image.Written.Length, imageHash, status.EndPosition)
            : null;
    }

    /// <param name="path">The checkpoint's.</param>
    /// <param name="log">The open log.</param>
    /// <param name="facts">What it is.</param>
    /// <param name="bootId">The machine's.</param>
    /// <param name="reducer">The state.</param>
    /// <param name="mayBeUnderWay">Whether it may hold in a moment, although it does not.</param>
    private static StatusCheckpoint? Load(string path, int log, in FileFacts facts, byte[] bootId, out Reducer? reducer, out bool mayBeUnderWay)
    {
        reducer = null;
        mayBeUnderWay = false;
        int file = Posix.Open(path, OpenFlags.ReadOnly | OpenFlags.NoFollow | OpenFlags.NonBlocking);
        if (file < 0)
        {
            return null;
        }

        StatusCheckpoint? found = null;
        if (Posix.Stat(file, out var own) >= 0 && IsTrusted(own, facts) && own.Size is >= StampLength and <= LargestFile)
        {
            var buffer = BufferPool.Rent((int)own.Size);
            var content = buffer.AsSpan(0, (int)own.Size);
            if (Posix.ReadAt(file, content, 0) == content.Length)
            {
                found = Read(path, content, log, facts, bootId, out reducer, out mayBeUnderWay);
            }

            BufferPool.Return(buffer);
        }

        Posix.Close(file);
        return found;
    }

    private static StatusCheckpoint? Read(
        string path, ReadOnlySpan<byte> content, int log, in FileFacts facts, byte[] bootId, out Reducer? reducer, out bool mayBeUnderWay)
    {
        reducer = null;
        var image = content[StampLength..];
        long imageHash = Hash(image);
        var expected = StampOf(facts, bootId, image.Length, imageHash).Written;
        mayBeUnderWay = content.StartsWith(expected[..(8 + 4 + 4 + BootIdLength)]);
        if (!content.StartsWith(expected))
        {
            return null;
        }

        mayBeUnderWay = false;
        var reader = new ImageReader(image);
        var end = reader.Position();
        long probeHash = reader.Long();
        Span<byte> probe = stackalloc byte[LargestProbe];
        if (!reader.IsGood || end.Offset <= 0 || end.Offset > facts.Size || !TryProbe(log, end.Offset, ref probe) || Hash(probe) != probeHash)
        {
            return null;
        }

        reducer = Reducer.Load(ref reader);
        if (!reader.IsAtGoodEnd)
        {
            reducer = null;
            return null;
        }

        return new StatusCheckpoint(path, bootId, image.Length, imageHash, end);
    }

    private static ImageWriter StampOf(in FileFacts log, byte[] bootId, int imageLength, long imageHash)
    {
        var stamp = new ImageWriter();
        stamp.Add(Magic);
        stamp.Add(Version);
        stamp.Add((int)Hash(MemoryMarshal.AsBytes(BuildVersion.Text.AsSpan())));
        stamp.AddRaw(bootId);
        stamp.Add((int)log.DeviceMajor);
        stamp.Add((int)log.DeviceMinor);
        stamp.Add((long)log.Inode);
        stamp.Add(log.Size);
        stamp.Add(log.Changed);
        stamp.Add(log.Modified);
        stamp.Add(imageLength);
        stamp.Add(imageHash);
        stamp.Add(Hash(stamp.Written));
        return stamp;
    }

    /// <summary>
    /// Whether nobody can have written it who cannot write the log as well: who can, needs no forged checkpoint. A superuser's is as good as the owner's.
    /// </summary>
    private static bool IsTrusted(in FileFacts file, in FileFacts log)
    {
        uint others = file.Permissions & (WriteByGroup | WriteByOthers);
        return file.IsRegular && (file.Owner == log.Owner || file.Owner == 0)
            && (others & ~log.Permissions) == 0 && ((others & WriteByGroup) == 0 || file.Group == log.Group);
    }

    /// <summary>The bytes of the log just before an offset.</summary>
    private static bool TryProbe(int log, long end, ref Span<byte> probe)
    {
        probe = probe[..(int)Math.Min(end, probe.Length)];
        return Posix.ReadAt(log, probe, end - probe.Length) == probe.Length;
    }

    /// <summary>
    /// Names the running kernel. After a crash a log may have its times and its length but not all of its bytes; and what another machine, or a
    /// commit, brings must count as nothing.
    /// </summary>
    private static byte[]? ReadBootId()
    {
        int file = Posix.Open("/proc/sys/kernel/random/boot_id", OpenFlags.ReadOnly);
        if (file < 0)
        {
            return null;
        }

        var id = new byte[BootIdLength];
        bool isRead = Posix.Read(file, id) == id.Length;
        Posix.Close(file);
        return isRead ? id : null;
    }

    private static long Hash(ReadOnlySpan<byte> bytes) => (long)NameTable.Hash(bytes, Seed);
}
