using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Tests.Planning;

public sealed class PlanValidatorTests
{
    private static readonly Transcript Transcript = Transcript.Create(
        [new ChatMessage(ChatRole.User, "task"), new ChatMessage(ChatRole.Assistant, "work"), new ChatMessage(ChatRole.User, "go on")]);

    [Fact]
    public void Check_ValidPlan_FindsNothing() => Check(Plan(Keep(0), Drop(1), Keep(2))).ShouldBeEmpty();

    [Fact]
    public void Check_TooFewDecisions_SaysSo() => Check(Plan(Keep(0))).ShouldHaveSingleItem().ShouldContain("1 decisions for 3 groups");

    [Fact]
    public void Check_DroppedTask_SaysSo() => Check(Plan(Drop(0), Keep(1), Keep(2))).ShouldContain(fault => fault.Contains("a pin leaves"));

    [Fact]
    public void Check_GroupThatVanishesWithoutANotice_SaysSo() =>
        Check(Plan(Keep(0), Drop(1), Keep(2)) with { Summaries = [] }).ShouldContain(fault => fault.Contains("nothing says so"));

    [Fact]
    public void Check_AboveItsTarget_SaysSo() =>
        Check(Plan(Keep(0), Drop(1), Keep(2)) with { TokensAfter = 101 }).ShouldContain(fault => fault.Contains("the target is 100"));

    [Fact]
    public void Check_UserPinShortened_SaysSo() =>
        PlanValidator.Check(Plan(Keep(0), new GroupDecision(1, GroupAction.Shorten, "", 10, 5, ContentCaps.Of(5)), Keep(2)), Transcript,
            new HashSet<int> { 1 })
            .ShouldContain(fault => fault.Contains("word for word"));

    [Fact]
    public void Check_GrowingGroup_SaysSo() =>
        Check(Plan(Keep(0), new GroupDecision(1, GroupAction.Keep, "", 10, 11), Keep(2))).ShouldContain(fault => fault.Contains("grows"));

    private static IReadOnlyList<string> Check(CompactionPlan plan) => PlanValidator.Check(plan, Transcript, new HashSet<int>());

    private static GroupDecision Keep(int group) => new(group, GroupAction.Keep, "", 10, 10);

    private static GroupDecision Drop(int group) => new(group, GroupAction.Drop, "", 10, 0);

    private static CompactionPlan Plan(params GroupDecision[] decisions)
    {
        var gone = decisions.Where(decision => decision.Action == GroupAction.Drop).Select(decision => decision.Group).ToList();
        return new CompactionPlan
        {
            Strategy = "test",
            Decisions = decisions,
            Summaries = gone.Count == 0 ? [] : [new PlannedSummary(gone, 10, IsNotice: true)],
            RungsTaken = [],
            TokensBefore = 200,
            TokensAfter = 90,
            Target = 100,
        };
    }
}
