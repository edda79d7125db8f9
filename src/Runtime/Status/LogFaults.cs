using System.Globalization;
using SpecKitty.Contract;

namespace SpecKitty.Status;

/// <summary>Faults of rows as EVENT_LOG_CORRUPT.</summary>
internal static class LogFaults
{
    /// <param name="fault">What is wrong.</param>
    /// <param name="position">With which row.</param>
    /// <param name="key">The key it is about, if it is about one.</param>
    /// <param name="column">For <see cref="RowFault.NotJson"/>: the byte of the row, from 1.</param>
    /// <param name="name">What the message calls the log.</param>
    /// <param name="path">Its absolute path.</param>
    public static Failure Corrupt(RowFault fault, LogPosition position, string key, int column, string name, string path)
    {
        string detail = fault switch
        {
            RowFault.NotJson => Messages.RowNotJson(Number(column)),
            RowFault.TooDeep => Messages.RowTooDeep(Number(JsonScanner.MaxDepth)),
            RowFault.NotObject => Messages.RowNotObject(),
            RowFault.KeyMissing => Messages.RowKeyMissing(key),
            RowFault.NotText => Messages.RowNotText(key),
            RowFault.UnknownLane => Messages.RowUnknownLane(key),
            RowFault.NotUtf8 => Messages.RowNotUtf8(),
            RowFault.TooLong => Messages.RowTooLong(Number(EventLogReader.LongestRow)),
            RowFault.LastTime => Messages.RowLastTime(key),
            _ => Messages.RowTooMany(),
        };
        return new Failure(
            ErrorCode.EventLogCorrupt,
            Messages.EventLogCorrupt(name, Number(position.Line), Number(position.Offset), detail),
            new EventLogCorruptData { Path = path, Line = position.Line, Offset = position.Offset, Detail = detail });
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
