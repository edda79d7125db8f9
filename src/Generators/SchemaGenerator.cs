using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Emit;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Linking;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators;

/// <summary>
/// Schemas in, C# out. Only wiring is here: Parse makes a model of each file, Link puts the models together, an emitter makes the text of
/// each output. Positions travel beside the models and meet them again in the diagnostics, so that white space in a schema changes no output.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var parsed = context.AdditionalTextsProvider
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => SchemaInput.Create(pair.Left, pair.Right))
            .Where(static input => input.IsCandidate)
            .Select(SchemaParser.Parse).WithTrackingName(TrackingNames.Parse);
        var schemas = parsed
            .SelectMany(static (file, _) => Some(file.Schema)).WithTrackingName(TrackingNames.Schema);
        var linked = schemas.Collect()
            .Select(Linker.Link).WithTrackingName(TrackingNames.Link);
        var contract = linked
            .Select(static (result, _) => result.Contract).WithTrackingName(TrackingNames.Contract);

        List<IncrementalValuesProvider<Emission>> outputs =
        [
            Whole(context, contract, Slices.Contract, ContractEmitter.Emit),
            Whole(context, contract, Slices.Flags, FlagsEmitter.Emit),
            Whole(context, contract, Slices.Errors, ErrorsEmitter.Emit),
            Whole(context, contract, Slices.Pages, PagesEmitter.Emit),
            Whole(context, contract, Slices.Messages, MessagesEmitter.Emit),
            Whole(context, contract, Slices.Lanes, LanesEmitter.Emit),
            Whole(context, contract, Slices.LaneMachine, LaneMachineEmitter.Emit),
            Whole(context, contract, Slices.Events, EventsEmitter.Emit),
            Whole(context, contract, Slices.Policy, PolicyEmitter.Emit),
            Whole(context, contract, Slices.Policy, PolicyValidatorEmitter.Emit),
            Whole(context, contract, Slices.Commands, CommandIdsEmitter.Emit),
            Whole(context, contract, Slices.Commands, FastPathEmitter.Emit),
            Whole(context, contract, Slices.Commands, CommandTableEmitter.Emit),
            Whole(context, contract, Slices.Payloads, PayloadTableEmitter.Emit),
            Whole(context, contract, Slices.Context, ContextEmitter.Emit),
            Whole(context, contract, Slices.Tools, ToolIdsEmitter.Emit),
            Whole(context, contract, Slices.Tools, ToolTableEmitter.Emit),
            EachFile(context, schemas, contract, Slices.Request, RequestEmitter.Emit),
            EachFile(context, schemas, contract, Slices.Payload, PayloadEmitter.Emit),
            EachFile(context, schemas, contract, Slices.Envelope, EnvelopeEmitter.Emit),
            EachFile(context, schemas, contract, Slices.Tool, ToolRequestEmitter.Emit),
        ];

        var problems = linked.Select(static (result, _) => result.Problems);
        var notes = parsed.Select(static (file, _) => file.Notes).WithTrackingName(TrackingNames.Notes).Collect();
        context.RegisterSourceOutput(
            problems.Combine(notes).Select(static (pair, _) => DiagnosticReport.Make(pair.Left, pair.Right)).WithTrackingName(TrackingNames.Diagnostics),
            static (output, found) =>
            {
                foreach (var diagnostic in found)
                {
                    output.ReportDiagnostic(diagnostic.ToDiagnostic());
                }
            });
        foreach (var output in outputs)
        {
            context.RegisterSourceOutput(
                output.SelectMany(static (emission, _) => Some(emission.Defect)), static (output, defect) => output.ReportDiagnostic(defect.ToDiagnostic()));
        }
    }

    /// <summary>An output made of all schemas.</summary>
    private static IncrementalValuesProvider<Emission> Whole<T>(
        IncrementalGeneratorInitializationContext context, IncrementalValueProvider<Contract?> contract, Func<Contract, T> slice, Func<T, Emission> emit) =>
        Output(context, contract.SelectMany((whole, _) => whole is null ? [] : new[] { slice(whole) }), emit);

    /// <summary>An output for each file of a kind. It hangs on the file, so that a new file disturbs no other's output.</summary>
    private static IncrementalValuesProvider<Emission> EachFile<T>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<ParsedSchema> schemas,
        IncrementalValueProvider<Contract?> contract,
        Func<ParsedSchema, Contract, T?> slice,
        Func<T, Emission> emit)
        where T : class =>
        Output(context, schemas.Combine(contract).SelectMany((pair, _) => Some(pair.Right is null ? null : slice(pair.Left, pair.Right))), emit);

    private static IncrementalValuesProvider<Emission> Output<T>(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<T> slices, Func<T, Emission> emit)
    {
        var emitted = slices.WithTrackingName(TrackingNames.Slice)
            .Select((part, cancellation) => Emission.Of(part, emit, cancellation)).WithTrackingName(TrackingNames.Emit);

        // The System.Text.Json generator must see the payloads, and it sees only what is there before generators run. The API is
        // experimental (dotnet/roslyn#83089); what to do should it go away: docs/adr/0002-pre-compilation-output.md.
#pragma warning disable RSEXPERIMENTAL007
        context.RegisterPreCompilationSourceOutput(
            emitted.Where(static emission => emission.Defect is null), static (output, emission) => output.AddSource(emission.HintName, emission.Text));
#pragma warning restore RSEXPERIMENTAL007
        return emitted;
    }

    private static T[] Some<T>(T? value)
        where T : class => value is null ? [] : [value];
}
