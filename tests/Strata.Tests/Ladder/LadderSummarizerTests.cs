using Microsoft.Extensions.AI;
using Strata.Diagnostics;
using Strata.Ladder;
using Strata.Summaries;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

public sealed class LadderSummarizerTests
{
    [Fact]
    public async Task CompactAsync_LongSession_TellsOldTurnsInTensAndNewerOnesByThemselves()
    {
        var (one, two) = (FakeModel.Honest("fake/one"), FakeModel.Honest("fake/two"));
        var compactor = LadderSession.Compactor(Ladder(one, two), window: 32_000);
        var result = await compactor.CompactAsync(LadderSession.Of(60), TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Levels.Take(3).ShouldBe([0, 1, 2]);
        SummaryHistory.Read(result.Summary!).Select(part => part.Level).ShouldContain(2);
        result.Summary!.ShouldContain("Requests (user):");
        result.TokensAfter.ShouldBeLessThanOrEqualTo(result.Usage.Target);
        result.Receipt!.WrittenBy.Single().ShouldContain("fake/one");
    }

    [Fact]
    public async Task CompactAsync_SameSessionAgain_AsksNobody()
    {
        var model = FakeModel.Honest();
        var store = new InMemorySummaryStore();
        await LadderSession.Compactor(Ladder(model, store: store))
            .CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        var calls = model.Calls;
        calls.ShouldBeGreaterThan(20);
        await LadderSession.Compactor(Ladder(model, store: store))
            .CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        model.Calls.ShouldBe(calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CompactAsync_GrowingSession_AsksForEveryTurnOnce(bool keepsAll)
    {
        var (one, two) = (FakeModel.Honest("fake/one"), FakeModel.Honest("fake/two"));
        var compactor = LadderSession.Compactor(Ladder(one, two));
        var session = new SessionBuilder();
        IReadOnlyList<ChatMessage> messages = [];
        for (var turn = 0; turn < 80; turn++)
        {
            session.Messages.Clear();
            LadderSession.AddTurn(session, turn, 300);
            messages = [.. messages, .. session.Messages];
            var result = await compactor.CompactAsync(messages, TestContext.Current.CancellationToken);
            if (result.Outcome == CompactionOutcome.Compacted && !keepsAll)
                messages = result.Messages;
        }

        one.Prompts.Distinct().Count().ShouldBe(one.Calls);
        one.Calls.ShouldBeLessThanOrEqualTo(80);
        two.Calls.ShouldBeLessThanOrEqualTo(80 / 3);
    }

    [Fact]
    public async Task CompactAsync_WholeConversationEachTime_HigherLevelsAreNotWrittenAnewForWhatHappensToBeFree()
    {
        var (one, two) = (FakeModel.Honest("fake/one"), FakeModel.Honest("fake/two"));
        var compactor = LadderSession.Compactor(Ladder(one, two), window: 32_000);
        var session = new SessionBuilder();
        for (var turn = 0; turn < 110; turn++)
        {
            LadderSession.AddTurn(session, turn, (turn % 3) switch { 0 => 40, 1 => 90, _ => 20 });
            await compactor.CompactAsync(session.Messages, TestContext.Current.CancellationToken);
        }

        // 100 turns leave: ten tens, and wholes that take up two or more of them at a time.
        two.Calls.ShouldBeLessThanOrEqualTo(18);
    }

    [Fact]
    public async Task CompactAsync_ManyCallersAtOnce_AskForANodeOnce()
    {
        var go = new TaskCompletionSource();
        var model = new FakeModel("fake/small", async (prompt, _, _) =>
        {
            await go.Task;
            return FakeModel.Digest(prompt);
        });
        var compactor = LadderSession.Compactor(Ladder(model));
        var messages = LadderSession.Of(30);
        var callers =
            Enumerable.Range(0, 8).Select(_ => compactor.CompactAsync(messages, TestContext.Current.CancellationToken).AsTask()).ToList();
        go.SetResult();
        var results = await Task.WhenAll(callers);
        model.Prompts.Distinct().Count().ShouldBe(model.Calls);
        results.Select(result => result.Summary).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task CompactAsync_CallerGivesUp_KeepsWhatWasPaid()
    {
        using var gaveUp = new CancellationTokenSource();
        var model = new FakeModel("fake/small", (prompt, call) =>
        {
            if (call == 10)
                gaveUp.Cancel();
            return FakeModel.Digest(prompt);
        });
        var store = new InMemorySummaryStore();
        var compactor = LadderSession.Compactor(Ladder(model, store: store));
        await Should.ThrowAsync<OperationCanceledException>(async () => await compactor.CompactAsync(LadderSession.Of(40), gaveUp.Token));
        store.Count.ShouldBeGreaterThanOrEqualTo(1);
        (await compactor.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken)).Outcome
            .ShouldBe(CompactionOutcome.Compacted);
        // Asked twice was at most what was under way when the caller gave up.
        (model.Calls - model.Prompts.Distinct().Count()).ShouldBeLessThanOrEqualTo(model.Callable.MaxParallel);
    }

    [Fact]
    public async Task CompactAsync_CallsStopped_SucceedsWithWhatIsThere()
    {
        using var stop = new CancellationTokenSource();
        var model = new FakeModel("fake/small", async (prompt, call, cancellationToken) =>
        {
            if (call <= 5)
                return FakeModel.Digest(prompt);
            await stop.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return "";
        });
        var ladder = new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller(), stopCalling: stop.Token);
        var result = await LadderSession.Compactor(ladder).CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.Summaries.Single().Nodes.ShouldContain(node => node.Level == 0);
    }

    [Fact]
    public async Task CompactAsync_StoreIsDown_WritesAllTheSame()
    {
        var ladder = new LadderSummarizer(LadderSession.Options(FakeModel.Honest().Callable), LadderSession.Caller(), new BrokenStore());
        (await LadderSession.Compactor(ladder).CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken)).Levels
            .ShouldContain(1);
    }

    [Fact]
    public async Task CompactAsync_Receipt_BooksWhatAllLevelsTook()
    {
        var model = FakeModel.Honest();
        var metrics = new CompactionMetrics();
        var store = new InMemorySummaryStore();
        var ladder = new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller(metrics), store);
        var first = await LadderSession.Compactor(ladder).CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        first.Receipt!.Usage.InputTokens.ShouldBe(metrics.Snapshot().Total.TokensIn);
        first.Receipt.Usage.InputTokens.ShouldBeGreaterThan(0);

        var again = new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller(), store);
        (await LadderSession.Compactor(again)
            .CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken)).Receipt!.Usage.InputTokens.ShouldBe(0);
    }

    [Fact]
    public async Task CompactAsync_OneSummaryOfWorkWithFewWords_IsHeldAgainstAllThatItStandsFor()
    {
        var session = new SessionBuilder().User("Read the modules.");
        for (var i = 0; i < 30; i++)
            session.Tool("read_file", new { path = $"src/module{i}.cs" },
                string.Join(' ', Enumerable.Range(0, 200).Select(line => $"The method Read{i} handles case {line}.")));
        var model = new FakeModel("fake/small",
            (prompt, _) => FakeModel.Digest(prompt)
                + string.Concat(Enumerable.Range(0, 30).Select(i => $"\nModule {i}: Read{i} handles case 1 and case 2 of the modules.")));
        var ladder = new LadderSummarizer(new LadderOptions { Levels = [LevelOptions.Whole(model.Callable)] }, LadderSession.Caller());

        var result = await new Compactor(new CompactionOptions { Model = "gpt-4o", Window = 32_000, Strategy = "summary" }, ladder)
            .CompactAsync(session.Messages, TestContext.Current.CancellationToken);

        result.Receipt!.Nodes.SelectMany(node => node.Failures).ShouldBeEmpty();
        result.Levels.ShouldContain(3);
    }

    [Theory]
    [InlineData("summary")]
    [InlineData("hybrid")]
    [InlineData("selective")]
    public async Task CompactAsync_StrategyWithOneSummary_HasTheHighestLevelWriteIt(string strategy)
    {
        var model = FakeModel.Honest();
        var ladder = new LadderSummarizer(
            new LadderOptions { Levels = [LevelOptions.Whole(model.Callable) with
            {
                Template = Strata.Ladder.Prompts.SummaryTemplate.Parse("Shorten in {max_words} words.")
            }] }, LadderSession.Caller());
        var result = await new Compactor(new CompactionOptions { Model = "gpt-4o", Window = 16_000, Strategy = strategy }, ladder)
            .CompactAsync(LadderSession.Of(16), TestContext.Current.CancellationToken);
        model.Calls.ShouldBe(1);
        result.Levels.ShouldContain(3);
    }

    [Fact]
    public async Task CompactAsync_SourceLargerThanTheWindow_IsReadInPieces()
    {
        var model = FakeModel.Honest();
        var small = model.Callable with { Window = 4_000 };
        var ladder = new LadderSummarizer(
            new LadderOptions { Levels = [LevelOptions.Whole(small) with
            {
                MaxTokens = 400,
                Template = Strata.Ladder.Prompts.SummaryTemplate.Parse("Shorten in {max_words} words.")
            }] }, LadderSession.Caller());
        var result = await new Compactor(new CompactionOptions { Model = "gpt-4o", Window = 16_000, Strategy = "summary" }, ladder)
            .CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        model.Calls.ShouldBeGreaterThan(2);
        model.Prompts.ShouldAllBe(prompt => prompt.Length < 4_000 * 6);
        result.Levels.ShouldContain(3);
    }

    private static LadderSummarizer Ladder(FakeModel one, FakeModel? two = null, ISummaryStore? store = null) =>
        new(LadderSession.Options(one.Callable, (two ?? one).Callable), LadderSession.Caller(), store);

    private sealed class BrokenStore : ISummaryStore
    {
        public ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
            throw new IOException("disk");

        public ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default) =>
            throw new IOException("disk");
    }
}
