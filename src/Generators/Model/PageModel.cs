namespace SpecKitty.Generators.Model;

/// <summary>docs/errors/*.md: what a person reads about a code. Its id is the code; its documentation is empty, for the catalogue has that.</summary>
/// <param name="Id">The code: the file's name.</param>
/// <param name="Text">What stands below the title, in Markdown.</param>
internal sealed record PageModel(Reference Id, string Text) : SchemaModel(Id, "");
