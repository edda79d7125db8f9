using System;
using SpecKitty.Contract;

namespace SpecKitty.Runtime.Tests.Contract.Walk;

/// <summary>Payloads with nothing left out.</summary>
internal sealed class FullPayloads() : PayloadSamples(new Random(7))
{
    /// <inheritdoc/>
    protected override bool LeavesOut() => false;

    /// <inheritdoc/>
    protected override Payload AnyPayload() => new MergeMetadata { MergePhase = "", TargetBranch = "" };
}
