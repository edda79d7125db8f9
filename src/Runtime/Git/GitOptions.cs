using System;

namespace SpecKitty.Git;

/// <summary>How a git command is run, where it differs from the usual.</summary>
internal readonly struct GitOptions
{
    private readonly string[]? _configuration;

    public GitOptions()
    {
    }

    /// <summary>Where it runs; null for the runner's directory.</summary>
    public string? Directory { get; init; }

    /// <summary>What it is given to read.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>More will be written to its input.</summary>
    public bool KeepInputOpen { get; init; }

    /// <summary>It may run the user's hooks: they get the user's locale.</summary>
    public bool RunsHooks { get; init; }

    /// <summary>The index that it works on instead of the checkout's own; an absolute path. Hooks and the file system monitor are then off.</summary>
    public string? IndexFile { get; init; }

    /// <summary>A lock's descriptor that it inherits: the lock is then held until it has ended, whatever becomes of this process.</summary>
    public int? HeldLock { get; init; }

    /// <summary>Options that stand before the subcommand.</summary>
    public string[] Configuration
    {
        get => _configuration ?? [];
        init => _configuration = value;
    }
}
