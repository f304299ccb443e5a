using Strata.Calls;
using Strata.Diagnostics;
using Strata.Ladder;
using Strata.Ladder.Gate;
using Strata.Summaries;

namespace Strata.Tests.Diagnostics;

public sealed class CompactionMetricsTests
{
    internal static CallUsage Usage(long input, long output, decimal? cost = null, double seconds = 1, long cached = 0) =>
        new(input, output, cached, cost, TimeSpan.FromSeconds(seconds));

    internal static SummaryNode Node(int level, int tokens, string writtenBy, double? coherence = null) =>
        new($"{level}-{tokens}", level, "text", tokens, writtenBy, default,
            []) { Quality = coherence is { } measured ? new QualityMetrics(.2, measured, 1) : null };

    [Fact]
    public void Snapshot_CallsAndSummaries_AreSummedByPurposeAndModel()
    {
        var metrics = new CompactionMetrics();
        metrics.OnStarted("ollama/small", "level-1");
        metrics.OnFailed(new CallFailure("ollama/small", CallFault.Timeout, "no answer", Usage(900, 0, .01m, 30)), "level-1");
        metrics.OnStarted("ollama/small", "level-1");
        metrics.OnAnswered(new CallAnswer("ollama/small", "text", WasCut: false, Usage(1_000, 150, .02m, 4, cached: 600)), "level-1");
        metrics.OnWritten(Node(1, 150, "ollama/small", .8), 1_000);
        metrics.OnWritten(Node(1, 50, "ollama/small", .6), 1_000);
        metrics.OnReused(Node(1, 150, "ollama/small"), 800);
        metrics.OnFailed(new CallFailure("anthropic/large", CallFault.BreakerOpen, "not called", default), "level-3");
        metrics.OnStarted("ollama/large", "level-3");
        metrics.OnWritten(Node(0, 300, "extractive"), 1_200);

        var snapshot = metrics.Snapshot();
        snapshot.Rows.Select(row => (row.Purpose, row.Model)).ShouldBe(
            [("level-0", "extractive"), ("level-1", "ollama/small"), ("level-3", "anthropic/large"), ("level-3", "ollama/large")]);
        var small = snapshot.Rows[1];
        (small.Calls, small.ActiveCalls, small.Failures, small.TokensIn, small.TokensOut,
            small.TokensCached).ShouldBe((2, 0, 1, 1_900, 150, 600));
        (small.Cost, small.UnpricedCalls, small.Duration.TotalSeconds, small.LongestCall.TotalSeconds).ShouldBe((.03m, 0, 34, 30));
        (small.Written, small.TokensCovered, small.TokensWritten, small.TokensSaved, small.StoreHits,
            small.TokensReused).ShouldBe((2, 2_000, 200, 1_800, 1, 800));
        small.Saving!.Value.ShouldBe(.9);
        small.Coherence!.Value.ShouldBe(.7, 1e-9);
        small.Faults.ShouldHaveSingleItem().ShouldBe(new(CallFault.Timeout, 1));

        var third = snapshot.ByPurpose.Single(row => row.Purpose == "level-3");
        (third.Calls, third.ActiveCalls, third.Failures, third.Model).ShouldBe((1, 1, 1, null));
        snapshot.ByModel.Select(row => row.Model).ShouldBe(["anthropic/large", "extractive", "ollama/large", "ollama/small"]);
        (snapshot.Total.Calls, snapshot.Total.Written, snapshot.Total.TokensSaved, snapshot.Total.Failures).ShouldBe((3, 3, 2_700, 2));
    }

    [Fact]
    public void Snapshot_Later_DoesNotChange()
    {
        var metrics = new CompactionMetrics();
        metrics.OnStarted("a/1", "rank");
        var before = metrics.Snapshot();
        metrics.OnStarted("a/1", "rank");
        (before.Total.Calls, metrics.Snapshot().Total.Calls).ShouldBe((1, 2));
    }

    [Fact]
    public void All_OneThrows_TheOthersAreTold()
    {
        var metrics = new CompactionMetrics();
        var all = LadderObservers.All(new Grumbler(), null, metrics);
        all.OnPlanned(new Dictionary<int, int> { [1] = 1 });
        all.OnWritten(Node(1, 100, "a/1"), 500);
        all.OnReused(Node(1, 100, "a/1"), 500);
        (metrics.Snapshot().Total.Written, metrics.Snapshot().Total.StoreHits).ShouldBe((1, 1));
    }

    [Fact]
    public void Snapshot_NothingHappened_IsEmpty()
    {
        var total = new CompactionMetrics().Snapshot().Total;
        (total.Calls, total.Saving, total.Coherence).ShouldBe((0, null, null));
    }

    [Fact]
    public void OnAnswered_FromManyThreads_LosesNothing()
    {
        var metrics = new CompactionMetrics();
        Parallel.For(0, 10_000, i =>
        {
            metrics.OnStarted("a/1", "level-1");
            metrics.OnAnswered(new CallAnswer("a/1", "", WasCut: false, Usage(10, 2)), "level-1");
        });
        var total = metrics.Snapshot().Total;
        (total.Calls, total.ActiveCalls, total.TokensIn, total.TokensOut,
            total.UnpricedCalls).ShouldBe((10_000, 0, 100_000, 20_000, 10_000));
    }

    private sealed class Grumbler : ILadderObserver
    {
        public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel) => throw new InvalidOperationException("planned");

        public void OnWritten(SummaryNode node, int coveredTokens) => throw new InvalidOperationException("written");

        public void OnReused(SummaryNode node, int coveredTokens) => throw new InvalidOperationException("reused");
    }
}
