using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Diagnostics;

/// <summary>Pages about error codes.</summary>
internal sealed class PageTests
{
    private const string Page = "pages/NAME_TAKEN.md";

    [Test]
    public void SKA0204_a_code_without_a_page() => Broken.Check(
        SchemaFiles.Small.Remove(Page),
        """errors.json(7,36) SKA0204 «"1.1.0"»: No page explains NAME_TAKEN; write docs/errors/NAME_TAKEN.md""");

    [Test]
    public void SKA0205_a_page_without_a_code() => Broken.Check(
        SchemaFiles.Small.Add("pages/NAME_TAKN.md", "page", SchemaFiles.Small[Page].Replace("NAME_TAKEN", "NAME_TAKN", System.StringComparison.Ordinal)),
        """pages/NAME_TAKN.md(1,1) SKA0205 «»: 'NAME_TAKN' is no error code; name the page after one of errors.json or remove it""");

    [Test]
    public void SKA0206_a_page_with_another_title() => Broken.Edit(
        Page,
        "# NAME_TAKEN",
        "# Taken",
        """pages/NAME_TAKEN.md(1,1) SKA0206 «# Taken»: The page of NAME_TAKEN needs '# NAME_TAKEN' here or below, on a line of its own""");

    [Test]
    [Arguments("## Causes")]
    [Arguments("## What to do")]
    [Arguments("## Example")]
    [Arguments("```json")]
    public void SKA0206_a_page_without_a_section(string section) => Broken.Edit(
        Page,
        section,
        "## Something",
        $"""pages/NAME_TAKEN.md(1,1) SKA0206 «»: The page of NAME_TAKEN needs '{section}' here or below, on a line of its own""");

    [Test]
    public void SKA0206_sections_in_another_order() => Broken.Check(
        SchemaFiles.Small.Edit(Page, "## Causes", "## Later").Edit(Page, "## What to do", "## Causes").Edit(Page, "## Later", "## What to do"),
        """pages/NAME_TAKEN.md(1,1) SKA0206 «»: The page of NAME_TAKEN needs '## What to do' here or below, on a line of its own""");

    [Test]
    public void SKA0206_a_page_without_text() => Broken.Check(
        SchemaFiles.Small.Set(Page, ""),
        """pages/NAME_TAKEN.md(1,1) SKA0206 «»: The page of NAME_TAKEN needs '# NAME_TAKEN' here or below, on a line of its own""");
}
