using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using CsCheck;
using SpecKitty.Contract;
using SpecKitty.Status;

namespace SpecKitty.Runtime.Tests.Status;

internal sealed class EventLogReaderTests
{
    private static readonly byte[] Three = Rows.Log(
        Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:01+00:00", Rows.Id(1)),
        Rows.Lane("WP01", "claimed", "in_progress", "2026-01-01T00:00:02+00:00", Rows.Id(2), actor: "\"é\""),
        Rows.Lane("WP02", "planned", "blocked", "2026-01-01T00:00:03+00:00", Rows.Id(3)));

    /// <summary>What a reader may see while a writer writes, or after a writer was killed: any beginning of the log.</summary>
    [Test]
    public async Task Any_beginning_of_a_log_reads_as_its_whole_rows()
    {
        for (int length = 0; length <= Three.Length; length++)
        {
            var prefix = Three[..length];
            var status = Rows.Good(prefix);
            int rows = prefix.Count(b => b == '\n');
            bool lacksOnlyLineFeed = length < Three.Length && Three[length] == '\n';
            await Assert.That(status.EventCount).IsEqualTo(rows + (lacksOnlyLineFeed ? 1 : 0));
            int whole = lacksOnlyLineFeed ? length : Array.LastIndexOf(prefix, (byte)'\n') + 1;
            await Assert.That(status.TornTailBytes).IsEqualTo(length - whole);
            await Assert.That(status.End).IsEqualTo(whole);
            await Assert.That(status.LacksLineFeed).IsEqualTo(lacksOnlyLineFeed);
        }
    }

    [Test]
    public async Task What_stands_behind_the_last_line_feed_counts_if_it_is_whole()
    {
        foreach (string torn in (string[])["{", "{\"a\": 1", "\"abc", "[1", "nul", "\0\0\0", "<<<<<<<", "-", "{} {", "\uFEFF{}", "{\"event_type\": \"\t\"}"])
        {
            var status = Rows.Good([.. Three, .. Encoding.UTF8.GetBytes(torn)]);
            await Assert.That(status.EventCount).IsEqualTo(3).Because(torn);
            await Assert.That(status.TornTailBytes).IsEqualTo(Encoding.UTF8.GetByteCount(torn));
            await Assert.That(status.LacksLineFeed).IsFalse();
        }

        foreach (string whole in (string[])["{\"event_type\": 1}", "{\"kind\": \"x\"}", " ", "\r", "\t "])
        {
            var status = Rows.Good([.. Three, .. Encoding.UTF8.GetBytes(whole)]);
            await Assert.That(status.EventCount).IsEqualTo(3).Because(whole);
            await Assert.That(status.TornTailBytes).IsEqualTo(0);
            await Assert.That(status.LacksLineFeed).IsTrue();
        }

        // No beginning of a row is a whole value: whoever wrote these wrote all of them.
        foreach (string invalid in (string[])["{}", "[]", "12", "null", "\"abc\"", "{\"wp_id\": \"WP01\"}"])
        {
            var failure = Rows.Bad([.. Three, .. Encoding.UTF8.GetBytes(invalid)]);
            await Assert.That(Rows.Where(failure).Line).IsEqualTo(4).Because(invalid);
        }

        await Assert.That(Rows.Good([.. Three, (byte)'"', 0xFF, (byte)'"']).TornTailBytes).IsEqualTo(3);
    }

    [Test]
    public async Task A_corrupt_row_is_named_wherever_it_stands()
    {
        foreach (var (bad, detail) in ((byte[], string)[])[
            ("not json"u8.ToArray(), "the row is not JSON from its byte 1 on"), ("[1]"u8.ToArray(), "the row is JSON, but no object"), ("{\"wp_id\": \"WP01\"}"u8.ToArray(), "the row has no 'event_id'"),
            ("<<<<<<< HEAD"u8.ToArray(), "the row is not JSON from its byte 1 on"), ([0xFF, 0xFE], "the row is not UTF-8"), ([0], "the row is not JSON from its byte 1 on"),
            ("{\"event_type\": \"\t\"}"u8.ToArray(), "the row is not JSON from its byte 17 on"), ([0xEF, 0xBB, 0xBF, (byte)'{', (byte)'}'], "the row is not JSON from its byte 1 on")])
        {
            var lines = Encoding.UTF8.GetString(Three).Split('\n')[..3];
            for (int at = 0; at <= 3; at++)
            {
                var before = Rows.Log(lines[..at]);
                byte[] log = [.. before, .. bad, (byte)'\n', .. Rows.Log(lines[at..])];
                var failure = Rows.Bad(log);
                await Assert.That(failure.Code).IsEqualTo(ErrorCode.EventLogCorrupt);
                await Assert.That(Rows.Where(failure).Line).IsEqualTo(at + 1);
                await Assert.That(Rows.Where(failure).Offset).IsEqualTo(before.Length);
                await Assert.That(Rows.Where(failure).Path).IsEqualTo("/p/log");
                await Assert.That(Rows.Where(failure).Detail).IsEqualTo(detail);
                await Assert.That(failure.Message).IsEqualTo($"log is corrupt at line {at + 1} (byte {before.Length}): {detail}");
            }
        }
    }

