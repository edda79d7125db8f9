using System.Threading.Tasks;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract;

internal sealed class BuildVersionTests
{
    [Test]
    public async Task The_version_that_is_printed_is_the_projects() =>
        await Assert.That(BuildVersion.Text).IsEqualTo(typeof(BuildVersion).Assembly.GetName().Version!.ToString(3));
}
