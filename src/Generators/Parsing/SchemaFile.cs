using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Parsing;

/// <summary>A file while it is parsed: gathers what is wrong with it and where references stand.</summary>
internal sealed class SchemaFile(string path, SourceText text)
{
    private readonly List<DiagnosticInfo> _diagnostics = [];
    private readonly List<LocationInfo> _sites = [];

    /// <summary>What is wrong with it.</summary>
    public IReadOnlyList<DiagnosticInfo> Diagnostics => _diagnostics;

    /// <summary>Where references stand, by <see cref="Reference.Site"/>.</summary>
    public IReadOnlyList<LocationInfo> Sites => _sites;

    /// <summary>Set where the text is not JSON: what else seems wrong may follow from that, so it is not reported.</summary>
    public bool Quiet { get; private set; }

    /// <summary>Reports an error of the text itself and, from then on, nothing more.</summary>
    public void ReportAndHush(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments)
    {
        Report(descriptor, span, arguments);
        Quiet = true;
    }

    /// <summary>Reports that something at <paramref name="span"/> is wrong.</summary>
    public void Report(DiagnosticDescriptor descriptor, TextSpan span, params string[] arguments)
    {
        if (!Quiet)
        {
            _diagnostics.Add(new DiagnosticInfo(descriptor, At(span), new(arguments)));
        }
    }

    /// <summary>A reference to <paramref name="id"/> that stands at <paramref name="span"/>.</summary>
    public Reference Refer(string id, TextSpan span)
    {
        _sites.Add(At(span));
        return new Reference(id, _sites.Count - 1);
    }

    private LocationInfo At(TextSpan span) => LocationInfo.Create(path, text, span);
}
