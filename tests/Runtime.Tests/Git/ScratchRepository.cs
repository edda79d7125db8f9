using System;
using System.Diagnostics;
using System.IO;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Git;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Git;

/// <summary>A real repository in a fresh folder, sealed off from the machine's git configuration.</summary>
internal sealed class ScratchRepository : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ScratchRepository(string branch = "main", bool initialize = true)
    {
        Root = _folder["repo"];
        Directory.CreateDirectory(Root);
        File.WriteAllText(_folder["gitconfig"], "[user]\n\tname = Kit\n\temail = kit@example.invalid\n[init]\n\tdefaultBranch = main\n[gc]\n\tauto = 0\n");
        if (initialize)
        {
            Git("init", "-q", "-b", branch);
        }
    }

    public string Root { get; }

    /// <summary>The folder around the repository.</summary>
    public string Top => _folder.Path;

    public string this[string relative] => Path.Combine(Root, relative);

    /// <summary>The environment that git is run with, as the kernel shows one.</summary>
    public GitEnvironment Environment(params string[] more)
    {
        var block = new StringBuilder();
        foreach (string variable in (string[])["PATH=" + System.Environment.GetEnvironmentVariable("PATH"), "HOME=" + Top, "GIT_CONFIG_GLOBAL=" + _folder["gitconfig"], "GIT_CONFIG_NOSYSTEM=1", .. more])
        {
            block.Append(variable).Append('\0');
        }

        return new GitEnvironment(Encoding.UTF8.GetBytes(block.ToString()));
    }

    public GitRunner Runner(int milliseconds = 60_000, params string[] more) =>
        GitRunner.Create(Root, new Deadline(milliseconds), Environment(more)).Try(out var runner, out var failure) ? runner : throw new InvalidOperationException(failure.Message);

    public string Git(params string[] arguments) => GitIn(Root, arguments);

    public string GitIn(string directory, params string[] arguments)
    {
        var (status, output, error) = TryGitIn(directory, arguments);
        return status == 0 ? output : throw new InvalidOperationException("git " + string.Join(' ', arguments) + ": " + error);
    }

    public (int Status, string Output, string Error) TryGitIn(string directory, params string[] arguments)
    {
        var start = new ProcessStartInfo("git", arguments) { WorkingDirectory = directory, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["HOME"] = Top;
        start.Environment["GIT_CONFIG_GLOBAL"] = _folder["gitconfig"];
        start.Environment["GIT_CONFIG_NOSYSTEM"] = "1";
        start.Environment["LC_ALL"] = "C";
        using var process = Process.Start(start) ?? throw new InvalidOperationException("git did not start");
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllText(this[relative], text);
    }

    /// <summary>Commits everything; the commit's id.</summary>
    public string Commit(string message = "a commit")
    {
        Git("add", "-A");
        Git("commit", "-q", "--allow-empty", "-m", message);
        return Git("rev-parse", "HEAD").Trim();
    }

    /// <summary>Whether a process has ended; its parent may not have noticed.</summary>
    public static bool IsDead(string pid)
    {
        string path = $"/proc/{pid}/stat";
        return !File.Exists(path) || File.ReadAllText(path).Split(") ")[1][0] is 'Z' or 'X';
    }

    public void Dispose() => _folder.Dispose();
}
