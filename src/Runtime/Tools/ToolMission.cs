using SpecKitty.Contract;
using SpecKitty.Missions;

namespace SpecKitty.Tools;

/// <summary>Which mission a tool is about: the one named, by argument or flag, or the only one there is.</summary>
internal static class ToolMission
{
    /// <summary>The selector to resolve. USAGE_ERROR where it cannot be left out.</summary>
    public static Result<string> Selector(Project project, string? argument, string? flag)
    {
        if (argument is not null && flag is not null && argument != flag)
        {
            return new Failure(ErrorCode.UsageError, Messages.TwoMissions(argument, flag));
        }

        if ((argument ?? flag) is { } named)
        {
            return named;
        }

        var names = MissionIndex.Directories(project, out var failure);
        if (failure is not null)
        {
            return failure;
        }

        return names.Length switch
        {
            0 => new Failure(ErrorCode.MissionNotFound, Messages.NoMissions(project.PathOf(Project.SpecsName))),
            1 => names[0],
            _ => new Failure(ErrorCode.UsageError, Messages.WhichMission(string.Join(", ", names))),
        };
    }
}
