using System.Collections.Generic;
using System.Linq;
using SpecKitty.Generators.Diagnostics;
using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;
using SpecKitty.Generators.Parsing;

namespace SpecKitty.Generators.Linking;

/// <summary>Brings codes and their pages together: a code without a page, and a page without a code, are errors.</summary>
internal static class PageLinker
{
    /// <returns>The pages in the catalogue's order.</returns>
    public static EquatableArray<PageModel> Link(IReadOnlyList<Linkable<PageModel>> pages, Linkable<ErrorsModel> errors, LinkContext context)
    {
        var found = new List<PageModel>();
        foreach (var error in errors.Model.Errors)
        {
            if (pages.FirstOrDefault(page => page.Model.Id.Id == error.Id).Model is { } page)
            {
                found.Add(page);
            }
            else if (IdForm.Code.Matches(error.Id))
            {
                context.Report(Descriptors.NoPage, errors.Path, error.Since.Site, error.Id);
            }
        }

        foreach (var page in pages.Where(page => errors.IsSound && !context.Errors.Contains(page.Model.Id.Id)))
        {
            context.Report(Descriptors.StrayPage, page.Path, 0, page.Model.Id.Id);
        }

        return found.ToEquatableArray();
    }
}
