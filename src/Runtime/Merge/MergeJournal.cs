using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Merge;

/// <summary>
/// What a killed merge is finished by: the whole plan, on disk before the first ref moves and gone after the last thing is done (docs/adr/0006). It is
/// replaced as a whole, so it is never half there.
/// </summary>
internal static class MergeJournal
{
    private const int Version = 1;
    private const int MaxBytes = 64 * 1024 * 1024;
    private const string Prefix = "merge-", Suffix = ".journal";

    /// <summary>Absolute path of a mission's.</summary>
    public static string PathOf(string commonDirectory, string mission) => DirectoryOf(commonDirectory) + "/" + Prefix + mission + Suffix;

    /// <summary>Absolute paths of all there are; IO_FAILED where that cannot be told.</summary>
    public static Result<List<string>> All(string commonDirectory)
    {
        var paths = new List<string>();
        string directory = DirectoryOf(commonDirectory);
        var outcome = DirectoryEntries.TryOpen(commonDirectory, directory[(commonDirectory.Length + 1)..], out var entries);
        if (outcome.IsFault)
        {
            return outcome.ToFailure("read", directory);
        }

        if (entries is not null)
        {
            using (entries)
            {
                while (entries.MoveNext())
                {
                    string name = Encoding.UTF8.GetString(entries.Name);
                    if (name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
                    {
                        paths.Add(directory + "/" + name);
                    }
                }

                if (entries.Errno != 0)
                {
                    return FileErrors.ToFailure("read", directory, entries.Errno);
                }
            }
        }

        CollectionsMarshal.AsSpan(paths).Sort(string.CompareOrdinal);
        return paths;
    }

    /// <summary>Writes it durably.</summary>
    /// <param name="path">Absolute path.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="isLanded">Refs, checkouts and rows are done; only what is left over has still to go.</param>
    public static Failure? Write(string path, MergePlan plan, bool isLanded)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = PythonJson.DocumentWriter(buffer))
        {
            Write(writer, plan, isLanded);
        }

        buffer.Write("\n"u8);
        if (Directories.Make(path[..path.LastIndexOf('/')]) is < 0 and var error)
        {
            return FileErrors.ToFailure("write", path, error);
        }

