using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Platform;
using SpecKitty.Runtime.Tests.Status;

namespace SpecKitty.Runtime.Tests.Faults;

/// <summary>Every system call of an append fails once, in every way; then every two.</summary>
internal sealed class AppendFaultTests
{
    private const int LongestShort = 1000;

    private static readonly string Row = Rows.Lane("WP01", "planned", "claimed", "2026-01-01T00:00:01+00:00", Rows.Id(1));

    private static readonly int[] Errors = [Errno.InputOutput, Errno.NoSpace, Errno.AccessDenied, Errno.Interrupted, SystemCalls.Half];

    /// <summary>Calls whose failure nothing can be done about but to leave something behind that does no harm.</summary>
    private static readonly string[] CleaningUp = ["unlinkat", "ftruncate"];

    public static IEnumerable<(string? Log, bool TakesBack)> Cases() =>
        from log in (string?[])[null, Row + "\n", Row, Row + "\n{\"torn\": ", Long()]
        from takesBack in (bool[])[false, true]
        select (log, takesBack);

    /// <summary>Of two failures the second is met on the way back from the first, which a long log makes no other.</summary>
    public static IEnumerable<(string? Log, bool TakesBack)> ShortCases() => Cases().Where(static c => c.Log is null || (c.Log.Length <= LongestShort && (!c.TakesBack || c.Log == Row)));

    [Test]
    [MethodDataSource(nameof(Cases))]
    public async Task Whichever_call_fails_the_answer_is_true_and_a_retry_does_it(string? log, bool takesBack)
    {
        foreach (int error in log is { Length: > LongestShort } ? Errors[..1] : Errors)
        {
            for (int nth = 0; ; nth++)
            {
                using var append = new FaultedAppend(log);
                append.Call(takesBack, (i, name) => i == nth && (error != SystemCalls.Half || name == "write") ? error : 0);
                if (nth >= append.Made.Count)
                {
                    break;
                }

                string failed = append.Made[nth];
                string which = $"{failed} as call {nth} of {string.Join(' ', append.Made)} with {error}: {append.Failure?.Message}";
                await Assert.That(string.Join(", ", append.Broken(isTidy: !CleaningUp.Contains(failed)))).IsEqualTo("").Because(which);
                if (failed == "fdatasync" && error != SystemCalls.Half)
                {
                    // What the kernel dropped may look clean to a second sync.
                    await Assert.That(append.Made.Skip(nth + 1)).DoesNotContain("fdatasync").Because(which);
                    await Assert.That(append.Failure?.Effect).IsEqualTo(Effect.Indeterminate).Because(which);
                    await Assert.That(append.Failure!.Message).Contains(new FileError(error).Text).Because(which);
                }

                append.Retry();
            }
        }
    }

    [Test]
    [MethodDataSource(nameof(ShortCases))]
    public async Task Whichever_two_calls_fail_the_answer_is_true(string? log, bool takesBack)
    {
        foreach (int first in (int[])[Errno.InputOutput, SystemCalls.Half])
        {
            bool isReached = true;
            for (int one = 0; isReached; one++)
            {
                isReached = false;
                for (int two = one + 1; ; two++)
                {
                    using var append = new FaultedAppend(log);
                    string failed = "";
                    append.Call(takesBack, (i, name) => i == two ? Errno.InputOutput : i != one ? 0 : (failed = name) != "write" && first == SystemCalls.Half ? 0 : first);
                    if (two >= append.Made.Count || (first == SystemCalls.Half && failed != "write"))
                    {
                        isReached |= one < append.Made.Count;
                        break;
                    }

                    isReached = true;
                    string which = $"calls {one} and {two} of {string.Join(' ', append.Made)} with {first}: {append.Failure?.Message}";
                    await Assert.That(string.Join(", ", append.Broken(isTidy: false))).IsEqualTo("").Because(which);
                }
            }
        }
    }

    /// <summary>Long enough that the state at its end is kept.</summary>
    private static string Long() =>
        string.Concat(Enumerable.Range(2, 400).Select(static n => Rows.Lane("WP02", "planned", "claimed", "2026-01-01T00:00:02+00:00", Rows.Id(n)) + "\n")) + Row + "\n";
}
