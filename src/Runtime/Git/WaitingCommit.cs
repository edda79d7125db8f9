using System;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>
/// A <c>git commit --only</c>, hooks run, that waits on its input for the names of the files (docs/adr/0019): it takes no lock and opens no index before it has them.
/// Disposed untold, it ends without a trace.
/// </summary>
internal sealed class WaitingCommit : IDisposable
{
    private readonly GitProcess _process;

    private WaitingCommit(GitProcess process) => _process = process;

    /// <summary>Starts one in <paramref name="directory"/>.</summary>
    public static Result<WaitingCommit> Start(GitRunner git, string directory, string message)
    {
        var options = new GitOptions
        {
            Directory = directory, RunsHooks = true, KeepInputOpen = true,
            Configuration = ["-c", "maintenance.auto=false", "-c", "commit.gpgsign=false"],
        };
        return git.Start(options, "commit", "-q", "--only", "-m", message, "--pathspec-from-file=-", "--pathspec-file-nul").Try(out var process, out var failure)
            ? new WaitingCommit(process)
            : failure;
    }

    /// <summary>Commits exactly these, and waits for the end.</summary>
    /// <param name="files">Pathspecs, such as <see cref="Pathspec.Literal"/> makes.</param>
    public Result<GitOutcome> Finish(params ReadOnlySpan<string> files) =>
        _process.Write(Encoding.UTF8.GetBytes(string.Join('\0', files))) is { } unwritten ? unwritten : _process.Finish();

    public void Dispose() => _process.Dispose();
}