        // That it landed can be seen from everything else, at a price: it need not survive a power cut.
        return DurableFile.Replace(path, buffer.WrittenSpan, sync: !isLanded);
    }

    /// <summary>The plan of a merge that was killed, and how far it had come; null without one.</summary>
    public static Result<Content?> Read(string path)
    {
        int slash = path.LastIndexOf('/');
        long writtenAt = Posix.Stat(path, out var facts) >= 0 ? facts.Changed : 0;
        var outcome = ProjectFiles.TryRead(path[..slash], path[(slash + 1)..], MaxBytes, out var bytes);
        using (bytes)
        {
            if (outcome.IsMissing)
            {
                return (Content?)null;
            }

            if (!outcome.IsOk)
            {
                return new Failure(ErrorCode.IoFailed, Messages.IoFailed("read", path, outcome.Detail));
            }

            try
            {
                using var document = JsonDocument.Parse(bytes.Memory);
                return Parse(document.RootElement, writtenAt);
            }
            catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
            {
                // Only another program can have written that.
                return new Failure(ErrorCode.IoFailed, Messages.MergeJournalInvalid(path)) { Retryable = false };
            }
        }
    }

    /// <summary>Removes it, and its directory if no other mission has one.</summary>
    public static void Remove(string path)
    {
        Posix.Unlink(path);
        Posix.RemoveDirectory(path[..path.LastIndexOf('/')]);
    }

    private static string DirectoryOf(string commonDirectory) => commonDirectory + "/spec-kitty";

    private static void Write(Utf8JsonWriter writer, MergePlan plan, bool isLanded)
    {
        writer.WriteStartObject();
        writer.WriteNumber("version"u8, Version);
        writer.WriteBoolean("is_landed"u8, isLanded);
        writer.WriteString("mission"u8, plan.Mission);
        writer.WriteString("target"u8, plan.Target);
        writer.WriteNumber("strategy"u8, (int)plan.Strategy);
        writer.WriteString("landed"u8, plan.Landed);
        writer.WriteBoolean("writes_status"u8, plan.WritesStatus);
        writer.WriteBoolean("has_rows"u8, plan.HasRows);
        WriteTexts(writer, "work_packages", plan.WorkPackages);
        WriteTexts(writer, "kept_worktrees", plan.KeptWorktrees);
        writer.WriteStartArray("refs"u8);
        foreach (var move in plan.Refs)
        {
            writer.WriteStartObject();
            writer.WriteString("name"u8, move.Name);
            writer.WriteString("old"u8, move.Old);
            writer.WriteString("new"u8, move.New);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("moves"u8);
        foreach (var move in plan.Moves)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, move.Path);
            writer.WriteString("git_directory"u8, move.GitDirectory);
            writer.WriteString("branch"u8, move.Branch);
            writer.WriteString("from"u8, move.From);
            writer.WriteString("from_tree"u8, move.FromTree);
            writer.WriteString("to"u8, move.To);
            WriteTexts(writer, "taken", move.Taken);
            writer.WriteStartArray("kept"u8);
            foreach (var entry in move.Kept)
            {
                writer.WriteStartObject();
                writer.WriteString("path"u8, entry.Path);
                writer.WriteString("mode"u8, entry.Mode);
                writer.WriteString("id"u8, entry.Id);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("removals"u8);
        foreach (var removal in plan.Removals)
        {
            writer.WriteStartObject();
            writer.WriteString("path"u8, removal.Path);
            writer.WriteString("git_directory"u8, removal.GitDirectory);
            writer.WriteNumber("checked_at"u8, removal.CheckedAt);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static Content Parse(JsonElement root, long writtenAt)
    {
        if (root.GetProperty("version").GetInt32() != Version)
        {
            throw new JsonException();
        }

        var plan = new MergePlan
        {
            Mission = Text(root, "mission"),
            Target = Text(root, "target"),
            Strategy = (MergeStrategy)root.GetProperty("strategy").GetInt32(),
            Landed = Text(root, "landed"),
            WritesStatus = root.GetProperty("writes_status").GetBoolean(),
            HasRows = root.GetProperty("has_rows").GetBoolean(),
            WorkPackages = Texts(root, "work_packages").ToArray(),
            KeptWorktrees = Texts(root, "kept_worktrees").ToArray(),
            Refs = List(root, "refs", static item => new RefMove(Text(item, "name"), item.GetProperty("old").GetString(), item.GetProperty("new").GetString())),
            Moves = List(root, "moves", static item => new WorktreeMove
            {
                Path = Text(item, "path"),
                GitDirectory = Text(item, "git_directory"),
                Branch = Text(item, "branch"),
                From = Text(item, "from"),
                FromTree = Text(item, "from_tree"),
                To = Text(item, "to"),
                Taken = Texts(item, "taken").ToArray(),
                Kept = List(item, "kept", static entry => new KeptEntry(Text(entry, "path"), entry.GetProperty("mode").GetString(), entry.GetProperty("id").GetString())),
            }),
            Removals = List(root, "removals", static item => new WorktreeRemoval(Text(item, "path"), Text(item, "git_directory"), item.GetProperty("checked_at").GetInt64())),
        };
        return new Content(plan, root.GetProperty("is_landed").GetBoolean(), writtenAt);
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, string[] texts)
    {
        writer.WriteStartArray(name);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Text(JsonElement owner, string name) => owner.GetProperty(name).GetString() ?? throw new JsonException();

    private static Items<string> Texts(JsonElement owner, string name) => List(owner, name, static item => item.GetString() ?? throw new JsonException());

    private static Items<T> List<T>(JsonElement owner, string name, Func<JsonElement, T> read)
        where T : class
    {
        var items = new Items<T>();
        foreach (var item in owner.GetProperty(name).EnumerateArray())
        {
            items.Add(read(item));
        }

        return items;
    }

    /// <summary>What a journal tells.</summary>
    /// <param name="Plan">The plan of a merge that was killed.</param>
    /// <param name="IsLanded">Refs, checkouts and rows are done; only what is left over has still to go.</param>
    /// <param name="WrittenAt">When: nanoseconds since 1970.</param>
    internal sealed record Content(MergePlan Plan, bool IsLanded, long WrittenAt);
}
