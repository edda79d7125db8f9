using System.Threading.Tasks;
using SpecKitty.Contract;
using SpecKitty.Merge;

namespace SpecKitty.Runtime.Tests.Merge;

/// <summary>Many problems become one failure, whose cause is theirs where they agree on one.</summary>
public sealed class MergeProblemsTests
{
    [Test]
    public async Task One_cause_is_the_failures_and_several_are_none_in_particular()
    {
        var problems = new MergeProblems();
        await Assert.That(problems.Any).IsFalse();
        problems.Add(ErrorCode.WorktreeDirty, "one");
        problems.Add(ErrorCode.WorktreeDirty, "two");

        var failure = problems.ToFailure(new Identity { MissionId = null, MissionSlug = "x", MissionNumber = null, MissionType = "software-dev" }, "main");
        await Assert.That((failure.Code, failure.Message, failure.Effect)).IsEqualTo((ErrorCode.WorktreeDirty, "one; two", Effect.None));

        problems.Add(ErrorCode.MergeConflict, "three");
        failure = problems.ToFailure(new Identity { MissionId = null, MissionSlug = "x", MissionNumber = null, MissionType = "software-dev" }, "main");
        await Assert.That((failure.Code, failure.Message)).IsEqualTo((ErrorCode.PreflightFailed, "one; two; three"));
    }
}
