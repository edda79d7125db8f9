using System;
using System.Text;
using SpecKitty.Contract;

namespace SpecKitty.Git;

/// <summary>A git command that runs: read to its end, or asked and answered line by line.</summary>
internal sealed class GitProcess : IDisposable
{
    private readonly ChildProcess _child;
    private readonly string _command;

    public GitProcess(ChildProcess child, string command)
    {
        _child = child;
        _command = command;
    }

    /// <summary>The signal that ended it; 0 for none. Valid once it has ended.</summary>
    public int Signal => _child.Signal;

    /// <summary>Gives it more to read.</summary>
    public Failure? Write(ReadOnlySpan<byte> bytes) => _child.Write(bytes);

    /// <summary>Waits for its end.</summary>
    public Result<GitOutcome> Finish()
    {
        if (_child.Finish() is { } failure)
        {
            return failure;
        }

        var outcome = new GitOutcome(_command, _child.ExitStatus, _child.Signal, _child.Output.Span.ToArray(), Encoding.UTF8.GetString(_child.ErrorOutput));
        _child.Output.Take(_child.Output.Length);
        return outcome;
    }

    /// <summary>The next line of its output, without the line feed; GIT_FAILED if it ended before.</summary>
    public Result<string> ReadLine()
    {
        int searched = 0;
        while (true)
        {
            int end = _child.Output.Span[searched..].IndexOf((byte)'\n');
            if (end >= 0)
            {
                string line = Encoding.Latin1.GetString(_child.Output.Span[..(searched + end)]);
                _child.Output.Take(searched + end + 1);
                return line;
            }

            searched = _child.Output.Length;
            if (More() is { } failure)
            {
                return failure;
            }
        }
    }

    /// <summary>The next <paramref name="count"/> bytes of its output.</summary>
    public Result<byte[]> ReadBytes(int count)
    {
        while (_child.Output.Length < count)
        {
            if (More() is { } failure)
            {
                return failure;
            }
        }

        var bytes = _child.Output.Span[..count].ToArray();
        _child.Output.Take(count);
        return bytes;
    }

    public void Dispose() => _child.Dispose();

    /// <summary>Waits for output; null when there is some.</summary>
    private Failure? More()
    {
        if (!_child.ReadMore().Try(out bool more, out var failure))
        {
            return failure;
        }

        if (more)
        {
            return null;
        }

        return Finish().Try(out var outcome, out failure) ? outcome.ToFailure() : failure;
    }
}
