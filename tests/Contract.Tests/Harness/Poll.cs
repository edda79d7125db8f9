using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace SpecKitty.Contract.Tests.Harness;

/// <summary>Waits for a condition, looking often; giving up is a failure and says what was waited for.</summary>
internal static class Poll
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    internal static async Task UntilAsync(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed > Limit)
            {
                throw new TimeoutException($"Waited {Limit} for {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(2));
        }
    }
}
