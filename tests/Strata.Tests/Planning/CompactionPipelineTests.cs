using Microsoft.Extensions.AI;
using Strata.Planning;

namespace Strata.Tests.Planning;

/// <summary>Strategies one after another.</summary>
public sealed class CompactionPipelineTests
{
    private static List<ChatMessage> Messages { get; } =
    [
        .. Enumerable.Range(0, 60).Select(i => new ChatMessage(
            i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"Message {i} {string.Join(' ', Enumerable.Repeat("word", 90))}.")),
    ];

    [Fact]
    public void Plan_FirstStageIsEnough_TheNextIsNotAsked()
    {
        var second = new Recorder("second", _ => { });

        var plan = Plan(3_000, Dropping("first", 1, 50), second);

        second.Asked.ShouldBe(0);
        plan.Strategy.ShouldBe("both");
        plan.Decisions.Count(decision => decision.Reason == "first").ShouldBe(49);
    }

    [Fact]
    public void Plan_FirstStageIsNotEnough_TheNextGoesOnFromIt()
    {
        var plan = Plan(3_000, Dropping("first", 1, 10), Dropping("second", 1, 50));

        plan.Decisions.Count(decision => decision.Reason == "first").ShouldBe(9);
        plan.Decisions.Count(decision => decision.Reason == "second").ShouldBe(40);
    }

    [Fact]
    public void Plan_LaterStage_BringsNothingBack()
    {
        var plan = Plan(3_000, Dropping("first", 1, 10), new Recorder("keeps", plan =>
        {
            for (var i = 0; i < plan.Count; i++)
            {
                plan.Keep(i, "all");
                plan.Summarize(i, "told");
                plan.Shorten(i, ContentCaps.Of(100), "short");
            }
        }));

        plan.Decisions.Skip(1).Take(9).ShouldAllBe(decision => decision.Action == GroupAction.Drop);
    }

    [Fact]
    public void TurnsBetween_OfStages_IsTheSmallest() => new CompactionPipeline(
        "both", CompactionStrategies.Find("hybrid")!, CompactionStrategies.Find("prune")!).TurnsBetween(new StrategyOptions()).ShouldBe(10);

    [Fact]
    public void Constructor_WithoutStages_SaysWhatIsMissing() =>
        Should.Throw<ArgumentException>(() => new CompactionPipeline("empty")).Message.ShouldContain("at least one strategy");

    [Fact]
    public async Task CompactAsync_BuiltInStages_ReachTheTarget()
    {
        var pipeline = new CompactionPipeline("pruned", CompactionStrategies.Find("prune")!, CompactionStrategies.Find("hybrid")!);
        var compactor = new Compactor(
            new CompactionOptions { Window = 6_000, MinTokensToCompact = 0, Strategy = "pruned" }, strategies: [pipeline]);

        var result = await compactor.CompactAsync(Messages, TestContext.Current.CancellationToken);

        (result.Outcome, result.Strategy).ShouldBe((CompactionOutcome.Compacted, "pruned"));
        result.TokensAfter.ShouldBeLessThanOrEqualTo(compactor.Budget.Target);
    }

    private static CompactionPlan Plan(int target, params ICompactionStrategy[] stages) =>
        new Compactor(
            new CompactionOptions { Window = 100_000, Strategy = "both" }, strategies: [new CompactionPipeline("both", stages)])
            .Plan(new CompactionRequest { Messages = Messages, Target = target });

    private static Recorder Dropping(string name, int from, int end) => new(name, plan =>
    {
        for (var i = from; i < end; i++)
            plan.Drop(i, name);
    });

    private sealed class Recorder(string name, Action<PlanBuilder> choose) : ICompactionStrategy
    {
        public int Asked { get; private set; }

        public string Name => name;

        public void Plan(PlanBuilder plan)
        {
            Asked++;
            choose(plan);
        }
    }
}
