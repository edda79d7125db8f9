using System.Collections.Generic;
using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Publication;

namespace SpecKitty.Runtime.Tests.Publication;

/// <summary>What docs/ has of the contract is what the executable says of it.</summary>
internal sealed class PublishedFilesTests
{
    public static IEnumerable<string> Levels() => ContractLevels.Texts;

    [Test]
    [MethodDataSource(nameof(Levels))]
    public async Task The_schemas_of_a_level(string level)
    {
        await Assert.That(ContractLevels.TryParse(level, out var served)).IsTrue();
        await PublishedFile.CheckAsync($"docs/schemas/{ContractConstants.Group}-{level}.schema.json", SchemaDocument.Whole(served));
    }

    [Test]
    public Task The_documents_of_the_tools() => PublishedFile.CheckAsync("docs/schemas/tools.json", SchemaDocument.Of(SchemaDefinitions.Tools, ContractLevels.Default));

    [Test]
    public Task The_index_of_the_error_codes() => PublishedFile.CheckAsync("docs/errors/README.md", ErrorFacts.Index());
}
