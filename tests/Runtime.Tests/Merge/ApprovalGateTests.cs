using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Merge;
using TUnit.Assertions.Enums;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>What the gates object to, and in which words (HOST §6.9a).</summary>
public sealed class ApprovalGateTests
{
    private static readonly Items<GateFact> Facts =
    [
        new("WP01", Lane.Approved, [new("WP09", Lane.InReview)]),
        new("WP02", Lane.InProgress, [new("WP01", Lane.Approved), new("WP09", Lane.InReview)]),
        new("WP03", Lane.Done, [new("WP08", Lane.Done)]),
        new("WP04", Lane.Canceled, []),
    ];

    [Test]
    public async Task Every_objection_is_told_once()
    {
        await Assert.That(ApprovalGate.Objections(Facts, needsApproval: true, needsDependencies: true))
            .IsEquivalentTo(["WPs missing review approval: WP02, WP04", "Incomplete dependencies: WP09 (lane=in_review)"], CollectionOrdering.Matching);
    }

    [Test]
    public async Task A_gate_that_is_off_says_nothing()
    {
        await Assert.That(ApprovalGate.Objections(Facts, needsApproval: false, needsDependencies: true)).IsEquivalentTo(["Incomplete dependencies: WP09 (lane=in_review)"], CollectionOrdering.Matching);
        await Assert.That(ApprovalGate.Objections(Facts, needsApproval: true, needsDependencies: false)).IsEquivalentTo(["WPs missing review approval: WP02, WP04"], CollectionOrdering.Matching);
        await Assert.That(ApprovalGate.Objections(Facts, needsApproval: false, needsDependencies: false)).IsEmpty();
        await Assert.That(ApprovalGate.Objections([Facts[2]], needsApproval: true, needsDependencies: true)).IsEmpty();
    }
}
