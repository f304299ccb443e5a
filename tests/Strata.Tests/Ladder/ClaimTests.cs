using System.Collections.Concurrent;
using Strata.Ladder;
using Strata.Summaries;

namespace Strata.Tests.Ladder;

/// <summary>Two processes on one store: each node is paid for once.</summary>
public sealed class ClaimTests
{
    [Fact]
    public async Task CompactAsync_TwoReplicasAtTheSameTime_PayForEveryNodeOnce()
    {
        var store = new ClaimingStore();
        // The first answer waits until the other replica wants the same node.
        var model = new FakeModel("fake/slow", async (prompt, call, cancellationToken) =>
        {
            if (call == 1)
                await store.Contended.WaitAsync(cancellationToken);
            return FakeModel.Digest(prompt);
        });
        var replicas = Enumerable.Range(0, 2).Select(_ => LadderSession.Compactor(
            new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller(), store))).ToList();
        var results = await Task.WhenAll(replicas.Select(replica =>
            Task.Run(async () => await replica.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken),
                TestContext.Current.CancellationToken)));

        results[0].Summary.ShouldBe(results[1].Summary);
        model.Prompts.Distinct().Count().ShouldBe(model.Calls);
        model.Calls.ShouldBe(store.Count);
        store.Held.ShouldBe(0);
    }

    [Fact]
    public async Task CompactAsync_ClaimsThatFail_AreDoneWithout()
    {
        var model = FakeModel.Honest();
        var compactor = LadderSession.Compactor(new LadderSummarizer(
            LadderSession.Options(model.Callable), LadderSession.Caller(), new ClaimingStore { IsDown = true }));
        (await compactor.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken)).Levels.ShouldContain(1);
    }

    private sealed class ClaimingStore : ISummaryStore
    {
        private readonly InMemorySummaryStore _nodes = new();
        private readonly ConcurrentDictionary<string, SemaphoreSlim> _claims = new(StringComparer.Ordinal);
        private readonly TaskCompletionSource _contended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _held;

        public Task Contended => _contended.Task;

        public bool IsDown { get; init; }

        public int Count => _nodes.Count;

        public int Held => _held;

        public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
            _nodes.FindAsync(key, cancellationToken);

        public ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default) =>
            _nodes.AddAsync(node, cancellationToken);

        public async ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default)
        {
            if (IsDown)
                throw new IOException("no locks");
            var claim = _claims.GetOrAdd(key, _ => new SemaphoreSlim(1));
            if (claim.CurrentCount == 0)
                _contended.TrySetResult();
            await claim.WaitAsync(cancellationToken);
            Interlocked.Increment(ref _held);
            return new Claim(() =>
            {
                Interlocked.Decrement(ref _held);
                claim.Release();
            });
        }
    }

    private sealed class Claim(Action release) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            release();
            return ValueTask.CompletedTask;
        }
    }
}
