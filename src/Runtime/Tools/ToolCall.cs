using System;
using System.Buffers;
using System.Text;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Tools;

/// <summary>What every tool is given besides its request: the project, and the way out.</summary>
/// <param name="name">How it was called, for messages.</param>
/// <param name="isJson">Whether a program reads the answer.</param>
/// <param name="otherHost">Looks for the host that unknown commands are handed over to.</param>
internal sealed class ToolCall(string name, bool isJson, Func<string?> otherHost)
{
    /// <summary>The host that unknown commands are handed over to; null without one.</summary>
    public string? OtherHost() => otherHost();

    /// <summary>The project that the call was made in.</summary>
    public Project Project { get; } = ProjectRoot.Find();

    /// <summary>What reading a mission needs; with a deadline from now on, as a tool may read again and again.</summary>
    public CallContext Context() => new(ContractLevels.Highest, Deadline.FromEnvironment(), Project);

    /// <summary>Prints prose.</summary>
    public static int Print(string text, int status = ExitStatus.Success)
    {
        StandardOutput.Write(Encoding.UTF8.GetBytes(text));
        return status;
    }

    /// <summary>Prints a text that is UTF-8 already.</summary>
    public static int Print(ReadOnlySpan<byte> text, int status = ExitStatus.Success)
    {
        StandardOutput.Write(text);
        return status;
    }

    /// <summary>Prints one JSON document on one line.</summary>
    public static int Print(Payload document, int status = ExitStatus.Success)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = PythonJson.LineWriter(buffer))
        {
            writer.WriteStartObject();
            document.WriteMembers(writer, ContractLevels.Highest);
            writer.WriteEndObject();
        }

        StandardOutput.Write(PythonJson.Line(buffer));
        return status;
    }

    /// <summary>Says why not: a sentence on stderr, and for a program a document on stdout.</summary>
    public int Fail(Failure failure, int status = -1)
    {
        if (isJson)
        {
            Print(new ToolFailure { ErrorCode = ErrorCatalog.Name(failure.Code), Message = failure.Message });
        }
        else
        {
            StandardOutput.WriteError(Encoding.UTF8.GetBytes(name + ": " + failure.Message + "\n"));
        }

        return status >= 0 ? status : failure.Code == ErrorCode.UsageError ? ExitStatus.Usage : ExitStatus.Failure;
    }
}
