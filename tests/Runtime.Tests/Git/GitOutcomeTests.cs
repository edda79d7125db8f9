using System.Threading.Tasks;
using SpecKitty.Git;

namespace SpecKitty.Runtime.Tests.Git;

internal sealed class GitOutcomeTests
{
    [Test]
    [Arguments("fatal: cannot create directory at 'x': No space left on device", 128, 0, true)]
    [Arguments("error: unable to write file kitty-specs/x/tasks/WP01.md\nfatal: Could not reset index file to revision 'HEAD'.", 128, 0, true)]
    [Arguments("fatal: cannot update ref 'refs/heads/x': couldn't write '.git/refs/heads/x.lock'", 255, 0, true)]
    [Arguments("fatal: unable to create thread: Cannot allocate memory", 128, 0, true)]
    [Arguments("", 0, 9, true)]
    [Arguments("fatal: 'x' already exists", 128, 0, false)]
    [Arguments("fatal: invalid reference: x", 128, 0, false)]
    [Arguments("fatal: could not create leading directories of 'x': Permission denied", 128, 0, false)]
    public async Task What_the_machine_wanted_may_pass_and_what_git_refused_not(string said, int status, int signal, bool passes) =>
        await Assert.That(new GitOutcome("git worktree", status, signal, [], said).IsOfTheMachine).IsEqualTo(passes);
}
