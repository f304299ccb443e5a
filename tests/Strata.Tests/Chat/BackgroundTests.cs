using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Conversations;
using Strata.Planning;
using Strata.Tests.Properties;

namespace Strata.Tests.Chat;

/// <summary>The threshold is 5 040 tokens, what is available 7 200; the background begins at 4 284.</summary>
public sealed class BackgroundTests
{
    private const int Available = 7_200;

    [Fact]
    public async Task GetResponseAsync_CompactionAtWork_GoesOnWithoutIt()
    {
        var summarizer = new SignalSummarizer();
        using var setup = new ChatSetup(new ToolLoop(1, hugeEvery: 0), summarizer);
        await setup.StepUntilAsync(state => state.IsCompacting);
        await summarizer.AskedAsync();
        await setup.StepUntilAsync(state => state.NeedsCompaction);
        await setup.StepAsync();
        setup.Model.Last.ShouldBe(setup.Loop.Messages.Take(setup.Model.Last.Count));
        setup.State.CompactionCount.ShouldBe(0);
        setup.Model.Faults.ShouldBeEmpty();
        summarizer.Open();
    }

    [Fact]
    public async Task GetResponseAsync_CompactionDone_IsTakenAtTheThresholdWithAllThatCameSince()
    {
        var summarizer = new SignalSummarizer();
        summarizer.Open();
        var archive = new InMemoryArchive();
        using var setup = new ChatSetup(new ToolLoop(2, hugeEvery: 0), summarizer, archive);
        await setup.StepUntilAsync(state => state.IsCompacting);
        var snapshot = setup.Model.Last.Count;
        await summarizer.AskedAsync();
        setup.State.CompactionCount.ShouldBe(0);
        (await archive.ListReceiptsAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldBeEmpty();

        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        var sent = setup.Model.Last;
        var since = setup.Loop.Messages.Skip(snapshot).TakeWhile(message => !ReferenceEquals(message, sent[^1])).Append(sent[^1]).ToList();
        since.Count.ShouldBeGreaterThan(1);
        sent.TakeLast(since.Count).ShouldBe(since);
        setup.Model.Faults.ShouldBeEmpty();
        (await archive.ListReceiptsAsync(cancellationToken: TestContext.Current.CancellationToken)).ShouldHaveSingleItem().HistoryCount
            .ShouldBe(snapshot);
    }

    [Fact]
    public async Task GetResponseAsync_WindowWouldOverflow_WaitsForTheOneAtWorkAndStartsNoSecond()
    {
        var summarizer = new SignalSummarizer();
        using var setup = new ChatSetup(new ToolLoop(3, hugeEvery: 0), summarizer);
        await setup.StepUntilAsync(state => state.IsCompacting);
        await summarizer.AskedAsync();
        await setup.StepUntilAsync(state => state.Tokens > Available);
        var waiting = setup.StepAsync();
        waiting.IsCompleted.ShouldBeFalse();
        summarizer.Calls.ShouldBe(1);
        summarizer.Open();
        await waiting;

        // What came meanwhile may be a reason for the next one to begin.
        setup.State.CompactionCount.ShouldBe(1);
        setup.Model.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_WaitIsCancelled_TheCompactionGoesOn()
    {
        var summarizer = new SignalSummarizer();
        using var setup = new ChatSetup(new ToolLoop(3, hugeEvery: 0), summarizer);
        await setup.StepUntilAsync(state => state.IsCompacting);
        await summarizer.AskedAsync();
        await setup.StepUntilAsync(state => state.Tokens > Available);
        using var cancel = new CancellationTokenSource();
        var waiting = setup.Client.GetResponseAsync(setup.Loop.Messages, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        summarizer.Calls.ShouldBe(1);
        summarizer.Open();
        await setup.StepAsync();
        setup.State.CompactionCount.ShouldBe(1);
    }

    [Fact]
    public async Task GetResponseAsync_ConversationWentAnotherWayMeanwhile_TheCompactionIsNotTaken()
    {
        var summarizer = new SignalSummarizer();
        using var setup = new ChatSetup(new ToolLoop(4, hugeEvery: 0), summarizer);
        await setup.StepUntilAsync(state => state.IsCompacting);
        await summarizer.AskedAsync();
        summarizer.Open();

        // The user edits the task; everything after it stays.
        setup.Loop.Messages[1] = new ChatMessage(ChatRole.User, setup.Loop.Messages[1].Text + "\nNever use reflection.");
        setup.State.IsCompacting.ShouldBeFalse();
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        setup.Model.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_CompactionFailed_IsReportedAndTheForegroundCompacts()
    {
        var reported = new TaskCompletionSource<CompactionFailure>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var setup = new ChatSetup(new ToolLoop(5, hugeEvery: 0), strategy: new FailingStrategy(), options: new ConversationOptions
        {
            Background = true,
            OnFailed = (failure, _) =>
            {
                reported.SetResult(failure);
                return default;
            },
        });
        await setup.StepUntilAsync(state => state.IsCompacting);
        var failure = await reported.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        (failure.InBackground, failure.Exception.Message).ShouldBe((true, "the first plan fails"));

        await setup.StepUntilAsync(state => state.NeedsCompaction);
        await setup.StepAsync();
        setup.State.CompactionCount.ShouldBe(1);
        setup.Model.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task Dispose_CompactionAtWork_EndsIt()
    {
        var summarizer = new SignalSummarizer();
        var setup = new ChatSetup(new ToolLoop(6, hugeEvery: 0), summarizer);
        await setup.StepUntilAsync(state => state.IsCompacting);
        await summarizer.AskedAsync();
        setup.Dispose();
        await summarizer.EndedAsync();
    }

    [Fact]
    public void GetResponseAsync_AnyInterleaving_LosesNothingAndWaitsOnlyForTheWindow()
    {
        var move = Gen.Frequency((8, Gen.Constant(Move.Step)), (2, Gen.Constant(Move.Open)), (2, Gen.Constant(Move.Close)),
            (1, Gen.Constant(Move.RoundTrip)), (1, Gen.Constant(Move.Branch)));
        Prop.ForAll(Arb.From(move.ArrayOf(60)), moves => PlayAsync(moves).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(PropertyRuns.Each(20), 50)));
    }

    private static async Task PlayAsync(Move[] moves)
    {
        var summarizer = new SignalSummarizer();
        using var setup = new ChatSetup(new ToolLoop(moves.Length == 0 ? 0 : (int)moves[0] + 20, hugeEvery: 0), summarizer);
        var (loop, isOpen, snapshot) = (setup.Loop, false, int.MaxValue);
        foreach (var move in moves)
        {
            switch (move)
            {
                case Move.Open:
                    summarizer.Open();
                    isOpen = true;
                    break;
                case Move.Close:
                    summarizer.Close();
                    isOpen = false;
                    break;
                case Move.RoundTrip:
                    var copies = ChatSetup.RoundTrip(loop.Messages);
                    loop.Messages.Clear();
                    loop.Messages.AddRange(copies);
                    break;
                case Move.Branch when loop.Messages.Count > 12:
                    // Back to an earlier user turn's end: never between a call and its results.
                    var end = loop.Messages.Take(loop.Messages.Count - 8).ToList()
                        .FindLastIndex(message => message.Role == ChatRole.Tool && message != loop.Messages[^1]);
                    while (end > 0 && loop.Messages[end + 1].Role == ChatRole.Tool)
                        end++;
                    if (end < 1)
                        break;
                    loop.Messages.RemoveRange(end + 1, loop.Messages.Count - end - 1);
                    loop.Messages.Add(new ChatMessage(ChatRole.User, "Try it another way."));
                    snapshot = int.MaxValue;
                    break;
                case Move.Step:
                    var before = setup.State;
                    var fits = before.Tokens <= Available;
                    if (!fits && !isOpen)
                        summarizer.Open();
                    var (count, messages) = (loop.Messages.Count, loop.Messages.ToList());
                    await setup.StepAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
                    if (!fits && !isOpen)
                        summarizer.Close();
                    var after = setup.State;
                    if (fits && after.CompactionCount > before.CompactionCount)
                        setup.Model.Last.TakeLast(count - Math.Min(snapshot, count)).ShouldBe(messages.Skip(snapshot));
                    if (!after.IsCompacting)
                        snapshot = int.MaxValue;
                    else if (snapshot == int.MaxValue || after.CompactionCount > before.CompactionCount)
                        snapshot = count;
                    break;
            }

            setup.Model.Faults.ShouldBeEmpty();
        }

        summarizer.Open();
    }

    private sealed class FailingStrategy : ICompactionStrategy
    {
        private int _plans;

        public string Name => "failing";

        public void Plan(PlanBuilder plan)
        {
            if (Interlocked.Increment(ref _plans) == 1)
                throw new InvalidOperationException("the first plan fails");
            CompactionStrategies.Find("hybrid")!.Plan(plan);
        }
    }

    private enum Move
    {
        Step,
        Open,
        Close,
        RoundTrip,
        Branch,
    }
}
