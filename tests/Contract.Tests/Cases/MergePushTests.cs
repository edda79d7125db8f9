using System.IO;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;
using TUnit.Assertions.Enums;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>merge-mission --push: what is pushed, and what a refused push says and leaves.</summary>
public sealed class MergePushTests
{
    [Test]
    public async Task The_target_is_pushed_and_again_is_no_harm()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string remote = await RemoteAsync(sandbox);

        await Assert.That((await scene.MergeAsync("--push")).Ok().GetProperty("pushed").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitInAsync(remote, "rev-parse", "main")).IsEqualTo(await sandbox.GitAsync("rev-parse", "main"));

        var again = (await scene.MergeAsync("--push")).Ok();
        await Assert.That((again.GetProperty("no_op").GetBoolean(), again.GetProperty("pushed").GetBoolean())).IsEqualTo((true, true));
    }

    [Test]
    public async Task Without_the_flag_nothing_is_pushed()
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string remote = await RemoteAsync(sandbox);
        string before = await sandbox.GitInAsync(remote, "rev-parse", "main");

        await Assert.That((await scene.MergeAsync()).Ok().GetProperty("pushed").GetBoolean()).IsFalse();
        await Assert.That(await sandbox.GitInAsync(remote, "rev-parse", "main")).IsEqualTo(before);
    }

    [Test]
    [Arguments("hook")]
    [Arguments("ahead")]
    [Arguments("gone")]
    public async Task A_refused_push_says_what_landed_and_the_next_call_pushes(string why)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var scene = await MergeScene.CreateAsync(sandbox, MergeScene.Two);
        string remote = await RemoteAsync(sandbox);
        string hook = Path.Combine(remote, "hooks", "pre-receive");
        string other = Path.Combine(sandbox.Top, "other");
        switch (why)
        {
            case "hook":
                Directory.CreateDirectory(Path.GetDirectoryName(hook)!);
                await File.WriteAllTextAsync(hook, "#!/bin/sh\necho closed >&2\nexit 1\n");
                File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                break;
            case "ahead":
                await sandbox.GitAsync("clone", "-q", remote, other);
                await sandbox.CommitAsync("theirs", other);
                await sandbox.GitInAsync(other, "push", "-q");
                break;
            default:
                Directory.Move(remote, remote + ".away");
                break;
        }

        var call = (await scene.MergeAsync("--push")).Fails("PUSH_REJECTED");

        await Assert.That((call.Text("effect"), call.Data.GetProperty("merged").GetBoolean(), call.Data.GetProperty("pushed").GetBoolean(), call.Data.GetProperty("retryable").GetBoolean()))
            .IsEqualTo(("committed", true, false, true));
        await Assert.That(call.Texts("merged_wps")).IsEquivalentTo(["WP01", "WP02"], CollectionOrdering.Matching);
        await Assert.That(sandbox.Read("a.txt")).IsEqualTo("a\n");
        (await scene.MergeAsync("--push")).Fails("PUSH_REJECTED");

        switch (why)
        {
            case "hook":
                File.Delete(hook);
                break;
            case "ahead":
                await sandbox.GitInAsync(other, "push", "-q", "--force", "origin", "main~1:main");
                break;
            default:
                Directory.Move(remote + ".away", remote);
                break;
        }

        await Assert.That((await scene.MergeAsync("--push")).Ok().GetProperty("pushed").GetBoolean()).IsTrue();
        await Assert.That(await sandbox.GitInAsync(remote, "rev-parse", "main")).IsEqualTo(await sandbox.GitAsync("rev-parse", "main"));
        await scene.IsLandedAsync();
    }

    private static async Task<string> RemoteAsync(Sandbox sandbox)
    {
        string remote = Path.Combine(sandbox.Top, "remote.git");
        await sandbox.GitAsync("init", "-q", "--bare", remote);
        await sandbox.GitAsync("remote", "add", "origin", remote);
        await sandbox.GitAsync("push", "-q", "origin", "main");
        return remote;
    }
}
