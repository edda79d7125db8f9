using System;
using SpecKitty.Contract;
using SpecKitty.Platform;

namespace SpecKitty.Missions;

/// <summary>Which contract level this call is served at: the environment's, else the project's, else the default (DESIGN §4).</summary>
internal static class ServedLevel
{
    /// <param name="project">Whose configuration counts: the main checkout's.</param>
    /// <param name="refusal">Why nothing is served: the level asked for is not one of ours, or which one is asked for could not be read. The default level tells of it.</param>
    public static ContractLevel Of(Project project, out Failure? refusal)
    {
        refusal = null;
        string source = EnvironmentVariables.ContractLevel;
        string? asked = Posix.Variable(EnvironmentVariables.ContractLevelUtf8);
        if (string.IsNullOrEmpty(asked))
        {
            source = ProjectConfig.RelativePath;
            if (!ProjectConfig.Load(project).Try(out var config, out refusal))
            {
                return ContractLevels.Default;
            }

            asked = config.ContractLevel;
            if (string.IsNullOrEmpty(asked))
            {
                return ContractLevels.Default;
            }
        }

        if (ContractLevels.TryParse(asked, out var level))
        {
            return level;
        }

        refusal = new Failure(
            ErrorCode.ContractVersionMismatch,
            Messages.LevelUnknown(asked, source, string.Join(", ", ContractLevels.Texts)),
            new VersionMismatchData { SupportedLevels = ContractLevels.Texts });
        return ContractLevels.Default;
    }
}
