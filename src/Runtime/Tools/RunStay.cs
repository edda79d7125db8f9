using SpecKitty.Contract;

namespace SpecKitty.Tools;

/// <summary>A time that a work package spent in a lane. Microseconds since 1970.</summary>
/// <param name="Lane">The lane.</param>
/// <param name="From">When it came.</param>
/// <param name="To">When it left, or the run's end.</param>
/// <param name="IsOpen">Whether it is still there.</param>
/// <param name="Move">What brought it there; null for the time before its first row.</param>
internal sealed record RunStay(Lane Lane, long From, long To, bool IsOpen, RunMove? Move)
{
    public long Seconds => (To - From) / Platform.Clock.MicrosecondsPerSecond;
}
