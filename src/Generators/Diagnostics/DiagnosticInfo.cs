using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Infrastructure;

namespace SpecKitty.Generators.Diagnostics;

/// <summary>A diagnostic to be. Its arguments are text already, so that it equals another one like it and holds nothing alive.</summary>
/// <param name="Descriptor">Which one.</param>
/// <param name="Location">Where; null when there is no file to point at.</param>
/// <param name="Arguments">What stands in the message's placeholders.</param>
internal sealed record DiagnosticInfo(DiagnosticDescriptor Descriptor, LocationInfo? Location, EquatableArray<string> Arguments)
{
    /// <summary>What Roslyn reports.</summary>
    public Diagnostic ToDiagnostic()
    {
        var arguments = new object[Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Arguments[i];
        }

        return Diagnostic.Create(Descriptor, Location?.ToLocation() ?? Microsoft.CodeAnalysis.Location.None, arguments);
    }
}
