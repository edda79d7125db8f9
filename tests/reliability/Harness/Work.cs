using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace SpecKitty.Reliability.Harness;

/// <summary>Threads of our own: each blocks on a process, which the thread pool takes badly.</summary>
internal static class Work
{
    /// <summary>Does something for every item, several at a time; the first exception comes out when all have stopped.</summary>
    public static void Each<T>(IEnumerable<T> items, int jobs, Action<T> action)
    {
        var queue = new ConcurrentQueue<T>(items);
        Exception? defect = null;
        Crowd(jobs, _ =>
        {
            while (defect is null && queue.TryDequeue(out var item))
            {
                try
                {
                    action(item);
                }
#pragma warning disable CA1031 // Rethrown below, on the caller's thread.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    Interlocked.CompareExchange(ref defect, e, null);
                }
            }
        });
        if (defect is not null)
        {
            throw new InvalidOperationException("a trial could not be carried out", defect);
        }
    }

    /// <summary>Runs several threads to their end, each with its number.</summary>
    public static void Crowd(int count, Action<int> action)
    {
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() => action(i), 256 * 1024)).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
    }
}
