using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Tests.Calls;
using Strata.Tests.Shared;
using Strata.Tokens;

namespace Strata.Tests.Chat;

/// <summary>How the client knows a conversation again, and what it then sends.</summary>
public sealed class RecognizedPrefixTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_ContinueTwice_LosesNothing()
    {
        // Microsoft's CompactionProvider drops the two messages before the second "continue" (agent-framework#7395).
        using var inner = new FakeChatClient(FakeChatClient.Say("ok"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        List<ChatMessage> messages = [new(ChatRole.User, "look"), new(ChatRole.Assistant, "found it"), new(ChatRole.User, "continue")];
        await client.GetResponseAsync(messages, cancellationToken: Cancel);
        messages.AddRange([new(ChatRole.Assistant, "the finding"), new(ChatRole.User, "continue")]);
        await client.GetResponseAsync(messages, cancellationToken: Cancel);
        inner.Given.ShouldBe(messages);
    }

    [Fact]
    public async Task GetResponseAsync_BetweenCompactions_SendsTheSamePrefix()
    {
        using var setup = new ChatSetup(new ToolLoop(6, hugeEvery: 0));
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        var first = setup.Model.Last;
        await setup.StepAsync();
        await setup.StepAsync();
        setup.State.CompactionCount.ShouldBe(1);
        setup.Model.Last.Take(first.Count).ShouldBe(first);
        setup.Model.Last.Count.ShouldBeGreaterThan(first.Count);
    }

    [Fact]
    public async Task GetResponseAsync_KnownPrefix_IsNotCountedAgain()
    {
        var counter = new CountingCounter();
        using var inner = new FakeChatClient(FakeChatClient.Say("ok"));
        using var client =
            inner.WithCompaction(new Compactor(new CompactionOptions { Window = 100_000, Counter = new MessageCounter(counter) }));
        var options = new ChatOptions { Instructions = "Be brief.", Tools = [AIFunctionFactory.Create((int n) => n, "twice")] };
        List<ChatMessage> messages =
            [.. Enumerable.Range(0, 200).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"message {i}"))];
        await client.GetResponseAsync(messages, options, Cancel);
        messages.Add(new ChatMessage(ChatRole.User, "and this"));
        var before = counter.Calls;
        await client.GetResponseAsync(messages, options, Cancel);
        (counter.Calls - before).ShouldBe(1);
    }

    [Fact]
    public async Task GetResponseAsync_HistoryAfterAJsonRoundTrip_IsRecognizedAndItsOwnMessagesAreSent()
    {
        using var setup = new ChatSetup(new ToolLoop(7, hugeEvery: 0));
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        var before = setup.Model.Last;
        var copies = ChatSetup.RoundTrip(setup.Loop.Messages);
        await setup.Client.GetResponseAsync(copies, StrictModel.OptionsFor(copies), Cancel);
        setup.Client.GetState(copies).CompactionCount.ShouldBe(1);
        setup.Model.Faults.ShouldBeEmpty();
        Texts(setup.Model.Last.Take(before.Count)).ShouldBe(Texts(before));
        setup.Model.Last.ShouldNotContain(message => setup.Loop.Messages.Contains(message));
        setup.Model.Last.Count(copies.Contains).ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task GetResponseAsync_ConversationThatWentBackBeforeItsCompaction_FallsBackToWhatStillHolds()
    {
        using var setup = new ChatSetup(new ToolLoop(8, hugeEvery: 0));
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        var atFirst = setup.Loop.Messages.Count;
        await setup.StepUntilAsync(state => state.CompactionCount == 2);
        var first = setup.Loop.Messages.Take(atFirst + 1).ToList();
        setup.Client.GetState(first).CompactionCount.ShouldBe(1);

        first.Add(new ChatMessage(ChatRole.User, "Do it another way."));
        setup.Client.GetState([.. setup.Loop.Messages.Take(2), new(ChatRole.User, "Start again.")]).CompactionCount.ShouldBe(0);
        setup.State.CompactionCount.ShouldBe(2);
    }

    [Fact]
    public async Task GetResponseAsync_TwoConversationsWithEqualPrefixes_EachGoesItsWay()
    {
        using var setup = new ChatSetup(new ToolLoop(9, hugeEvery: 0));
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        List<ChatMessage> other = [.. setup.Loop.Messages, new(ChatRole.User, "Now something else.")];
        await setup.Client.GetResponseAsync(other, StrictModel.OptionsFor(other), Cancel);
        setup.Model.Last[^1].ShouldBeSameAs(other[^1]);
        await setup.StepAsync();
        setup.Model.Last.ShouldNotContain(other[^1]);
        other.AddRange([new(ChatRole.Assistant, "Yes."), new(ChatRole.User, "Go on.")]);
        await setup.Client.GetResponseAsync(other, StrictModel.OptionsFor(other), Cancel);
        setup.Model.Last.TakeLast(3).ShouldBe(other.TakeLast(3));
        setup.Model.Faults.ShouldBeEmpty();
        setup.Client.GetState(other).CompactionCount.ShouldBe(1);
    }

    [Fact]
    public async Task GetResponseAsync_MoreConversationsThanAreRemembered_ForgottenOnesAreStillValid()
    {
        using var setup = new ChatSetup(new ToolLoop(10, hugeEvery: 0), options: new ConversationOptions { MaxConversations = 1 });
        var other = new ToolLoop(11, hugeEvery: 0);
        for (var i = 0; i < 30; i++)
        {
            await setup.StepAsync();
            await other.StepAsync(setup.Client, isStreaming: false, cancellationToken: Cancel);
        }

        setup.Model.Faults.ShouldBeEmpty();
        setup.Model.Last.Count.ShouldBeLessThan(other.Messages.Count);
    }

    private static IEnumerable<string> Texts(IEnumerable<ChatMessage> messages) =>
        messages.Select(message => message.Role + message.Text
            + string.Join(",", message.Contents.OfType<FunctionResultContent>().Select(result => result.CallId + result.Result)));

    private sealed class CountingCounter : ITokenCounter
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public string Name => "counting";

        public double ErrorBand => 0;

        public int Count(ReadOnlySpan<char> text)
        {
            Interlocked.Increment(ref _calls);
            return BpeTokenizer.O200kBase.Count(text);
        }

        public int Count(ReadOnlySpan<byte> utf8) => BpeTokenizer.O200kBase.Count(utf8);

        public int CountUpTo(ReadOnlySpan<char> text, int limit) => BpeTokenizer.O200kBase.CountUpTo(text, limit);

        public int FitHead(ReadOnlySpan<char> text, int maxTokens) => BpeTokenizer.O200kBase.FitHead(text, maxTokens);

        public int FitTail(ReadOnlySpan<char> text, int maxTokens) => BpeTokenizer.O200kBase.FitTail(text, maxTokens);
    }
}
