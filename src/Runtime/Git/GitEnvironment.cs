using System;
using System.Buffers;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>
/// The environment that git is given: the caller's, byte for byte, less what would lead git to another repository, index or configuration than the one it is
/// pointed at (DESIGN §9; <c>git rev-parse --local-env-vars</c>). Identity, configuration files, ssh and askpass stay.
/// </summary>
internal sealed class GitEnvironment : IDisposable
{
    private static string[] Removed =>
    [
        "GIT_DIR=", "GIT_WORK_TREE=", "GIT_IMPLICIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_COMMON_DIR=", "GIT_OBJECT_DIRECTORY=", "GIT_ALTERNATE_OBJECT_DIRECTORIES=",
        "GIT_NAMESPACE=", "GIT_CONFIG=", "GIT_CONFIG_PARAMETERS=", "GIT_CONFIG_COUNT=", "GIT_CONFIG_KEY_", "GIT_CONFIG_VALUE_", "GIT_PREFIX=", "GIT_GRAFT_FILE=",
        "GIT_SHALLOW_FILE=", "GIT_REPLACE_REF_BASE=", "GIT_NO_REPLACE_OBJECTS=", "GIT_QUARANTINE_PATH=", "GIT_LITERAL_PATHSPECS=", "GIT_GLOB_PATHSPECS=",
        "GIT_NOGLOB_PATHSPECS=", "GIT_ICASE_PATHSPECS=", "GIT_TERMINAL_PROMPT=",
        // Would keep answers back in git's buffers while this process waits for them.
        "GIT_FLUSH=",
    ];

    private static string[] Locale => ["LC_ALL=", "LANGUAGE="];

    private readonly byte[] _block;
    private NativeStrings? _plain;
    private NativeStrings? _localized;
    private NativeStrings? _withIndex;
    private string? _index;

    /// <param name="block">Variables as the kernel shows them: <c>NAME=value</c>, each ended by a NUL.</param>
    public GitEnvironment(byte[] block) => _block = block;

    /// <summary>With git's messages in English, which failures repeat. For everything that runs no hook.</summary>
    public NativeStrings Plain => _plain ??= Build(english: true);

    /// <summary>With the caller's locale: hooks may depend on it.</summary>
    public NativeStrings Localized => _localized ??= Build(english: false);

    /// <summary>As <see cref="Plain"/>, with an index other than the checkout's own; valid until it is asked for the next one.</summary>
    public NativeStrings WithIndex(string path)
    {
        if (_withIndex is null || _index != path)
        {
            _withIndex?.Dispose();
            _withIndex = Build(english: true, "GIT_INDEX_FILE=" + path);
            _index = path;
        }

        return _withIndex;
    }

    /// <summary>This process's environment as it was started with.</summary>
    public static Result<GitEnvironment> OfThisProcess()
    {
        const string Path = "/proc/self/environ";
        int descriptor = Posix.Open(Path, OpenFlags.ReadOnly);
        if (descriptor < 0)
        {
            return FileErrors.ToFailure("read", Path, descriptor);
        }

        var bytes = new ArrayBufferWriter<byte>(8 * 1024);
        int read;
        while ((read = Posix.Read(descriptor, bytes.GetSpan(8 * 1024))) > 0)
        {
            bytes.Advance(read);
        }

        Posix.Close(descriptor);
        return read < 0 ? FileErrors.ToFailure("read", Path, read) : new GitEnvironment(bytes.WrittenSpan.ToArray());
    }

    /// <summary>The value of a variable; null if it is not set.</summary>
    public string? Find(string name)
    {
        ReadOnlySpan<byte> rest = _block;
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            var variable = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (variable.Length > name.Length && variable[name.Length] == (byte)'=' && System.Text.Ascii.Equals(variable[..name.Length], name))
            {
                return System.Text.Encoding.UTF8.GetString(variable[(name.Length + 1)..]);
            }
        }

        return null;
    }

    public void Dispose()
    {
        _plain?.Dispose();
        _localized?.Dispose();
        _withIndex?.Dispose();
    }

    private NativeStrings Build(bool english, string? more = null)
    {
        var kept = new ArrayBufferWriter<byte>(_block.Length + 64);
        ReadOnlySpan<byte> rest = _block;
        string[] removed = Removed, locale = english ? Locale : [];
        while (!rest.IsEmpty)
        {
            int end = rest.IndexOf((byte)0);
            var variable = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (!StartsWithOneOf(variable, removed) && !StartsWithOneOf(variable, locale))
            {
                kept.Write(variable);
                kept.Write("\0"u8);
            }
        }

        kept.Write("GIT_TERMINAL_PROMPT=0\0"u8);
        if (english)
        {
            kept.Write("LC_ALL=C\0"u8);
        }

        if (more is not null)
        {
            kept.Write(System.Text.Encoding.UTF8.GetBytes(more + "\0"));
        }

        return new NativeStrings(kept.WrittenSpan);
    }

    private static bool StartsWithOneOf(ReadOnlySpan<byte> variable, string[] names)
    {
        foreach (string name in names)
        {
            if (variable.Length >= name.Length && System.Text.Ascii.Equals(variable[..name.Length], name))
            {
                return true;
            }
        }

        return false;
    }
}
