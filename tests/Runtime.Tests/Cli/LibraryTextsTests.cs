using System.Collections;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.Linq;
using System.Reflection;
using System.Resources;
using System.Threading.Tasks;
using SpecKitty.Cli;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Cli;

internal sealed class LibraryTextsTests
{
    /// <summary>What it says of files, response files, versions and unhandled exceptions: none of them are of this program.</summary>
    private static readonly string[] Unused =
    [
        "DirectoryDoesNotExist", "ErrorReadingResponseFile", "ExceptionHandlerHeader", "FileDoesNotExist", "FileOrDirectoryDoesNotExist", "InvalidCharactersInFileName", "InvalidCharactersInPath",
        "ResponseFileNotFound", "VersionOptionCannotBeCombinedWithOtherArguments", "VersionOptionDescription",
    ];

    [Test]
    public async Task The_texts_are_those_of_the_librarys_own_resources()
    {
        var theirs = Theirs().Where(static entry => !Unused.Contains(entry.Key)).ToList();
        var ours = theirs.Select(static entry => KeyValuePair.Create(entry.Key, LibraryTexts.Of(entry.Key) ?? ""));

        await Assert.That(theirs.Count).IsGreaterThan(20);
        await Assert.That(ours).IsEquivalentTo(theirs, CollectionOrdering.Matching);
    }

    [Test]
    public async Task What_is_left_out_is_in_the_library_and_not_here()
    {
        await Assert.That(Theirs().Select(static entry => entry.Key).Where(static name => LibraryTexts.Of(name) is null).Order()).IsEquivalentTo(Unused, CollectionOrdering.Matching);
    }

    /// <summary>Their texts are the same, so that only the place tells who is asked.</summary>
    [Test]
    public async Task The_library_asks_them()
    {
        LibraryTexts.Use();
        var resources = typeof(Command).Assembly.GetType("System.CommandLine.Properties.Resources", throwOnError: true)!;
        object? asked = resources.GetProperty("ResourceManager", BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!.GetValue(null);

        await Assert.That(asked).IsTypeOf<LibraryTexts>();
    }

    private static List<KeyValuePair<string, string>> Theirs() =>
    [
        .. new ResourceManager("System.CommandLine.Properties.Resources", typeof(Command).Assembly).GetResourceSet(CultureInfo.InvariantCulture, true, true)!
            .Cast<DictionaryEntry>().Select(static entry => KeyValuePair.Create((string)entry.Key, (string)entry.Value!)),
    ];
}
