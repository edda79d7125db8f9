using System;
using System.Threading;
using SpecKitty.Generators.Diagnostics;

namespace SpecKitty.Generators.Emit;

/// <summary>A file to add, or why there is none.</summary>
/// <param name="HintName">Its name.</param>
/// <param name="Text">Its text; empty after a defect.</param>
/// <param name="Defect">What went wrong; null for nothing.</param>
internal sealed record Emission(string HintName, string Text, DiagnosticInfo? Defect)
{
    /// <summary>Runs <paramref name="emit"/>; what it throws becomes a diagnostic, because a later stage could report nothing.</summary>
    public static Emission Of<T>(T model, Func<T, Emission> emit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return emit(model);
        }
        catch (Exception defect) when (defect is not OperationCanceledException)
        {
            return new Emission("", "", new DiagnosticInfo(Descriptors.Internal, null, [emit.Method.DeclaringType?.Name ?? "an emitter", defect.Message]));
        }
    }
}
