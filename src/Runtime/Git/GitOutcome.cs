using System;
using System.Globalization;
using System.Text;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Git;

/// <summary>How a git command ended, and what it said.</summary>
internal sealed class GitOutcome
{
    private const int QuotedLines = 8;
    private const int QuotedCharacters = 1000;

    private readonly string _command;
    private readonly byte[] _output;
    private readonly string _error;

    public GitOutcome(string command, int exitStatus, int signal, byte[] output, string error)
    {
        _command = command;
        ExitStatus = exitStatus;
        Signal = signal;
        _output = output;
        _error = error;
    }

    /// <summary>The exit status; 0 also when a signal ended it, see <see cref="Signal"/>.</summary>
    public int ExitStatus { get; }

    /// <summary>The signal that ended it; 0 for none.</summary>
    public int Signal { get; }

    public bool IsSuccess => ExitStatus == 0 && Signal == 0;

    public ReadOnlySpan<byte> Output => _output;

    /// <summary>The output as text without white space around it.</summary>
    public string Text => Encoding.UTF8.GetString(_output).Trim();

    /// <summary>The first lines of what it said on its error output; one line.</summary>
    public string ErrorText => Quote(_error);

    /// <summary>
    /// Whether it failed for what may pass: a signal, a want of the machine that it named, or something that it could not write. git has one exit status for all of it;
    /// it ends the line with strerror(3), in English where it is asked for that, but for most of what it writes it does not say why it could not.
    /// </summary>
    public bool IsOfTheMachine
    {
        get
        {
            ReadOnlySpan<int> wants = [Errno.NoSpace, Errno.QuotaExceeded, Errno.InputOutput, Errno.ReadOnlyFileSystem, Errno.FileTooLarge, Errno.OutOfMemory, Errno.TooManyOpenFiles];
            foreach (int want in wants)
            {
                if (_error.Contains(new FileError(want).Text, StringComparison.Ordinal))
                {
                    return true;
                }
            }

            return Signal != 0 || _error.Contains("unable to write ", StringComparison.Ordinal) || _error.Contains("couldn't write ", StringComparison.Ordinal);
        }
    }

    /// <summary>GIT_FAILED with git's own words.</summary>
    public Failure ToFailure(ErrorCode code = ErrorCode.GitFailed, Effect effect = Effect.None) => new(code, Describe()) { Effect = effect };

    /// <summary>The sentence of <see cref="ToFailure"/>.</summary>
    public string Describe()
    {
        string how = Signal == 0 ? "status " + ExitStatus.ToString(CultureInfo.InvariantCulture) : "signal " + Signal.ToString(CultureInfo.InvariantCulture);
        return Messages.GitFailed(_command, how, ErrorText is { Length: > 0 } text ? text : "it said nothing");
    }

    /// <summary>The first lines of <paramref name="text"/>, trimmed, without git's advice, as one.</summary>
    private static string Quote(string text)
    {
        var quoted = new StringBuilder();
        int lines = 0;
        foreach (var range in text.AsSpan().SplitAny('\n', '\r'))
        {
            var line = text.AsSpan()[range].Trim();
            if (line.IsEmpty || line.StartsWith("hint:", StringComparison.Ordinal))
            {
                continue;
            }

            if (lines++ == QuotedLines || quoted.Length > QuotedCharacters)
            {
                break;
            }

            quoted.Append(lines == 1 ? "" : "; ").Append(line);
        }

        return quoted.Length <= QuotedCharacters ? quoted.ToString() : quoted.ToString(0, QuotedCharacters) + "…";
    }
}
