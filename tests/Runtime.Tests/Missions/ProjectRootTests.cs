using System;
using System.IO;
using System.Threading.Tasks;
using SpecKitty.Missions;

namespace SpecKitty.Runtime.Tests.Missions;

internal sealed class ProjectRootTests
{
    [Test]
    public async Task The_root_is_found_from_any_directory_below_it()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/.kittify"]);
        Directory.CreateDirectory(folder["repo/kitty-specs/077-x/tasks"]);
        foreach (string cwd in (string[])["repo", "repo/kitty-specs", "repo/kitty-specs/077-x/tasks"])
        {
            await IsProject(Find(folder[cwd]), folder["repo"], folder["repo/.git"]);
        }
    }

    [Test]
    public async Task A_git_repository_with_missions_needs_no_kittify()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/kitty-specs"]);
        Directory.CreateDirectory(folder["repo/src/deep"]);
        await IsProject(Find(folder["repo/src/deep"]), folder["repo"], folder["repo/.git"]);
    }

    [Test]
    public async Task A_project_needs_no_git()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        Directory.CreateDirectory(folder["p/a/b"]);
        await IsProject(Find(folder["p/a/b"]), folder["p"], null);
        await Assert.That(Find(folder["p"]).LocksDirectory).IsEqualTo(folder["p/.kittify/spec-kitty-locks"]);
    }

    [Test]
    public async Task Without_any_mark_the_directory_itself_is_the_project()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/a/kitty-specs"]);
        await IsProject(Find(folder["p/a"]), folder["p/a"], null);
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/a"]);
        await IsProject(Find(folder["repo/a"]), folder["repo/a"], folder["repo/.git"]);
    }

    [Test]
    public async Task A_project_in_a_directory_of_a_repository_has_that_repository()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/services/one/.kittify"]);
        await IsProject(Find(folder["repo/services/one"]), folder["repo/services/one"], folder["repo/.git"]);
    }

    [Test]
    public async Task An_unmarked_repository_inside_a_project_is_no_boundary()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        Init(folder["p/vendored"]);
        await IsProject(Find(folder["p/vendored"]), folder["p"], null);
    }

    [Test]
    public async Task A_mark_must_be_a_directory()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        Directory.CreateDirectory(folder["p/a"]);
        File.WriteAllText(folder["p/a/.kittify"], "");
        Directory.CreateDirectory(folder["p/b"]);
        File.CreateSymbolicLink(folder["p/b/.kittify"], "nowhere");
        Directory.CreateDirectory(folder["p/c"]);
        Directory.CreateSymbolicLink(folder["p/c/.kittify"], "../.kittify");
        await IsProject(Find(folder["p/a"]), folder["p"], null);
        await IsProject(Find(folder["p/b"]), folder["p"], null);
        await IsProject(Find(folder["p/c"]), folder["p/c"], null);
    }

    [Test]
    public async Task A_linked_worktree_belongs_to_the_main_checkout()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/.kittify"]);
        File.WriteAllText(folder["repo/.kittify/config.yaml"], "");
        Git(folder["repo"], "add", "-A");
        Git(folder["repo"], "commit", "-qm", "kittify");
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["wt"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "lane", folder["repo/.worktrees/lane"]);
        Directory.CreateDirectory(folder["wt/deep"]);
        foreach (string cwd in (string[])["wt", "wt/deep", "repo/.worktrees/lane"])
        {
            await IsProject(Find(folder[cwd]), folder["repo"], folder["repo/.git"]);
        }
    }

    [Test]
    public async Task Relative_worktree_pointers_count_from_the_worktree()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/.kittify"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["trees/wt"]);
        // What git writes with worktree.useRelativePaths.
        File.WriteAllText(folder["trees/wt/.git"], "gitdir: ../../repo/.git/worktrees/wt\n");
        Directory.CreateDirectory(folder["trees/wt/deep"]);
        await IsProject(Find(folder["trees/wt/deep"]), folder["repo"], folder["repo/.git"]);
        await IsProject(Find(folder["trees/wt"]), folder["repo"], folder["repo/.git"]);
    }

    [Test]
    public async Task A_worktree_whose_records_were_pruned_still_knows_its_repository()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/.kittify"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["wt"]);
        Directory.Delete(folder["repo/.git/worktrees"], recursive: true);
        await IsProject(Find(folder["wt"]), folder["repo"], folder["repo/.git"]);
    }

    [Test]
    public async Task A_worktree_stands_for_itself_where_only_it_has_missions()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["wt"]);
        Directory.CreateDirectory(folder["wt/kitty-specs"]);
        await IsProject(Find(folder["wt"]), folder["wt"], folder["repo/.git"]);
    }

    [Test]
    public async Task An_unmarked_worktree_falls_back_to_the_main_checkout()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["wt"]);
        await IsProject(Find(folder["wt"]), folder["repo"], folder["repo/.git"]);
    }

    [Test]
    public async Task A_worktree_of_a_bare_repository_stands_for_itself()
    {
        using var folder = new TemporaryFolder();
        Init(folder["seed"]);
        Git(folder.Path, "clone", "-q", "--bare", folder["seed"], folder["proj/.bare"]);
        Git(folder["proj/.bare"], "worktree", "add", "-q", "-b", "side", folder["proj/side"]);
        File.WriteAllText(folder["proj/.git"], "gitdir: ./.bare\n");
        Directory.CreateDirectory(folder["proj/side/kitty-specs"]);
        await IsProject(Find(folder["proj/side"]), folder["proj/side"], folder["proj/.bare"]);
    }

    [Test]
    public async Task A_worktree_of_a_bare_dot_git_stands_for_itself()
    {
        using var folder = new TemporaryFolder();
        Init(folder["seed"]);
        Git(folder.Path, "clone", "-q", "--bare", folder["seed"], folder["proj/.git"]);
        Git(folder["proj/.git"], "worktree", "add", "-q", "-b", "side", folder["proj/side"]);
        Directory.CreateDirectory(folder["proj/side/.kittify"]);
        await IsProject(Find(folder["proj/side"]), folder["proj/side"], folder["proj/.git"]);
    }

    [Test]
    public async Task A_submodule_is_no_worktree()
    {
        using var folder = new TemporaryFolder();
        Init(folder["lib"]);
        Init(folder["repo"]);
        Git(folder["repo"], "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", folder["lib"], "sub");
        Directory.CreateDirectory(folder["repo/kitty-specs"]);
        await IsProject(Find(folder["repo/sub"]), folder["repo"], folder["repo/.git"]);
        Directory.CreateDirectory(folder["repo/sub/kitty-specs"]);
        await IsProject(Find(folder["repo/sub"]), folder["repo/sub"], folder["repo/.git/modules/sub"]);
        Git(folder["repo/sub"], "worktree", "add", "-q", "-b", "side", folder["subwt"]);
        await IsProject(Find(folder["subwt"]), folder["repo/sub"], folder["repo/.git/modules/sub"]);
    }

    [Test]
    public async Task A_separate_git_directory_is_the_common_one()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["store"]);
        Git(folder.Path, "init", "-q", "--separate-git-dir", folder["store/repo.git"], folder["repo"]);
        Directory.CreateDirectory(folder["repo/.kittify"]);
        await IsProject(Find(folder["repo"]), folder["repo"], folder["store/repo.git"]);
        await Assert.That(Find(folder["repo"]).LocksDirectory).IsEqualTo(folder["store/repo.git/spec-kitty-locks"]);
    }

    [Test]
    public async Task The_common_directory_is_the_one_that_git_names()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Directory.CreateDirectory(folder["repo/.kittify"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["wt"]);
        string told = Git(folder["wt"], "rev-parse", "--path-format=absolute", "--git-common-dir").Trim();
        await Assert.That(Find(folder["wt"]).GitDirectory).IsEqualTo(told);
    }

    [Test]
    public async Task A_dot_git_that_is_no_repository_counts_for_the_lock_only()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.git/spec-kitty-locks"]);
        Directory.CreateDirectory(folder["p/.kittify"]);
        var project = Find(folder["p"]);
        await IsProject(project, folder["p"], null);
        await Assert.That(project.LocksDirectory).IsEqualTo(folder["p/.git/spec-kitty-locks"]);
    }

    [Test]
    [Arguments("")]
    [Arguments("gitdir:\n")]
    [Arguments("gitdir: \n")]
    [Arguments("something else\n")]
    [Arguments("gitdir: /nowhere/at/all\n")]
    [Arguments("gitdir: ../nowhere/.git/worktrees/x\n")]
    public async Task A_dot_git_file_that_says_nothing_does_no_harm(string content)
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        File.WriteAllText(folder["p/.git"], content);
        await IsProject(Find(folder["p"]), folder["p"], null);
    }

    [Test]
    public async Task A_fifo_for_a_dot_git_does_not_block()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        Commands.Run("mkfifo", folder["p/.git"]);
        await IsProject(Find(folder["p"]), folder["p"], null);
    }

    [Test]
    public async Task The_environment_names_the_root()
    {
        using var folder = new TemporaryFolder();
        Init(folder["repo"]);
        Git(folder["repo"], "worktree", "add", "-q", "-b", "side", folder["wt"]);
        Directory.CreateDirectory(folder["repo/kitty-specs"]);
        Directory.CreateDirectory(folder["plain"]);
        Directory.CreateDirectory(folder["other/.kittify"]);
        Directory.CreateSymbolicLink(folder["link"], "plain");
        await IsProject(ProjectRoot.Find(folder["other"], folder["plain"]), folder["plain"], null);
        await IsProject(ProjectRoot.Find(folder["other"], folder["link"]), folder["plain"], null);
        await IsProject(ProjectRoot.Find(folder["other"], folder["repo"]), folder["repo"], folder["repo/.git"]);
        await IsProject(ProjectRoot.Find(folder["other"], folder["wt"]), folder["repo"], folder["repo/.git"]);
        await IsProject(ProjectRoot.Find(folder["other"], folder["nowhere"]), folder["other"], null);
        await IsProject(ProjectRoot.Find(folder["other"], ""), folder["other"], null);
        File.WriteAllText(folder["file"], "");
        await IsProject(ProjectRoot.Find(folder["other"], folder["file"]), folder["other"], null);
    }

    [Test]
    public async Task A_directory_that_is_gone_is_no_crash()
    {
        using var folder = new TemporaryFolder();
        var project = Find(folder["nowhere/at/all"]);
        await Assert.That(project.Root).IsEqualTo(folder["nowhere/at/all"]);
    }

    [Test]
    public async Task A_link_to_a_directory_of_the_project_is_resolved_first()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["p/.kittify"]);
        Directory.CreateDirectory(folder["p/a/b"]);
        Directory.CreateSymbolicLink(folder["shortcut"], folder["p/a/b"]);
        await IsProject(Find(folder["shortcut"]), folder["p"], null);
    }

    private static Project Find(string cwd) => ProjectRoot.Find(cwd, null);

    private static async Task IsProject(Project project, string root, string? git)
    {
        await Assert.That(project.Root).IsEqualTo(root);
        await Assert.That(project.GitDirectory).IsEqualTo(git);
    }

    private static void Init(string directory)
    {
        Directory.CreateDirectory(directory);
        Git(directory, "init", "-q", "-b", "main");
        Git(directory, "commit", "-q", "--allow-empty", "-m", "first");
    }

    private static string Git(string directory, params string[] arguments) =>
        Commands.Run("git", ["-C", directory, "-c", "user.name=t", "-c", "user.email=t@example.invalid", .. arguments]);
}
