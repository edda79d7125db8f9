namespace SpecKitty.Status;

/// <summary>Takes the rows of a log in the order of the file.</summary>
internal interface ILogSink
{
    /// <summary>Takes one row that is not bad. False to stop the reading: the sink cannot go on.</summary>
    public bool Take(in LogRow row, LogPosition position);
}
