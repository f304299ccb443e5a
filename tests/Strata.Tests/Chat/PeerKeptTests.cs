using Microsoft.Extensions.AI;
using Strata.Chat;
using Strata.Models;
using Strata.Planning;
using Strata.Rendering;
using Strata.Tests.Shared;
using Strata.Transcripts;
using static Strata.Tests.Chat.PeerCase;

namespace Strata.Tests.Chat;

/// <summary>Where Microsoft's own reducers fail (<see cref="PeerCase"/>): what those lose or never reduce, and what is kept here.</summary>
public sealed class PeerKeptTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>
    /// Agent Framework, weakness 1: ending in "continue" twice, 3 of 5 messages are sent, and they stay lost (agent-framework#7395).
    /// </summary>
    [Fact]
    public async Task LastMessageRepeats_NothingIsLost()
    {
        using var model = new FakeChatClient();
        using var client = model.WithCompaction(NewCompactor());
        List<ChatMessage> messages =
            [new(ChatRole.User, "Read the log."), new(ChatRole.Assistant, "I found the cause: a lock."), new(ChatRole.User, "continue")];
        await client.GetResponseAsync(messages, cancellationToken: Token);
        messages.AddRange([new(ChatRole.Assistant, "The lock is taken in Pay."), new(ChatRole.User, "continue")]);
        await client.GetResponseAsync(messages, cancellationToken: Token);
        model.Last.ShouldBe(messages);

        // And behind a compaction.
        AddSteps(messages, 60);
        messages.Add(new ChatMessage(ChatRole.User, "continue"));
        await client.GetResponseAsync(messages, cancellationToken: Token);
        messages.AddRange([new(ChatRole.Assistant, "It is the second worker."), new(ChatRole.User, "continue")]);
        await client.GetResponseAsync(messages, cancellationToken: Token);
        model.Last.Count.ShouldBeLessThan(messages.Count);
        model.Last.TakeLast(3).ShouldBe(messages.TakeLast(3));
    }

    /// <summary>
    /// Agent Framework, weakness 3: evicting the results of 40 calls of 8 000 chars reclaims 0.1 % (agent-framework#7393).
    /// Agent Framework, weakness 7: one turn of 40 calls cannot be windowed at all.
    /// Semantic Kernel: a tail of tools is never reduced (LocateSafeReductionIndex reaches −1).
    /// </summary>
    [Fact]
    public async Task FortyToolResultsInOneTurn_MostIsReclaimed()
    {
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        AddSteps(messages, 40, chars: 8_000);
        var compactor = NewCompactor(28_000);
        using var reducer = new CompactingChatReducer(compactor);
        var reduced = (await reducer.ReduceAsync(messages, Token)).ToList();
        var (before, after) = (compactor.GetTokenUsage(messages).Current, compactor.GetTokenUsage(reduced).Current);
        after.ShouldBeLessThanOrEqualTo(compactor.Budget.Target);
        (1 - (after / (double)before)).ShouldBeGreaterThan(.8);
    }

    /// <summary>
    /// Agent Framework, weakness 4: <c>ContextWindowCompactionStrategy(32000, 4000)</c> keeps 12 groups and drops the task.
    /// Microsoft.Extensions.AI, SummarizingChatReducer: of 402 messages with 200 calls only the task is removed, for one paid call.
    /// </summary>
    [Fact]
    public async Task OneTaskAndTwoHundredCalls_TheTaskStaysAndTheRestShrinks()
    {
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        AddSteps(messages, 200, chars: 1_500);
        messages.Add(new ChatMessage(ChatRole.Assistant, "Going on."));
        using var reducer = new CompactingChatReducer(new Compactor(new CompactionOptions
        {
            Window = 32_000,
            Budget = new BudgetOptions { ReservedOutput = 4_000 }
        }));
        var reduced = (await reducer.ReduceAsync(messages, Token)).ToList();
        reduced.ShouldContain(messages[0]);
        reduced.Count.ShouldBeLessThan(messages.Count / 2);
        ConversationValidator.Check(reduced).ShouldBeEmpty();
    }

    /// <summary>
    /// Agent Framework, weakness 8: one result of 400 000 chars in a budget of 28 000 stays at 100 002 tokens, and nothing says so.
    /// </summary>
    [Fact]
    public async Task OversizedNewestItem_IsShortenedWithAHandle_AndWhatCannotFitSaysSo()
    {
        var compactor = NewCompactor(28_000);
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        AddSteps(messages, 1, chars: 400_000);
        var result = await compactor.CompactAsync(messages, Token);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(compactor.Budget.Target);
        TextsOf(result.Messages).ShouldContain(text => text.Contains("; recall ", StringComparison.Ordinal));

        var pinned = await compactor.CompactAsync(new CompactionRequest { Messages = messages, Pins = [2] }, Token);
        pinned.Outcome.ShouldBe(CompactionOutcome.CannotFit);
        pinned.Reason.ShouldNotBeEmpty();
        pinned.Messages.ShouldBeSameAs(messages);
    }

    /// <summary>
    /// Agent Framework, counting: a result of 8 400 chars of JSON counts as the name of its type, 14 tokens.
    /// Agent Framework, counting: an image of 1 MB counts as 250 002 tokens.
    /// Agent Framework, counting: instructions, schemas and framing are left out (2 435 of 12 202 tokens, #5803).
    /// </summary>
    [Fact]
    public void Counting_IsOfWhatIsSent()
    {
        var compactor = Compactor.Create("gpt-4o");
        var rows = Enumerable.Range(0, 200).Select(i => new { Id = i, Name = $"customer {i}", Open = i % 2 == 0 }).ToArray();
        compactor.Counter.Count(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", rows)])).Total.ShouldBeGreaterThan(1_500);

        var image = new DataContent(new byte[1_000_000], "image/png");
        compactor.Counter.Count(new ChatMessage(ChatRole.User, [image])).Total.ShouldBeInRange(85, 5_000);

        var options = new ChatOptions
        {
            Instructions = string.Join(' ', Enumerable.Range(0, 500)),
            Tools = [AIFunctionFactory.Create((string path, int line) => path + line, "read_file")]
        };
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        (compactor.GetTokenUsage(messages, options).Current - compactor.GetTokenUsage(messages).Current).ShouldBeGreaterThan(900);
    }

    /// <summary>
    /// Agent Framework, grouping: parallel results split by a user message leave a stray result whose call may be dropped; Semantic Kernel
    /// #12708, #13062.
    /// </summary>
    [Fact]
    public async Task ParallelResultsSplitByAUserMessage_StayWithTheirCalls()
    {
        var compactor = NewCompactor();
        List<ChatMessage> messages = [new(ChatRole.User, FirstTask)];
        for (var i = 0; i < 40; i++)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, [Call($"a{i}", i), Call($"b{i}", i)]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"a{i}", PeerCase.Text(i, 600))]));
            messages.Add(new ChatMessage(ChatRole.User, "Wait for the other one too."));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"b{i}", PeerCase.Text(i, 600))]));
        }

        foreach (var strategy in CompactionStrategies.All)
        {
            var result = await new Compactor(new CompactionOptions { Window = 8_000, Strategy = strategy.Name })
                .CompactAsync(new CompactionRequest { Messages = messages, Force = true }, Token);
            result.Outcome.ShouldBe(CompactionOutcome.Compacted, strategy.Name);
            ConversationValidator.Check(result.Messages).ShouldBeEmpty(strategy.Name);
        }
    }

    /// <summary>
    /// Microsoft.Extensions.AI: MessageCountingChatReducer drops every message with a call or a result (dotnet/extensions#7756), and both
    /// reducers keep only the first system message; Semantic Kernel filters tool content out of what is summarized.
    /// </summary>
    [Fact]
    public async Task ToolWorkAndEverySystemMessage_SurviveInSomeForm()
    {
        using var reducer = new CompactingChatReducer(NewCompactor());
        List<ChatMessage> messages =
            [new(ChatRole.System, "You audit payments."), new(ChatRole.System, "Answer in English."), new(ChatRole.User, FirstTask)];
        AddSteps(messages, 60);
        messages.Add(new ChatMessage(ChatRole.User, "What did you find?"));
        var reduced = (await reducer.ReduceAsync(messages, Token)).ToList();
        reduced.ShouldContain(messages[0]);
        reduced.ShouldContain(messages[1]);
        reduced.SelectMany(message => message.Contents).OfType<FunctionResultContent>().ShouldNotBeEmpty();
        reduced.Single(message => SummaryHeader.Starts(message.Text)).Text.ShouldContain("March/");
    }
}
