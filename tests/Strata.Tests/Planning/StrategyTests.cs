using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Planning;

/// <summary>What distinguishes the strategies; what holds for all of them is in CompactionProperties.</summary>
public sealed class StrategyTests
{
    [Fact]
    public void Truncate_LongConversation_KeepsHeadAndTail()
    {
        var plan = Plan("truncate", Dialogue(40), target: 1500);
        Kept(plan).First().ShouldBe(0);
        Kept(plan).ShouldContain(1);
        Kept(plan).Last().ShouldBe(79);
        plan.Decisions.ShouldContain(decision => decision.Action == GroupAction.Drop);
        plan.Summaries.ShouldHaveSingleItem().IsNotice.ShouldBeTrue();
    }

    [Fact]
    public void SlidingWindow_LongConversation_KeepsTheNewestInOnePiece()
    {
        var plan = Plan("sliding-window", Dialogue(40), target: 1500);
        var kept = Kept(plan).Where(group => plan.Decisions[group].Reason != "the user's task").ToList();
        kept.ShouldBe(Enumerable.Range(kept[0], 80 - kept[0]));
    }

    [Fact]
    public void Summary_LongConversation_KeepsTheLastMessages()
    {
        var plan = Plan("summary", Dialogue(40), target: 3000, new StrategyOptions { PreserveLast = 6 });
        Kept(plan).ShouldBe([0, 74, 75, 76, 77, 78, 79]);
        plan.Summaries.ShouldHaveSingleItem().Groups.ShouldBe(Enumerable.Range(1, 73));
    }

    [Fact]
    public void Hybrid_LongConversation_SummarizesWhatLeftTheWindow()
    {
        var plan = Plan("hybrid", Dialogue(40), target: 3000);
        var summary = plan.Summaries.ShouldHaveSingleItem();
        summary.IsNotice.ShouldBeFalse();
        summary.MaxTokens.ShouldBeLessThanOrEqualTo(1200);
        Kept(plan).Max().ShouldBe(79);
    }

    [Fact]
    public void Selective_MixedConversation_DropsTheTrivialAndKeepsDecisions()
    {
        List<ChatMessage> messages =
        [
            User("Build the importer."),
            .. Tool("a", Words(300)),
            User("thanks!"),
            Assistant("You're welcome!"),
            User("We decided to use SQLite instead of files."),
            .. Tool("b", Words(300)),
            .. Dialogue(6),
        ];
        var plan = Plan("selective", messages, target: 1200);
        plan.Decisions[2].Action.ShouldBe(GroupAction.Drop);
        plan.Decisions[3].Action.ShouldBe(GroupAction.Drop);
        plan.Decisions[4].Action.ShouldBe(GroupAction.Keep);
        plan.Decisions[4].Reason.ShouldContain("decision");
        plan.Decisions[1].Action.ShouldBe(GroupAction.Summarize);
    }

    [Fact]
    public void Prune_AfterTenExchanges_KeepsTwentyMessages()
    {
        var plan = Plan("prune", Dialogue(30), target: 50_000);
        Kept(plan).ShouldBe([0, .. Enumerable.Range(40, 20)]);
    }

    [Fact]
    public void Prune_FewExchangesThatFit_KeepsEverything() => Plan("prune", Dialogue(9), target: 50_000).ChangesNothing.ShouldBeTrue();

    [Fact]
    public void Plan_OneHugeResult_IsShortenedNotDropped()
    {
        var plan = Plan("sliding-window", [User("Read it."), .. Tool("a", Words(40_000))], target: 2000);
        plan.Decisions[1].Action.ShouldBe(GroupAction.Shorten);
        plan.CannotFit.ShouldBeNull();
    }

    [Fact]
    public void Plan_OnlyPins_ShortensTheTaskLast()
    {
        var plan = Plan("hybrid", [User(Words(5000)), Assistant(Words(50)), User("And now?")], target: 1000);
        plan.Decisions[0].Action.ShouldBe(GroupAction.Shorten);
        plan.RungsTaken.ShouldContain(Rungs.ShortenPins);
        plan.TokensAfter.ShouldBeLessThanOrEqualTo(1000);
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("hierarchical")]
    [InlineData("summary")]
    [InlineData("sliding-window")]
    [InlineData("truncate")]
    [InlineData("prune")]
    [InlineData("selective")]
    public void Plan_HugeResultsAtTheEnd_StayShortenedAndCostTheTaskNothing(string strategy)
    {
        // Without them the assistant would call again, and again.
        var task = User("Find the fault in the ledger. Never touch the folder vendor.");
        var plan = Plan(strategy, [task, .. Dialogue(30), .. Tool("a", Words(40_000))], target: 3000);
        plan.Decisions[^1].Action.ShouldBe(GroupAction.Shorten);
        plan.Decisions[^1].TokensAfter.ShouldBeGreaterThan(200);
        plan.Decisions[0].Action.ShouldBe(GroupAction.Keep);
        plan.CannotFit.ShouldBeNull();
    }

