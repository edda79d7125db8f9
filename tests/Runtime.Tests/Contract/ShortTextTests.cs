using System.Threading.Tasks;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

internal sealed class ShortTextTests
{
    [Test]
    public async Task A_text_that_is_cut_in_a_character_made_half_of_it()
    {
        string before = new('a', 39);

        await Assert.That(ShortText.Of(before + "😺😺")).IsEqualTo(before + "…");
        await Assert.That(ShortText.Of(before + "ab")).IsEqualTo(before + "a…");
        await Assert.That(ShortText.Of(before + "a")).IsEqualTo(before + "a");
    }
}