    [Test]
    public async Task Lines_that_are_blank_count_and_carriage_returns_do_no_harm()
    {
        string row = Rows.Lane("WP01", "planned", "claimed");
        await Assert.That(Rows.Good(Rows.Log("", "  ", "\t\v\f", row + "\r", "\r")).EventCount).IsEqualTo(1);
        await Assert.That(Rows.Where(Rows.Bad(Rows.Log("", "\r", " x"))).Line).IsEqualTo(3);

        // Only a line feed ends a row: what Python also takes for a line's end may stand in a string.
        await Assert.That(Rows.Good(Rows.Log(Rows.Lane("WP01", "planned", "claimed", actor: "\"a\u2028\u2029\u0085b\""))).WorkPackages[0].Actor).IsEqualTo("a\u2028\u2029\u0085b");
    }

    [Test]
    public async Task Deep_nesting_is_a_fault_and_no_crash()
    {
        string deep = new string('[', 10_000) + new string(']', 10_000);
        var failure = Rows.Bad(Rows.Log(Rows.Lane("WP01", "planned", "claimed"), "{\"event_type\": " + deep + "}"));
        await Assert.That(Rows.Where(failure).Detail).IsEqualTo("the row is nested deeper than 1000 levels");
        await Assert.That(Rows.Where(failure).Line).IsEqualTo(2);
    }

    [Test]
    public void Files_of_any_size_read_as_bytes_at_hand_do()
    {
        using var folder = new TemporaryFolder();
        var row = Gen.Select(Gen.Int[1, 40], Gen.OneOf(Gen.Int[0, 300], Gen.Int[0, 300], Gen.Int[20_000, 80_000]), Gen.Bool);
        Gen.Select(row.List[0, 60], Gen.Int[0, 400]).Sample(
            (rows, cut) =>
            {
                var text = new StringBuilder();
                int i = 0;
                foreach (var (wp, filling, blank) in rows)
                {
                    text.Append(Rows.Lane("WP" + wp, "planned", "claimed", $"2026-01-01T00:{i / 60:D2}:{i % 60:D2}+00:00", Rows.Id(i++), actor: '"' + new string('é', filling) + '"')).Append('\n');
                    text.Append(blank ? "\n" : "");
                }

                var log = Encoding.UTF8.GetBytes(text.ToString());
                log = log[..Math.Max(0, log.Length - cut)];
                string name = Guid.NewGuid().ToString();
                File.WriteAllBytes(folder[name], log);
                var fromFile = StatusLog.Read(folder.Path, name);
                File.Delete(folder[name]);
                return fromFile.Try(out var status, out _) && Rows.Describe(status) == Rows.Describe(Rows.Good(log)) && status.TornTailBytes == Rows.Good(log).TornTailBytes;
            },
            iter: 60);
    }

    [Test]
    public async Task A_row_may_have_megabytes()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["log"], Rows.Log(Rows.Lane("WP01", "planned", "claimed", actor: '"' + new string('x', 10_000_000) + '"'), Rows.Lane("WP02", "planned", "claimed", id: Rows.Id(2))));
        await Assert.That(StatusLog.Read(folder.Path, "log").Try(out var status, out _)).IsTrue();
        await Assert.That(status!.EventCount).IsEqualTo(2);
        await Assert.That(status.WorkPackages[0].Actor!.Length).IsEqualTo(10_000_000);
    }

    [Test]
    public async Task A_sparse_gigabyte_is_refused_early()
    {
        using var folder = new TemporaryFolder();
        using (var file = File.Create(folder["log"]))
        {
            file.Write(Three);
            file.SetLength(1L << 30);
        }

        var failure = StatusLog.Read(folder.Path, "log").Failure!;
        await Assert.That(failure.Code).IsEqualTo(ErrorCode.EventLogCorrupt);
        await Assert.That(Rows.Where(failure).Line).IsEqualTo(4);
        await Assert.That(Rows.Where(failure).Offset).IsEqualTo(Three.Length);
        await Assert.That(Rows.Where(failure).Detail).IsEqualTo("the row is longer than 67108864 bytes");
    }

    [Test]
    public async Task No_log_is_an_empty_log()
    {
        using var folder = new TemporaryFolder();
        await Assert.That(StatusLog.Read(folder.Path, "no/log").Try(out var status, out _)).IsTrue();
        await Assert.That(status!.EventCount).IsEqualTo(0);
    }

    [Test]
    public async Task What_is_no_file_or_leads_out_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var outside = new TemporaryFolder();
        File.WriteAllBytes(outside["log"], Three);
        Directory.CreateDirectory(folder["directory"]);
        Commands.Run("mkfifo", folder["fifo"]);
        File.CreateSymbolicLink(folder["link"], outside["log"]);
        foreach (string name in (string[])["directory", "fifo", "link", "../" + Path.GetFileName(outside.Path) + "/log"])
        {
            var failure = StatusLog.Read(folder.Path, name).Failure!;
            await Assert.That(failure.Code).IsEqualTo(ErrorCode.IoFailed);
            await Assert.That(failure.Retryable).IsFalse();
            await Assert.That(failure.Effect).IsEqualTo(Effect.None);
        }
    }
}
