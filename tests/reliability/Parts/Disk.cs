using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using SpecKitty.Reliability.Harness;
using SpecKitty.Reliability.Scenes;

namespace SpecKitty.Reliability.Parts;

/// <summary>A file system that fills up at every possible byte, one that turns read-only, limits on file size, on descriptors and on the address space.</summary>
internal sealed class Disk : Part
{
    private const int PageSize = 4096;

    public override string Name => "disk";

    public override string Subject => "a disk that fills, a read-only remount, ulimit -f, ulimit -n and ulimit -v";

    public override void Run(Options options, Report report)
    {
        if (Native.EffectiveUser() != 0)
        {
            // run.sh gives the driver a user namespace of its own; without one this part cannot be done, and that is a failure where it counts.
            bool strict = Environment.GetEnvironmentVariable("CI") == "true";
            report.Case(strict ? "mounting needs root or a user namespace" : null, "the part itself");
            report.Tally("skipped: no right to mount");
            return;
        }

        var mutations = options.Share(Mutations.All.Where(m => options.Matches(m.Name)), 5);
        Work.Each(mutations, options.Jobs, mutation =>
        {
            Fill(options, report, mutation);
            ReadOnly(report, mutation);
        });
        Work.Each(mutations, options.Jobs, mutation =>
        {
            SizeLimit(options, report, mutation);
            DescriptorLimit(report, mutation);
            AddressLimit(report, mutation);
        });
    }

    /// <summary>A tmpfs with one page more each time, and the log's end at several places in its page, so that writes come up short too.</summary>
    private static void Fill(Options options, Report report, Mutation mutation)
    {
        int[] roomInPage = options.Scale == Scale.Sample ? [700] : [0, 1, 300, 700, 1500];
        foreach (int room in roomInPage)
        {
            for (int pages = 0; pages <= 12; pages++)
            {
                using var scene = mutation.Arrange();
                string mount = scene.Top + "-small";
                Directory.CreateDirectory(mount);
                if (Native.Mount("none", mount, "tmpfs", 0, "size=2m") != 0)
                {
                    report.Case("cannot mount a tmpfs", mutation.Name);
                    return;
                }

                try
                {
                    Templates.CopyTree(scene.Top + "/project", mount + "/project");
                    var small = new Scene(mutation.Kind, mount) { Input = scene.Input };
                    Align(small, room, mutation.Settled is not null);
                    Leave(mount, pages);
                    var aftermath = new Aftermath(mutation, small);
                    var answer = small.Call(mutation.Argv(small), null, mutation.Environment).Run();
                    string? problem = aftermath.Answered(answer) ?? States.Differ(small);
                    report.Tally("full disk: " + (answer.Succeeded ? "succeeded" : answer.Envelope.Reason + " " + answer.Envelope.Effect));
                    File.Delete(mount + "/filler");
                    report.Case(problem ?? aftermath.Again(), $"{mutation.Name}: {pages} pages left, log ends {room} bytes before a page", answer);
                }
                finally
                {
                    Native.Unmount(mount, 2);
                    Directory.Delete(mount);
                }
            }
        }
    }

    /// <summary>A row of another kind, so long that the log ends so many bytes before the end of a page.</summary>
    private static void Align(Scene scene, int room, bool isToLand)
    {
        if (!File.Exists(scene.Log) || scene.ReadLog().TornTail > 0 || File.ReadAllBytes(scene.Log)[^1] != '\n')
        {
            return;
        }

        const string Row = "{\"kind\": \"filler\", \"text\": \"\"}\n";
        long length = new FileInfo(scene.Log).Length + Row.Length;
        int fill = (int)((PageSize - room - (length % PageSize) + PageSize) % PageSize);
        File.AppendAllText(scene.Log, Row.Insert(Row.Length - 3, new string('x', fill)));
        if (isToLand && scene.Kind.Coordination)
        {
            // A merge leaves a worktree that holds what is in no commit.
            scene.Git("-C", scene.StatusDirectory, "commit", "--quiet", "--all", "--message=filler");
        }
    }

    /// <summary>Fills a tmpfs but for some pages.</summary>
    private static void Leave(string mount, int pages)
    {
        using var filler = new FileStream(mount + "/filler", FileMode.Create, FileAccess.Write, FileShare.None, 1);
        byte[] page = new byte[PageSize];
        long written = 0;
        try
        {
            while (true)
            {
                filler.Write(page);
                written += PageSize;
            }
        }
        catch (IOException)
        {
            filler.SetLength(Math.Max(0, written - (pages * PageSize)));
        }
    }

