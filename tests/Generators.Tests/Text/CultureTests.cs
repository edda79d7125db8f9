using System.Globalization;
using System.Threading.Tasks;
using SpecKitty.Generators.Tests.Diagnostics;
using SpecKitty.Generators.Tests.Harness;

namespace SpecKitty.Generators.Tests.Text;

/// <summary>What comes out is the same wherever it is built: fi-FI writes another minus sign, tr-TR has another capital i.</summary>
internal sealed class CultureTests
{
    [Test]
    [Arguments("fi-FI")]
    [Arguments("tr-TR")]
    public async Task The_output_is_the_same_in_every_culture(string culture)
    {
        var files = SchemaFiles.Small.Edit(Broken.Contract, "\"value\": 0", "\"value\": -1").Edit(Broken.Messages, "\"id\": \"hello\"", "\"id\": \"istanbul-i\"");
        var expected = GeneratorHarness.Run(files).Sources;
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            await Assert.That(CultureInfo.CurrentCulture.TextInfo.ToUpper("i") == "I").IsEqualTo(culture != "tr-TR");
            await Assert.That(GeneratorHarness.Run(files).Sources).IsEquivalentTo(expected);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
