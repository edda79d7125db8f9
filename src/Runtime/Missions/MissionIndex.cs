using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>
/// The missions of a project that a selector may mean, by what their meta.json says; looked for only when a directory's name does not answer. Every
/// meta.json has to be read, since each may have any name; but only where its bytes could give the selector is it taken apart.
/// </summary>
internal sealed class MissionIndex
{
    private const int NumberLength = 3;

    private readonly Project _project;
    private readonly string? _selector;
    private readonly byte[] _selectorBytes;

    /// <summary>The digits that a mission_number in question has; empty where the selector is no number.</summary>
    private readonly byte[] _number;
    private readonly Items<MissionIndexEntry> _entries = [];

    private MissionIndex(Project project, string? selector)
    {
        _project = project;
        _selector = selector;
        _selectorBytes = Encoding.UTF8.GetBytes(selector ?? "");
        bool isNumber = selector?.Length == NumberLength && selector.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0;
        string digits = isNumber ? selector!.TrimStart('0') : "";
        _number = !isNumber ? [] : digits.Length == 0 ? "0"u8.ToArray() : Encoding.UTF8.GetBytes(digits);
    }

    /// <summary>
    /// The missions that <paramref name="selector"/> means, by directory. Where none is meant for certain, those come in question whose
    /// meta.json is missing or damaged but whose directory's name fits, and those that have the number only in meta.json.
    /// </summary>
    /// <param name="project">The project. Without kitty-specs it has no missions.</param>
    /// <param name="selector">A safe name.</param>
    /// <param name="failure">IO_FAILED where the directory cannot be listed; else null.</param>
    public static Items<MissionIndexEntry> Find(Project project, string selector, out Failure? failure)
    {
        var index = new MissionIndex(project, selector);
        failure = index.Read();
        return index.Find(selector);
    }

    /// <summary>The directories of all missions, by name.</summary>
    /// <param name="project">The project.</param>
    /// <param name="failure">As above.</param>
    public static string[] Directories(Project project, out Failure? failure)
    {
        var index = new MissionIndex(project, null);
        failure = index.Read();
        index.Sort();
        return index._entries.Texts(static entry => entry.Directory);
    }

    private Failure? Read()
    {
        var outcome = DirectoryEntries.TryOpen(_project.Root, Project.SpecsName, out var entries);
        if (entries is null)
        {
            return outcome.Status == ReadStatus.Failed ? outcome.ToFailure("read", _project.PathOf(Project.SpecsName)) : null;
        }

        using (entries)
        {
            Span<char> name = stackalloc char[256];
            while (entries.MoveNext())
            {
                // Ascii, or it is no safe name.
                if (entries.Type is EntryType.Directory or EntryType.Link or EntryType.Unknown && entries.Name.Length < name.Length
                    && Encoding.UTF8.TryGetChars(entries.Name, name, out int length) && SafeNames.IsSafe(name[..length]))
                {
                    // A link beside its target is the same mission again.
                    string text = new(name[..length]);
                    if (entries.Type == EntryType.Directory || MissionSelector.CanonicalName(_project, text) == text)
                    {
                        Read(text);
                    }
                }
            }

            return entries.Errno != 0 ? FileErrors.ToFailure("read", _project.PathOf(Project.SpecsName), entries.Errno) : null;
        }
    }

    private void Read(string directory)
    {
        // What a name says can be read off it; a part of it may be all that is left without number and mid8.
        bool isNamed = _selector is not null && directory.Contains(_selector, StringComparison.Ordinal);
        var read = MissionSelector.ReadMeta(_project, directory, isNamed ? null : this, out var meta, out string? problem);
        if (read.Status != ReadStatus.OutsideProject && (isNamed || _selector is null || meta != MissionMeta.None))
        {
            _entries.Add(new MissionIndexEntry(directory, meta, read.IsOk && problem is null));
        }
    }

    /// <summary>
    /// Whether a meta.json may have the selector among its names, or its number. Names stand in it as they are, unless an escape, which can spell
    /// anything, is somewhere.
    /// </summary>
    public bool IsPossible(ReadOnlySpan<byte> json) =>
        _selector is not null && (json.IndexOf(_selectorBytes) >= 0 || json.Contains((byte)'\\') || (_number.Length != 0 && MayHaveNumber(json)));

    private bool MayHaveNumber(ReadOnlySpan<byte> json)
    {
        while (json.IndexOf(MetaKeys.MissionNumber) is >= 0 and var at)
        {
            json = json[(at + MetaKeys.MissionNumber.Length)..];
            int end = json.IndexOfAny((byte)',', (byte)'}');
            var value = end < 0 ? json : json[..end];

            // 7.7e1 is 77 too.
            if (value.IndexOf(_number) >= 0 || value.IndexOfAny((byte)'.', (byte)'e', (byte)'E') >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private void Sort() => _entries.Sort(static (a, b) => string.CompareOrdinal(a.Directory, b.Directory));

    private Items<MissionIndexEntry> Find(string selector)
    {
        var certain = new Items<MissionIndexEntry>();
        var possible = new Items<MissionIndexEntry>();
        Sort();
        foreach (var entry in _entries)
        {
            if (entry.HasMeta && entry.Matches(selector))
            {
                certain.Add(entry);
            }
            else if (entry.HasMeta ? entry.MatchesNumber(selector) : entry.MatchesName(selector))
            {
                possible.Add(entry);
            }
        }

        return certain.Count != 0 ? certain : possible;
    }
}
