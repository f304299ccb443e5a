using System.Collections.Concurrent;
using Strata.Calls;
using Strata.Ladder;
using Strata.Summaries;
using Strata.Tests.Calls;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

/// <summary>Callers that want the same nodes, and one of them leaves.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task SummarizeAsync_FirstCallersWaitIsOver_TheOtherStillGetsWhatModelsWrite()
    {
        var go = new TaskCompletionSource();
        var model = new FakeModel("fake/small", async (prompt, _, cancellationToken) =>
        {
            await go.Task.WaitAsync(cancellationToken);
            return FakeModel.Digest(prompt);
        });
        var time = new ManualTime();
        var ladder = new LadderSummarizer(
            LadderSession.Options(model.Callable) with { MaxWait = TimeSpan.FromMinutes(5) }, LadderSession.Caller(), time: time);
        var compactor = LadderSession.Compactor(ladder);
        var first = compactor.CompactAsync(LadderSession.Of(24), TestContext.Current.CancellationToken).AsTask();
        await Started(model);
        time.Advance(TimeSpan.FromMinutes(4));
        var second = compactor.CompactAsync(LadderSession.Of(24), TestContext.Current.CancellationToken).AsTask();
        time.Advance(TimeSpan.FromMinutes(1.5));
        (await first).Levels.ShouldBe([0]);
        go.SetResult();
        var result = await second;
        result.Summaries.Single().Nodes.ShouldAllBe(node => node.Level > 0, "its own wait was not over");
    }

    [Fact]
    public async Task SummarizeAsync_FirstCallerGaveUp_TheOthersWaitStillEnds()
    {
        var model = new FakeModel("fake/small", async (_, _, cancellationToken) =>
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        });
        using var gaveUp = new CancellationTokenSource();
        using var stop = new CancellationTokenSource();
        var ladder = new LadderSummarizer(
            LadderSession.Options(model.Callable), LadderSession.Caller(), time: new ManualTime(), stopCalling: stop.Token);
        var compactor = LadderSession.Compactor(ladder);
        var first = compactor.CompactAsync(LadderSession.Of(24), gaveUp.Token).AsTask();
        await Started(model);
        var second = compactor.CompactAsync(LadderSession.Of(24), TestContext.Current.CancellationToken).AsTask();
        await gaveUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
        await stop.CancelAsync();
        var result = await second.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Levels.ShouldBe([0]);
    }

    [Fact]
    public async Task CompactAsync_NodesFromTheStore_TookNothing()
    {
        var store = new InMemorySummaryStore();
        var model = FakeModel.Honest();
        async Task<long> PaidAsync() =>
            (await LadderSession.Compactor(new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller(), store))
            .CompactAsync(LadderSession.Of(24), TestContext.Current.CancellationToken)).Receipt!.Nodes.Sum(node => node.Usage.InputTokens);
        (await PaidAsync()).ShouldBeGreaterThan(0);
        (await PaidAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task SummarizeAsync_CallsStoppedWhileAnAnswerIsKept_TakesWhatWasPaidFor()
    {
        using var stop = new CancellationTokenSource();
        var model = FakeModel.Honest();
        var store = new SlowStore(stop);
        var seen = new Writings();
        var ladder =
            new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller(), store, seen, stopCalling: stop.Token);
        await LadderSession.Compactor(ladder).CompactAsync(LadderSession.Of(24), TestContext.Current.CancellationToken);
        store.Kept.ShouldNotBeEmpty();
        seen.LevelZero.ShouldNotBeEmpty();
        seen.LevelZero.Intersect(store.Kept).ShouldBeEmpty();
    }

    private sealed class Writings : ILadderObserver
    {
        public ConcurrentQueue<string> LevelZero { get; } = [];

        public void OnPlanned(IReadOnlyDictionary<int, int> nodesByLevel)
        {
        }

        public void OnReused(SummaryNode node, int coveredTokens)
        {
        }

        public void OnWritten(SummaryNode node, int coveredTokens)
        {
            if (node.Level == 0)
                LevelZero.Enqueue(node.Key);
        }
    }

    /// <summary>Calls are stopped at the moment it has an answer in its hands, and it takes its time.</summary>
    private sealed class SlowStore(CancellationTokenSource stop) : ISummaryStore
    {
        private readonly InMemorySummaryStore _nodes = new();

        public ConcurrentQueue<string> Kept { get; } = [];

        public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
            _nodes.FindAsync(key, cancellationToken);

        public async ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default)
        {
            await stop.CancelAsync();
            for (var i = 0; i < 10_000; i++)
                await Task.Yield();
            Kept.Enqueue(node.Key);
            return await _nodes.AddAsync(node, cancellationToken);
        }
    }

    private static async Task Started(FakeModel model)
    {
        while (model.Calls == 0)
            await Task.Yield();
    }
}
