namespace SpecKitty.Status;

/// <summary>Takes the rows of a log in the order of the file.</summary>
internal abstract class LogSink
{
    /// <summary>Takes one row that is not bad. False to stop the reading: the sink cannot go on.</summary>
    public abstract bool Take(in LogRow row, LogPosition position);
}
