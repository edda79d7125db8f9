using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Docs;

/// <summary>What the pages name is there, and what is there is named: environment variables, exit statuses, codes, levels.</summary>
public sealed partial class NameTests
{
    private static readonly string Integrators = RepositoryRoot.Read("docs", "integrators.md");

    private static readonly System.Text.Json.JsonElement Schema = StrictJson.Parse(RepositoryRoot.Read("schemas", "contract.json"));

    [Test]
    public async Task The_environment_is_that_of_the_schema()
    {
        var documented = RowForm().Matches(Section("Environment")).Select(static row => row.Groups[1].Value.Trim('`'));
        var declared = Schema.GetProperty("environment").EnumerateArray().Select(static variable => variable.GetProperty("name").GetString()!).ToArray();

        await Assert.That(string.Join(' ', documented.Where(static name => name.StartsWith("SPEC", StringComparison.Ordinal)).Order())).IsEqualTo(string.Join(' ', declared.Order()));
        foreach (var variable in Schema.GetProperty("environment").EnumerateArray().Where(static variable => variable.TryGetProperty("default", out _)))
        {
            await Assert.That(Section("Environment")).Contains($"| `{variable.GetProperty("name")}` | {variable.GetProperty("default")} |");
        }
    }

    [Test]
    public async Task Every_variable_that_a_page_or_the_product_names_is_declared()
    {
        var declared = Schema.GetProperty("environment").EnumerateArray().Select(static variable => variable.GetProperty("name").GetString()!).ToHashSet();
        var sources = Directory.EnumerateFiles(RepositoryRoot.File("src", "Runtime"), "*.cs", SearchOption.AllDirectories).Concat(Pages());

        var unknown = sources.SelectMany(static file => VariableForm().Matches(File.ReadAllText(file)).Select(match => $"{Path.GetFileName(file)}: {match.Value}"))
            .Where(found => !declared.Contains(found.Split(": ")[1]));

        await Assert.That(string.Join('\n', unknown)).IsEqualTo("");
    }

    [Test]
    public async Task The_exit_statuses_are_those_of_the_schema()
    {
        var documented = RowForm().Matches(Section("Exit statuses")).Select(static row => row.Groups[1].Value).Where(static value => char.IsDigit(value[0])).Select(static value => value.Split(' ')[0]);
        var declared = Schema.GetProperty("exitStatuses").EnumerateArray().Select(static status => status.GetProperty("value").ToString());

        await Assert.That(string.Join(' ', documented)).IsEqualTo(string.Join(' ', declared));
    }

    [Test]
    public async Task The_levels_are_those_of_the_schema_with_their_codes()
    {
        var rows = RowForm().Matches(Section("Contract levels")).Select(static row => row.Value).Where(static row => char.IsDigit(row[2])).ToArray();

        await Assert.That(string.Join(' ', rows.Select(static row => row.Split(' ')[1]))).IsEqualTo(string.Join(' ', Levels.All));
        foreach (var error in StrictJson.Parse(RepositoryRoot.Read("schemas", "errors.json")).GetProperty("errors").EnumerateArray())
        {
            string since = error.GetProperty("since").GetString()!;
            if (since != "1.0.0")
            {
                await Assert.That(rows.Single(row => row.StartsWith($"| {since} |", StringComparison.Ordinal))).Contains(error.GetProperty("id").GetString()!);
            }
        }
    }

    [Test]
    public async Task Every_code_that_a_page_names_is_in_the_catalogue()
    {
        var codes = ErrorCatalogue.Codes.ToHashSet();
        var named = DocumentBlock.Pages.SelectMany(static page => CodeForm().Matches(RepositoryRoot.Read(page)).Select(match => (Page: page, Code: match.Value))).ToArray();
        var strangers = named.Where(found => !codes.Contains(found.Code) && !IsOfTheSystem(found.Code)).Select(static found => $"{found.Page}: {found.Code}").Distinct();

        await Assert.That(string.Join('\n', strangers)).IsEqualTo("");
        await Assert.That(named.Count(found => codes.Contains(found.Code))).IsGreaterThan(20);
    }

    /// <summary>Names in capitals that are no codes: of the kernel, of git, of the variables that building and testing listen to.</summary>
    private static bool IsOfTheSystem(string name) =>
        VariableForm().IsMatch(name)
        || name is "O_RDWR" or "O_CREAT" or "O_CLOEXEC" or "O_APPEND" or "O_EXCL" or "LOCK_EX" or "LOCK_NB" or "RESOLVE_BENEATH" or "GIT_DIR" or "GIT_INDEX_FILE" or "NO_COLOR"
        || BuildVariables.Value.Contains($"{name}", StringComparison.Ordinal);

    /// <summary>Where variables for building and testing are read.</summary>
    private static readonly Lazy<string> BuildVariables = new(static () => string.Concat(
        Directory.EnumerateFiles(RepositoryRoot.File("tests"), "*.cs", SearchOption.AllDirectories).Where(static file => !file.Contains("/Docs/", StringComparison.Ordinal) && !file.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(static file => ReadForm().Matches(File.ReadAllText(file)).Select(static match => match.Groups[1].Value + "\n"))));

    private static IEnumerable<string> Pages() => Directory.EnumerateFiles(RepositoryRoot.File("docs"), "*.md", SearchOption.AllDirectories).Append(RepositoryRoot.File("README.md"));

    private static string Section(string heading) => Integrators.Split($"\n## {heading}\n")[1].Split("\n## ")[0];

    [GeneratedRegex(@"^\| ([^|]*?) \|.*$", RegexOptions.Multiline)]
    private static partial Regex RowForm();

    [GeneratedRegex(@"\bSPEC(?:_KITTY|IFY)_[A-Z]+(?:_[A-Z]+)*\b")]
    private static partial Regex VariableForm();

    [GeneratedRegex(@"\b[A-Z]{2,}(?:_[A-Z0-9]+)+\b|\bINTERRUPTED\b")]
    private static partial Regex CodeForm();

    [GeneratedRegex("GetEnvironmentVariable\\(\"([A-Z_]+)\"\\)")]
    private static partial Regex ReadForm();
}
