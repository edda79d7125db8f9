using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Nothing of the contract is typed a second time in src/Runtime: no string there is a name or a sentence that the schemas have.</summary>
internal sealed partial class TypedOnceTests
{
    /// <summary>Files about formats of others, which use some of the same words, and what git's own flags are called.</summary>
    private static readonly string[] OtherFormats =
    [
        "Merge/MergeJournal.cs", // what a killed merge leaves for the next call
        "Missions/ConfigKeys.cs",
        "Missions/LanesKeys.cs",
        "Missions/MetaKeys.cs",
        "Missions/TaskKeys.cs",
        "Status/ForeignKeys.cs",
    ];

    [Test]
    public async Task No_string_is_a_flag_a_code_a_command_a_variable_or_a_sentence_of_the_schemas()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        names.UnionWith(SchemaFolder.ReadAll("commands").Select(static command => command.Text("id")!));
        var flags = SchemaFolder.Read("flags").Entries("flags");
        names.UnionWith(flags.Select(static flag => flag.Text("name")!).Concat(flags.Select(static flag => flag.Text("negation")).OfType<string>()));
        names.UnionWith(SchemaFolder.Read("errors").Entries("errors").Select(static error => error.Text("id")!));
        names.UnionWith(SchemaFolder.Read("contract").Entries("environment").Select(static variable => variable.Text("name")!));
        names.UnionWith(SchemaFolder.Read("policy").Entries("fields").Select(static field => field.Text("id")!));
        names.UnionWith(SchemaFolder.Read("messages").Entries("messages").Select(static message => message.Text("text")!));
        names.UnionWith(SchemaFolder.Read("lanes").Entries("guards").SelectMany(static guard => guard.Entries("conditions")).Select(static condition => condition.Text("message")!));

        // Words of one part are words of any language; those of more are the contract's.
        names.UnionWith(SchemaFolder.Read("lanes").Entries("lanes").Select(static lane => lane.Text("id")!).Where(static id => id.Contains('_', StringComparison.Ordinal)));
        names.UnionWith(SchemaFolder.ReadAll("payloads").SelectMany(static payload => payload.Entries("fields")).Select(static field => field.Text("name")!)
            .Where(static name => name.Contains('_', StringComparison.Ordinal)));

        // git has a flag of that name too.
        names.Remove("--force");

        await Assert.That(Strings().Where(found => names.Contains(found.Text)).Select(static found => $"{found.File}: {found.Text}")).IsEmpty();
    }

    [Test]
    public async Task The_search_finds_what_is_there() =>
        await Assert.That(Strings().Select(static found => found.Text)).Contains("cat-file").And.Contains("worktree");

    private static IEnumerable<(string File, string Text)> Strings()
    {
        var root = Path.Combine(SchemaFolder.Repository, "src", "Runtime");
        foreach (var path in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var name = Path.GetRelativePath(root, path);
            if (OtherFormats.Contains(name))
            {
                continue;
            }

            foreach (var line in File.ReadLines(path).Where(static line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)))
            {
                foreach (Match match in StringForm().Matches(line))
                {
                    yield return (name, match.Groups[1].Value);
                }
            }
        }
    }

    [GeneratedRegex("\"((?:[^\"\\\\]|\\\\.)*)\"")]
    private static partial Regex StringForm();
}
