using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Models;
using Strata.Tests.Ladder;
using Strata.Tests.Shared;
using Strata.Tokens;
using static Strata.Tests.Chat.PeerCase;

namespace Strata.Tests.Chat;

/// <summary>Where Microsoft's own reducers fail (<see cref="PeerCase"/>): long loops, many calls at once and what they cost.</summary>
public sealed class PeerLoopTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Agent Framework, weakness 6: without hysteresis 200 turns over a threshold of 4 000 tokens cost 180 calls of the summarizer.
    /// </summary>
    [Fact]
    public async Task TwoHundredTurns_CompactSeldomAndKeepThePrefixBetween()
    {
        using var fake = FakeModel.Honest();
        var compactor = new Compactor(
            new CompactionOptions { Window = 6_350, MinTokensToCompact = 0, Budget = new BudgetOptions { ThresholdRatio = .7 } },
            PeerCase.Ladder(fake));
        compactor.Budget.Threshold.ShouldBeInRange(3_995, 4_005);
        using var model = new FakeChatClient();
        using var client = model.WithCompaction(compactor, new ConversationOptions { Background = false });
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        var (breaks, before) = (0, (IReadOnlyList<ChatMessage>)[]);
        for (var turn = 0; turn < 200; turn++)
        {
            await client.GetResponseAsync(messages, cancellationToken: Token);
            breaks += before.Where((message, i) => !ReferenceEquals(message, model.Last[i])).Any() ? 1 : 0;
            before = model.Last;
            messages.Add(new ChatMessage(ChatRole.Assistant, $"In step {turn} I compared payment {turn * 3} with booking {turn * 7}; they "
                + "agree to the cent, so the fault lies elsewhere."));
            messages.Add(new ChatMessage(ChatRole.User, $"Then look at payment {turn + 1}."));
        }

        breaks.ShouldBeInRange(1, 12);
        // Each of them is about one turn or ten, once: no turn is read again.
        fake.Calls.ShouldBeLessThan(100);
    }

    /// <summary>
    /// Agent Framework, weakness 10: aggregates are scanned after each exclusion and all state is copied each turn, so costs grow with the
    /// square.
    /// </summary>
    [Fact]
    public async Task LongLoop_ReadsEachMessageAFewTimesHoweverOftenItIsSent()
    {
        var counter = new CountingCounter();
        using var model = new FakeChatClient();
        using var client = model.WithCompaction(new Compactor(new CompactionOptions
        {
            Window = 16_000,
            MinTokensToCompact = 0,
            Counter = new MessageCounter(counter)
        }));
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        for (var i = 0; i < 400; i++)
        {
            AddSteps(messages, 1, from: i);
            await client.GetResponseAsync(messages, cancellationToken: Token);
        }

        var chars = TextsOf(messages).Sum(text => (long)text.Length);
        counter.Chars.ShouldBeLessThan(20 * chars);
    }

    /// <summary>
    /// Agent Framework, weakness 11 (#6972, #8441) and Microsoft.Extensions.AI: marks are written onto the caller's own messages, and some
    /// are then not stored.
    /// </summary>
    [Fact]
    public async Task CallersMessagesAndOptions_AreNotTouched()
    {
        await using var archive = new InMemoryArchive();
        using var model = new FakeChatClient();
        using var client = model.WithCompaction(NewCompactor(archive: archive));
        using var reducer = new CompactingChatReducer(NewCompactor(archive: archive));
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        AddSteps(messages, 60);
        var options = new ChatOptions { Instructions = "Be brief.", Tools = [AIFunctionFactory.Create(() => "", "read_file")] };
        var (instances, before) = (messages.ToList(), Json(messages));
        await client.GetResponseAsync(messages, options, Token);
        await reducer.ReduceAsync(messages, Token);
        model.Last.Count.ShouldBeLessThan(messages.Count);
        messages.ShouldBe(instances);
        Json(messages).ShouldBe(before);
        messages.ShouldAllBe(message => message.AdditionalProperties == null);
        options.Tools.ShouldHaveSingleItem();
    }

    /// <summary>Agent Framework, weakness 12: the state of a session is a list without a lock.</summary>
    [Fact]
    public async Task ManyCallsAtOnce_AreAllValid()
    {
        var compactor = NewCompactor();
        var faults = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var model = new StrictModel(compactor.Counter, 8_000);
        using var client = model.WithCompaction(compactor);
        await Parallel.ForAsync(0, 64, Token, async (n, token) =>
        {
            List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
            AddSteps(messages, 20 + (n % 8 * 10));
            await client.GetResponseAsync(messages, StrictModel.OptionsFor(messages), token);
        });
        model.Faults.ShouldBeEmpty();
        model.Requests.Count.ShouldBe(64);
    }

    /// <summary>
    /// Agent Framework, weakness 13 (#7518) and Semantic Kernel (#8894): inside the tool loop compaction stops after the first call, or
    /// never runs.
    /// </summary>
    [Fact]
    public async Task ToolLoop_IsCompactedAgainAndAgain_AndAServicesOwnHistoryNever()
    {
        var compactor = NewCompactor();
        using var model = new FakeChatClient();
        using var client = model.WithCompaction(compactor);
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        for (var i = 0; i < 200; i++)
        {
            AddSteps(messages, 1, from: i);
            await client.GetResponseAsync(messages, cancellationToken: Token);
            compactor.GetTokenUsage(model.Last).Current.ShouldBeLessThanOrEqualTo(compactor.Budget.Available);
        }

        ((CompactingChatClient)client).GetState(messages).CompactionCount.ShouldBeGreaterThan(3);
        await client.GetResponseAsync(messages, new ChatOptions { ConversationId = "theirs" }, Token);
        model.Last.ShouldBe(messages);
    }
}
