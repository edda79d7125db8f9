using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using SpecKitty.Contract.Tests.Harness;

namespace SpecKitty.Contract.Tests.Cases;

/// <summary>Random missions, merged by merge-mission and, in a copy, by git by hand: the same files land, or both run into a conflict.</summary>
public sealed class MergePropertyTests
{
    private const int Seeds = 10;
    private static readonly string[] Paths = ["README.md", "one.txt", "two.txt", "dir/three.txt", "dir/four.txt", "other/five.txt"];

    public static IEnumerable<(int Seed, string Strategy)> Missions() =>
        from seed in Enumerable.Range(1, Seeds) from strategy in (string[])["merge", "squash", "rebase"] select (seed, strategy);

    [Test]
    [MethodDataSource(nameof(Missions))]
    public async Task The_same_lands_as_by_hand(int seed, string strategy)
    {
        using var sandbox = await Sandbox.WithGitAsync();
        var random = new Random((seed * 7919) + strategy.Length);
        var lanes = await BuildAsync(sandbox, random);
        string copy = Path.Combine(sandbox.Top, "by-hand");
        await Run(sandbox, sandbox.Top, "cp", "-a", sandbox.Root, copy);
        var before = sandbox.Tree();

        bool byHand = await ByHandAsync(sandbox, copy, lanes, strategy);
        var call = await sandbox.ApiAsync("merge-mission", "--mission", MergeScene.Slug, "--strategy", strategy);

        if (!byHand)
        {
            call.Fails("MERGE_CONFLICT");
            await Run(sandbox, sandbox.Top, "rm", "-rf", copy);
            await Run(sandbox, sandbox.Top, "mkdir", copy);
            var after = sandbox.Tree();
            Harness.Contract.Equal(
                string.Join(' ', after.ChangesSince(before).Where(line => !line.Contains("by-hand", StringComparison.Ordinal) && !line.Contains("-locks/", StringComparison.Ordinal))), "", $"seed {seed}: changes");
            return;
        }

        call.Ok();
        Harness.Contract.Equal(await ListAsync(sandbox, sandbox.Root), await ListAsync(sandbox, copy), $"seed {seed}: what landed");
        Harness.Contract.Equal(await sandbox.GitAsync("status", "--porcelain"), "", $"seed {seed}: uncommitted");
        Harness.Contract.Equal(await sandbox.GitAsync("for-each-ref", "--format=%(refname)"), "refs/heads/main\n", $"seed {seed}: branches");
        Harness.Contract.Equal(await sandbox.GitAsync("fsck", "--connectivity-only", "--no-dangling"), "", $"seed {seed}: fsck");
    }

    /// <summary>Two to six lanes of one to three commits, some of them on another lane's, and a target that may have gone on.</summary>
    private static async Task<string[]> BuildAsync(Sandbox sandbox, Random random)
    {
        int count = random.Next(2, 7);
        string[] lanes = [.. Enumerable.Range(0, count).Select(i => $"lane-{(char)('a' + i)}")];
        var builder = sandbox.Mission();
        for (int i = 1; i <= count; i++)
        {
            builder = builder.Wp($"WP{i:00}");
        }

        var mission = builder.Write();
        mission.WriteLanes([.. lanes.Select((lane, i) => (lane, (string[])[$"WP{i + 1:00}"]))]);
        foreach (string path in Paths)
        {
            sandbox.Write(path, string.Concat(Enumerable.Range(1, 30).Select(line => $"{path} {line}\n")));
        }

        await sandbox.CommitAsync("mission");
        await sandbox.GitAsync("branch", MergeScene.Branch);
        string build = Path.Combine(sandbox.Top, "build");
        await sandbox.GitAsync("worktree", "add", "-q", "--detach", build, "main");
        for (int i = 0; i < count; i++)
        {
            string start = i > 0 && random.Next(4) == 0 ? MergeScene.LaneBranch(lanes[random.Next(i)]) : "main";
            await sandbox.GitInAsync(build, "checkout", "-q", "-b", MergeScene.LaneBranch(lanes[i]), start);
            for (int commit = random.Next(1, 4); commit > 0; commit--)
            {
                Edit(build, random, lanes[i]);
                await sandbox.CommitAsync($"{lanes[i]} {commit}", build);
            }

            if (i > 1 && random.Next(4) == 0)
            {
                await Run(sandbox, build, "git", "merge", "-q", "--no-edit", MergeScene.LaneBranch(lanes[random.Next(i)]));
                await Run(sandbox, build, "git", "merge", "--abort");
            }
        }

        await sandbox.GitAsync("worktree", "remove", "--force", build);
        if (random.Next(2) == 0)
        {
            Edit(sandbox.Root, random, "target");
            await sandbox.CommitAsync("the target goes on");
        }

        for (int i = 1; i <= count; i++)
        {
            mission.Put($"WP{i:00}", "approved");
        }

        return lanes;
    }

    private static void Edit(string checkout, Random random, string who)
    {
        string path = Path.Combine(checkout, Paths[random.Next(Paths.Length)]);
        switch (random.Next(10))
        {
            case 0:
                File.Delete(path);
                break;
            case 1:
                File.WriteAllText(Path.Combine(checkout, $"{who}-{random.Next(100)}.txt"), $"{who}\n");
                break;
            case 2 when File.Exists(path):
                File.Move(path, path + ".moved", overwrite: true);
                break;
            case 3 when File.Exists(path):
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) ^ UnixFileMode.UserExecute);
                break;
            default:
                if (File.Exists(path))
                {
                    string[] lines = File.ReadAllLines(path);
                    lines[random.Next(lines.Length)] += " by " + who;
                    File.WriteAllText(path, string.Join('\n', lines) + "\n");
                }

                break;
        }
    }

    /// <summary>Whether it went without a conflict.</summary>
    private static async Task<bool> ByHandAsync(Sandbox sandbox, string copy, string[] lanes, string strategy)
    {
        // The rows are the main checkout's business; git would not switch branches over them.
        await sandbox.GitInAsync(copy, "checkout", "-q", "--", ".");
        await sandbox.GitInAsync(copy, "checkout", "-q", MergeScene.Branch);
        foreach (string lane in lanes)
        {
            if (!await Run(sandbox, copy, "git", "merge", "-q", "--no-edit", MergeScene.LaneBranch(lane)))
            {
                return false;
            }
        }

        if (strategy == "rebase")
        {
            return await Run(sandbox, copy, "git", "rebase", "-q", "main") && await Run(sandbox, copy, "git", "checkout", "-q", "-B", "main");
        }

        await sandbox.GitInAsync(copy, "checkout", "-q", "main");
        return strategy == "squash"
            ? await Run(sandbox, copy, "git", "merge", "-q", "--squash", MergeScene.Branch) && await Run(sandbox, copy, "git", "commit", "-q", "--allow-empty", "-m", "squash")
            : await Run(sandbox, copy, "git", "merge", "-q", "--no-ff", "--no-edit", MergeScene.Branch);
    }

    private static async Task<bool> Run(Sandbox sandbox, string directory, string program, params string[] arguments) =>
        (await Spawn.RunAsync(program, arguments, directory, sandbox.Environment)).ExitStatus == 0;

    /// <summary>Every file of the target but the mission's own.</summary>
    private static async Task<string> ListAsync(Sandbox sandbox, string repository)
    {
        string all = await sandbox.GitInAsync(repository, "ls-tree", "-r", "main");
        return string.Join("\n", all.Split((char)10).Where(line => !line.Contains("\tkitty-specs/", StringComparison.Ordinal)));
    }
}
