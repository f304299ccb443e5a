using Strata.Planning;

namespace Strata.Tests.Engine;

/// <summary>What a strategy of the caller's own may do wrong.</summary>
public sealed class CompactorStrategyTests
{
    [Fact]
    public async Task CompactAsync_StrategyThatDropsThePlan_IsRefused()
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", Strategy = "broken" }, strategies: [new BrokenStrategy()]);
        var result = await compactor.CompactAsync(CompactorTests.Session(200), TestContext.Current.CancellationToken);

        // It drops everything it can, and still no pin is gone.
        result.Messages[0].Text.ShouldContain("The task");
        result.Messages[^1].ShouldBeSameAs(result.Outgoing[^1].Message);
    }

    private sealed class BrokenStrategy : ICompactionStrategy
    {
        public string Name => "broken";

        public void Plan(PlanBuilder plan)
        {
            for (var i = 0; i < plan.Count; i++)
                plan.Drop(i, "everything");
        }
    }
}
