using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>The first check of every run-affecting call: is there a policy, and is it sound (HOST §8).</summary>
internal static class PolicyGate
{
    /// <summary>The policy, which must be there; <paramref name="absent"/> says so otherwise.</summary>
    public static Result<Policy> Require(string? json, string absent, ContractLevel level) =>
        string.IsNullOrEmpty(json) ? new Failure(ErrorCode.PolicyMetadataRequired, absent) : Validate(json, level);

    /// <summary>The policy that was given.</summary>
    public static Result<Policy> Validate(string json, ContractLevel level) =>
        PolicyValidator.Validate(json, level, out string? message) is { } policy
            ? policy
            : new Failure(ErrorCode.PolicyValidationFailed, message!);
}
