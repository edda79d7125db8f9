using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Linking;

/// <summary>Links errors.json: what a level does not document must fall back to what every level does.</summary>
internal static class ErrorLinker
{
    public static ErrorsModel Link(Linkable<ErrorsModel> errors, LinkContext context)
    {
        var model = errors.Model with
        {
            Errors = errors.Model.Errors.Select(error => error with { Since = context.Level(error.Since, errors.Path) }).ToEquatableArray(),
        };
        return model with { Errors = model.Errors.Select(error => Link(error, model, errors.Path, context)).ToEquatableArray() };
    }

    private static ErrorModel Link(ErrorModel error, ErrorsModel all, string path, LinkContext context)
    {
        bool everywhere = IsEverywhere(error, context);
        if (error.FallsBackTo is not { } fallback)
        {
            if (!everywhere)
            {
                context.Report(Descriptors.NoFallback, path, error.Since.Site, error.Id);
            }
        }
        else
        {
            error = error with { FallsBackTo = context.Resolve(context.Errors, fallback, path) };
            if (error.FallsBackTo is { } resolved && !IsEverywhere(all.Errors.First(other => other.Id == resolved.Id), context))
            {
                context.Report(Descriptors.BadFallback, path, resolved.Site, resolved.Id);
            }
        }

        return error.Data is { } data ? error with { Data = context.Payload(data, path, PayloadModel.FailureKind) } : error;
    }

    private static bool IsEverywhere(ErrorModel error, LinkContext context) => !error.ReasonOnly && error.Since.Id == context.Levels.First;
}
