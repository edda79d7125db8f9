using SpecKitty.Generators.Infrastructure;
using SpecKitty.Generators.Model;

namespace SpecKitty.Generators.Emit;

/// <summary>Emits the pages about the error codes, as UTF-8 data: they cost a call that shows none of them nothing.</summary>
internal static class PagesEmitter
{
    public static Emission Emit(EquatableArray<PageModel> pages)
    {
        var writer = CSharp.File("errors");
        using (writer.Type("The pages of docs/errors.", "internal static class ErrorPages"))
        {
            writer.Summary("What the page says below its title, in Markdown.");
            using (writer.Block($"public static {CSharp.Bytes} Text({CSharp.ErrorCode} code) => code switch", "};"))
            {
                foreach (var page in pages)
                {
                    writer.Line($"{CSharp.ErrorCode}.{Identifiers.Pascal(page.Id.Id)} => {Literals.Utf8(page.Text)},");
                }

                writer.Line("_ => throw new global::System.ArgumentOutOfRangeException(nameof(code)),");
            }
        }

        return new Emission("Errors.pages.g.cs", writer.Finish(), null);
    }
}
