using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>Which contract level this call is served at: the environment's, else the project's, else the default (DESIGN §4).</summary>
internal static class ServedLevel
{
    /// <param name="project">Whose configuration counts: the main checkout's.</param>
    /// <param name="unknown">The refusal when the level asked for is not one of ours; the default level serves then.</param>
    public static ContractLevel Of(Project project, out Failure? unknown)
    {
        unknown = null;
        string source = EnvironmentVariables.ContractLevel;
        string? asked = Posix.Variable(EnvironmentVariables.ContractLevelUtf8);
        if (string.IsNullOrEmpty(asked))
        {
            source = ProjectConfig.RelativePath;
            asked = ProjectConfig.Load(project).ContractLevel;
            if (string.IsNullOrEmpty(asked))
            {
                return ContractLevels.Default;
            }
        }

        if (ContractLevels.TryParse(asked, out var level))
        {
            return level;
        }

        unknown = new Failure(
            ErrorCode.ContractVersionMismatch,
            Messages.LevelUnknown(asked, source, string.Join(", ", ContractLevels.Texts)),
            new VersionMismatchData { SupportedLevels = ContractLevels.Texts });
        return ContractLevels.Default;
    }
}
