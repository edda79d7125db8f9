using System;

namespace SpecKitty.Missions;

/// <summary><c>policy.merge_gates</c> of .kittify/config.yaml (HOST §1.10).</summary>
internal sealed class MergeGates
{
    /// <summary>What holds where the configuration says nothing.</summary>
    public static MergeGates Default => new();

    public bool Enabled { get; private init; } = true;

    public MergeGateMode Mode { get; private init; }

    public bool RequireReviewApproval { get; private init; } = true;

    public bool RequireRiskCheck { get; private init; } = true;

    public bool RequireDepsComplete { get; private init; } = true;

    internal static MergeGates From(YamlValue? gates) => gates is not { Kind: YamlKind.Mapping } ? Default : new()
    {
        Enabled = gates.Find(ConfigKeys.Enabled)?.IsTruthy ?? true,
        Mode = ModeOf(gates.Find(ConfigKeys.Mode)),
        RequireReviewApproval = gates.Find(ConfigKeys.RequireReviewApproval)?.IsTruthy ?? true,
        RequireRiskCheck = gates.Find(ConfigKeys.RequireRiskCheck)?.IsTruthy ?? true,
        RequireDepsComplete = gates.Find(ConfigKeys.RequireDepsComplete)?.IsTruthy ?? true,
    };

    private static MergeGateMode ModeOf(YamlValue? mode)
    {
        var text = (mode?.Text ?? "").AsSpan().Trim();
        return text.Equals("warn", StringComparison.OrdinalIgnoreCase) ? MergeGateMode.Warn
            : text.Equals("off", StringComparison.OrdinalIgnoreCase) ? MergeGateMode.Off
            : MergeGateMode.Block;
    }
}
