using SpecKitty.Contract;

namespace SpecKitty.Commands;

/// <summary>Which contract is served, and whether the caller's version may use it (HOST §6.1).</summary>
internal static class ContractVersion
{
    public static Result<Payload> Run(ContractVersionRequest request, CallContext context)
    {
        if (request.ProviderVersion is { } given && Refuse(given, context.Level) is { } failure)
        {
            return failure;
        }

        return new ContractVersionPayload
        {
            ApiVersion = ContractLevels.Text(context.Level),
            MinSupportedProviderVersion = ContractConstants.MinSupportedProviderVersion,
            SupportedLevels = ContractLevels.Texts,
            Capabilities = ContractConstants.Capabilities,
        };
    }

    private static Failure? Refuse(string given, ContractLevel level)
    {
        const string Minimum = ContractConstants.MinSupportedProviderVersion;
        if (!ProviderVersion.TryParse(given, out var version))
        {
            return new Failure(ErrorCode.ContractVersionMismatch, Messages.ProviderVersionInvalid(given), new VersionMismatchData { ProviderVersion = given });
        }

        return ProviderVersion.TryParse(Minimum, out var minimum) && version.CompareTo(minimum) >= 0
            ? null
            : new Failure(ErrorCode.ContractVersionMismatch, Messages.ProviderVersionOld(given, Minimum), new VersionMismatchData
            {
                ProviderVersion = given,
                MinSupportedProviderVersion = Minimum,
                ApiVersion = ContractLevels.Text(level),
            });
    }
}