    [Fact]
    public void Plan_ResultsThatTheAssistantAnswered_AreNoPins()
    {
        var plan = Plan("hybrid", [User("Task."), .. Tool("a", Words(3_000)), Assistant(Words(900))], target: 700);
        plan.Decisions[1].Action.ShouldBe(GroupAction.Summarize);
    }

    [Fact]
    public void Plan_UserPinAboveTheTarget_CannotFit()
    {
        var plan = Plan("hybrid", [User("Task."), Assistant(Words(3000)), User("Go on.")], target: 1000, pinned: 1);
        plan.CannotFit.ShouldNotBeNull().ShouldContain("pinned");
        plan.Decisions[1].Action.ShouldBe(GroupAction.Keep);
    }

    [Fact]
    public void Plan_UserPin_StaysWordForWord()
    {
        var plan = Plan("truncate", Dialogue(60), target: 1500, pinned: 31);
        plan.Decisions[31].ShouldSatisfyAllConditions(
            decision => decision.Action.ShouldBe(GroupAction.Keep), decision => decision.Reason.ShouldBe("pinned by you"));
    }

    [Fact]
    public void Plan_EarlierSummary_IsTakenUpOrKeptNeverDropped()
    {
        var summary = $"{SummaryHeader.Prefix} 9 messages\n{Words(200)}";
        KnownSummaries.Add(summary);
        List<ChatMessage> messages = [User("Task."), User(summary), .. Dialogue(40)];
        Plan("hybrid", messages, target: 2000).Decisions[1].Action.ShouldBe(GroupAction.Summarize);
        Plan("truncate", messages, target: 2000).Decisions[1].Action.ShouldBeOneOf(GroupAction.Keep, GroupAction.Shorten);
    }

    [Fact]
    public void Plan_OpenCall_StaysUntilItIsAnswered()
    {
        List<ChatMessage> messages = [.. Dialogue(40), new(ChatRole.Assistant, [new FunctionCallContent("open", "run")])];
        Plan("hybrid", messages, target: 1500).Decisions[^1].Reason.ShouldBe("waits for tool results");
    }

    [Fact]
    public void Plan_InstructionsAboveTheTarget_SaysSo() =>
        Plan("hybrid", Dialogue(10), target: 500, requestTokens: 800).CannotFit.ShouldNotBeNull()
            .ShouldContain("instructions and tools alone");

    [Fact]
    public void Plan_SelectiveWithMoreInstructionsThanRoom_KeepsTheDecisionWordForWord()
    {
        List<ChatMessage> messages = [User("Set up the mill."), User("We decided to go with rye instead of oats for the winter.")];
        messages.AddRange(Enumerable.Range(0, 200).SelectMany(i => new[]
        {
            User($"Grind sack {i} so that it is ready by noon and write its weight into the book."), Assistant($"Sack {i}: {Words(40)}"),
        }));

        var plan = Plan("selective", messages, target: 2_500);

        plan.Decisions[1].ShouldSatisfyAllConditions(
            decision => decision.Action.ShouldBe(GroupAction.Keep), decision => decision.Reason.ShouldBe("decision, word for word"));
    }

    private static CompactionPlan Plan(
        string strategy, List<ChatMessage> messages, int target, StrategyOptions? options = null, int? pinned = null, int requestTokens = 0)
    {
        var transcript = Transcript.Create(messages);
        var tokens = TokenMap.Measure(transcript, new MessageCounter(CharsPerTokenCounter.Instance));
        HashSet<int> pins = pinned is { } group ? [group] : [];
        var plan = Planner.Plan(
            transcript, tokens, CompactionStrategies.Find(strategy)!, options ?? new StrategyOptions(), target, requestTokens, pins);
        PlanValidator.Check(plan, transcript, pins).ShouldBeEmpty();
        return plan;
    }

    private static IEnumerable<int> Kept(CompactionPlan plan) =>
        plan.Decisions.Where(decision => decision.Action == GroupAction.Keep).Select(decision => decision.Group);

    private static List<ChatMessage> Dialogue(int exchanges) =>
        [.. Enumerable.Range(0, exchanges)
            .SelectMany(i => new[] { User($"Please do part {i} of the work. {Words(20)}"), Assistant($"Part {i} is there. {Words(30)}") })];

    private static ChatMessage[] Tool(string id, string result) =>
    [
        new(ChatRole.Assistant, [new FunctionCallContent(id, "read", new Dictionary<string, object?> { ["path"] = "a.cs" })]),
        new(ChatRole.Tool, [new FunctionResultContent(id, result)]),
    ];

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private static ChatMessage Assistant(string text) => new(ChatRole.Assistant, text);

    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"word{i % 97}"));
}
