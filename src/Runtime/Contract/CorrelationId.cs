using System;
using SpecKitty.Platform;

namespace SpecKitty.Contract;

/// <summary>The name of one call: <c>corr-</c> and 32 lower-case hexadecimal digits.</summary>
internal static class CorrelationId
{
    public static string New()
    {
        // Guid.NewGuid throws where /dev/urandom cannot be read, and then there would be no answer at all.
        Span<byte> random = stackalloc byte[16];
        Entropy.Fill(random);
        return "corr-" + Convert.ToHexStringLower(random);
    }
}
