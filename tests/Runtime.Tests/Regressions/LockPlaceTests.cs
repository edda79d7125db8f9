using System.IO;
using System.Threading.Tasks;
using SpecKitty.Commands;
using SpecKitty.Contract;
using SpecKitty.Missions;
using SpecKitty.Platform;

namespace SpecKitty.Runtime.Tests.Regressions;

/// <summary>Two calls that change the same mission must take the same lock, whatever happens on the way to it.</summary>
internal sealed class LockPlaceTests
{
    [Test]
    public async Task A_fault_while_looking_for_git_led_to_a_lock_that_nobody_else_takes()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        var undecided = new Project(folder["p"], null) { GitFault = -Errno.InputOutput };
        var failure = ProjectSchema.Check(undecided);
        await Assert.That(failure!.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(failure.Effect).IsEqualTo(Effect.None);
        await Assert.That(ProjectSchema.Check(new Project(folder["p"], null))).IsNull();
    }

    [Test]
    public async Task Where_the_reference_host_had_made_a_git_directory_of_its_own_the_two_took_different_locks()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        Directory.CreateDirectory(folder["p/.git/spec-kitty-locks"]);
        Directory.CreateDirectory(folder["p/kitty-specs/077-m"]);
        var project = ProjectRoot.Find(folder["p"], null);
        MissionSelector.Resolve(project, "077-m").Try(out var mission, out _);
        var context = new CallContext(ContractLevels.Default, new Deadline(1000), project);
        await Assert.That(StatusSurface.Of(mission!, context).LockPath).IsEqualTo(folder["p/.git/spec-kitty-locks/077-m.status.lock"]);
    }

    [Test]
    [Arguments(".kittify")]
    [Arguments(".kittify/spec-kitty-locks")]
    public async Task Without_git_a_link_in_the_project_had_the_lock_made_outside_of_it(string link)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["outside"]);
        Directory.CreateDirectory(Path.GetDirectoryName(folder["p/" + link])!);
        File.CreateSymbolicLink(folder["p/" + link], folder["outside"]);
        await Assert.That(ProjectSchema.Check(new Project(folder["p"], null))!.Code).IsEqualTo(ErrorCode.IoFailed);
        await Assert.That(ProjectSchema.Check(new Project(folder["p"], folder["p/.git"]))).IsNull();
    }
}
