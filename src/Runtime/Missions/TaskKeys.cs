namespace SpecKitty.Missions;

/// <summary>The keys of a task file's front matter that this host reads (HOST §1.5).</summary>
internal static class TaskKeys
{
    public const string WorkPackageId = "work_package_id";
    public const string Dependencies = "dependencies";
    public const string Subtasks = "subtasks";

    public static string[] All => [WorkPackageId, Dependencies, Subtasks];
}