    private static void ReadOnly(Report report, Mutation mutation)
    {
        using var scene = mutation.Arrange();
        string mount = scene.Top + "-ro";
        Directory.CreateDirectory(mount);
        if (Native.Mount("none", mount, "tmpfs", 0, "size=64m") != 0)
        {
            report.Case("cannot mount a tmpfs", mutation.Name);
            return;
        }

        try
        {
            Templates.CopyTree(scene.Top + "/project", mount + "/project");
            var frozen = new Scene(mutation.Kind, mount) { Input = scene.Input };
            if (!Freeze(mount))
            {
                report.Case("cannot remount read-only", mutation.Name);
                return;
            }

            var aftermath = new Aftermath(mutation, frozen);
            var answer = frozen.Call(mutation.Argv(frozen), null, mutation.Environment).Run();
            string? problem = answer.Succeeded ? "it claims to have written" : aftermath.Answered(answer) ?? States.Differ(frozen);
            var ready = frozen.Call(Calls.Ready()).Run();
            problem ??= ready.Succeeded ? null : "list-ready fails: " + ready;
            Native.Mount("none", mount, "tmpfs", Native.MountRemount, "size=64m");
            report.Case(problem ?? aftermath.Again(), mutation.Name + ": read-only file system", answer);
        }
        finally
        {
            Native.Unmount(mount, 2);
            Directory.Delete(mount);
        }
    }

    /// <summary>A process that another thread is about to start holds our descriptors for a moment, and keeps the mount busy.</summary>
    private static bool Freeze(string mount)
    {
        for (int tries = 0; tries < 1000; tries++)
        {
            if (Native.Mount("none", mount, "tmpfs", Native.MountRemount | Native.MountReadOnly, "size=64m") == 0)
            {
                return true;
            }

            Native.SleepMicroseconds(1000);
        }

        return false;
    }

    /// <summary>RLIMIT_FSIZE at each byte around what the call writes: writes come up short there, and the next fails with EFBIG.</summary>
    private static void SizeLimit(Options options, Report report, Mutation mutation)
    {
        long log;
        using (var probe = mutation.Arrange())
        {
            log = File.Exists(probe.Log) ? new FileInfo(probe.Log).Length : 0;
        }

        int step = options.Count(331, 97, 13);
        var limits = Enumerable.Range(0, 1600 / step).Select(i => log + (i * step)).Concat([0, 1, log - 1, log, log + 1, log + 2]).Where(l => l >= 0).Distinct();
        foreach (long limit in limits)
        {
            using var scene = mutation.Arrange();
            var aftermath = new Aftermath(mutation, scene);
            var answer = scene.Call(mutation.Argv(scene), ["prlimit", "--fsize=" + limit.ToString(CultureInfo.InvariantCulture)], mutation.Environment).Run();
            report.Tally("ulimit -f: " + (answer.Succeeded ? "succeeded" : answer.Envelope.Reason + " " + answer.Envelope.Effect));
            report.Case(aftermath.Answered(answer) ?? aftermath.Again(), $"{mutation.Name}: files may have {limit} bytes", answer);
        }
    }

    private static void DescriptorLimit(Report report, Mutation mutation)
    {
        for (int limit = 3; limit <= 16; limit++)
        {
            using var scene = mutation.Arrange();
            var aftermath = new Aftermath(mutation, scene);
            var answer = scene.Call(mutation.Argv(scene), ["prlimit", "--nofile=" + limit.ToString(CultureInfo.InvariantCulture)], mutation.Environment).Run();
            bool beforeTheCall = answer.Envelope.Problem is not null && answer.ExitCode is 127 or 255 && answer.Output.Length == 0;
            report.Tally("ulimit -n: " + (beforeTheCall ? "the runtime does not start" : answer.Succeeded ? "succeeded" : answer.Envelope.Reason + " " + answer.Envelope.Effect));
            string? problem = beforeTheCall && limit <= 4 ? aftermath.Unharmed() ?? (aftermath.Untouched() is { Length: > 0 } changes ? changes : null) : aftermath.Answered(answer);
            report.Case(problem ?? aftermath.Again(), $"{mutation.Name}: {limit} descriptors", answer);
        }
    }

    /// <summary>RLIMIT_AS, for git too: from so much on each call answers; below, whoever cannot start or goes on without memory has changed nothing, or done all of it.</summary>
    private static void AddressLimit(Report report, Mutation mutation)
    {
        const int Enough = 320;
        foreach (int mebibytes in new[] { 4, 16, 32, 64, 96, 128, 160, 192, 224, Enough, 512, 1024, 4096 })
        {
            using var scene = mutation.Arrange();
            var aftermath = new Aftermath(mutation, scene);
            var answer = scene.Call(mutation.Argv(scene), ["prlimit", "--as=" + (mebibytes * 1024L * 1024).ToString(CultureInfo.InvariantCulture)], mutation.Environment).Run();
            bool isMute = answer.Output.Length == 0 && answer.ExitCode != 0 && !answer.Hung && mebibytes < Enough;
            report.Tally("ulimit -v: " + (isMute ? "no room to answer" : answer.Succeeded ? "succeeded" : answer.Envelope.Reason + " " + answer.Envelope.Effect));
            string? problem = isMute ? aftermath.Unharmed() ?? (aftermath.Seen == Seen.Wrong ? "a part of the call took effect" : null) : aftermath.Answered(answer);
            report.Case(problem ?? aftermath.Again(), $"{mutation.Name}: {mebibytes} MiB of addresses", answer);
        }
    }
}
