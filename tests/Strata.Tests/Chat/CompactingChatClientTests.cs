using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Tests.Calls;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

public sealed class CompactingChatClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_BelowTheThreshold_SendsTheCallersOwnListAndOptions()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        List<ChatMessage> messages = [new(ChatRole.User, "hi")];
        var options = new ChatOptions { Temperature = 0 };
        (await client.GetResponseAsync(messages, options, Cancel)).Text.ShouldBe("hello");
        inner.Messages.ShouldBeSameAs(messages);
        inner.Options.ShouldBeSameAs(options);
    }

    [Fact]
    public async Task GetResponseAsync_ConversationId_IsLeftAlone()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("hello"));
        using var client = inner.WithCompaction(new Compactor(new CompactionOptions { Window = 1_000, MinTokensToCompact = 0 }));
        List<ChatMessage> messages = [new(ChatRole.User, string.Join(' ', Enumerable.Range(0, 2_000)))];
        await client.GetResponseAsync(messages, new ChatOptions { ConversationId = "theirs" }, Cancel);
        inner.Messages.ShouldBeSameAs(messages);
    }

    [Fact]
    public async Task GetResponseAsync_AboveTheThreshold_ChangesNeitherMessagesNorOptions()
    {
        using var setup = new ChatSetup(new ToolLoop(1, hugeEvery: 0));
        var options = new ChatOptions { Instructions = "Be brief.", Tools = [AIFunctionFactory.Create((int n) => n, "twice")] };
        for (var i = 0; i < 40; i++)
        {
            var (before, count) = (Transcript.Create(setup.Loop.Messages).Fingerprint, setup.Loop.Messages.Count);
            await setup.Loop.StepAsync(setup.Client, isStreaming: false, options, Cancel);
            Transcript.Create(setup.Loop.Messages.Take(count)).Fingerprint.ShouldBe(before);
        }

        setup.State.CompactionCount.ShouldBeGreaterThan(0);
        setup.Loop.Messages.ShouldAllBe(message => message.AdditionalProperties == null);
        (options.Instructions, options.Tools.Count, options.AdditionalProperties).ShouldBe(("Be brief.", 1, null));
    }

    [Fact]
    public async Task GetResponseAsync_OneShotEnumerable_IsReadOnce()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        await client.GetResponseAsync(Once(), cancellationToken: Cancel);
        inner.Messages!.Select(message => message.Text).ShouldBe(["one", "two"]);

        static IEnumerable<ChatMessage> Once()
        {
            yield return new ChatMessage(ChatRole.User, "one");
            yield return new ChatMessage(ChatRole.User, "two");
        }
    }

    [Fact]
    public async Task GetResponseAsync_EmptyList_IsPassedOn()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        await client.GetResponseAsync([], cancellationToken: Cancel);
        inner.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_NullMessage_SaysWhichOne()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        var thrown = await Should.ThrowAsync<ArgumentException>(() => client.GetResponseAsync([new(ChatRole.User, "hi"), null!], cancellationToken: Cancel));
        thrown.Message.ShouldContain("Message 1 is null");
    }

    [Fact]
    public async Task GetResponseAsync_SystemMessageInTheMiddle_Stays()
    {
        using var setup = new ChatSetup(new ToolLoop(5, hugeEvery: 0));
        for (var i = 0; i < 60; i++)
        {
            if (i == 4)
                setup.Loop.Messages.Add(new ChatMessage(ChatRole.System, "From now on answer in French."));
            await setup.StepAsync();
        }

        setup.Model.Faults.ShouldBeEmpty();
        setup.State.CompactionCount.ShouldBeGreaterThan(0);
        setup.Model.Last.ShouldContain(message => message.Role == ChatRole.System && message.Text.Contains("French", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetResponseAsync_ContinueTwice_LosesNothing()
    {
        // Microsoft's CompactionProvider drops the two messages before the second "continue" (agent-framework#7395).
        using var inner = new ScriptedClient(ScriptedClient.Says("ok"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        List<ChatMessage> messages = [new(ChatRole.User, "look"), new(ChatRole.Assistant, "found it"), new(ChatRole.User, "continue")];
        await client.GetResponseAsync(messages, cancellationToken: Cancel);
        messages.AddRange([new(ChatRole.Assistant, "the finding"), new(ChatRole.User, "continue")]);
        await client.GetResponseAsync(messages, cancellationToken: Cancel);
        inner.Messages.ShouldBe(messages);
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
        using var inner = new ScriptedClient(ScriptedClient.Says("ok"));
        using var client = inner.WithCompaction(new Compactor(new CompactionOptions { Window = 100_000, Counter = new MessageCounter(counter) }));
        var options = new ChatOptions { Instructions = "Be brief.", Tools = [AIFunctionFactory.Create((int n) => n, "twice")] };
        List<ChatMessage> messages = [.. Enumerable.Range(0, 200).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"message {i}"))];
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
        using var setup = new ChatSetup(new ToolLoop(10, hugeEvery: 0), options: new ChatCompactionOptions { MaxConversations = 1 });
        var other = new ToolLoop(11, hugeEvery: 0);
        for (var i = 0; i < 30; i++)
        {
            await setup.StepAsync();
            await other.StepAsync(setup.Client, isStreaming: false, cancellationToken: Cancel);
        }

        setup.Model.Faults.ShouldBeEmpty();
        setup.Model.Last.Count.ShouldBeLessThan(other.Messages.Count);
    }

    [Fact]
    public async Task GetResponseAsync_Cancelled_Throws()
    {
        using var setup = new ChatSetup(new ToolLoop(12));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        setup.Loop.Messages.Add(new ChatMessage(ChatRole.User, string.Join(' ', Enumerable.Range(0, 5_000))));
        await Should.ThrowAsync<OperationCanceledException>(() => setup.Client.GetResponseAsync(setup.Loop.Messages, cancellationToken: cancelled.Token));
        setup.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_CannotFit_SendsItAndTheStateSaysSo()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("ok"));
        using var client = new CompactingChatClient(inner, new Compactor(new CompactionOptions { Window = 1_000, MinTokensToCompact = 0 }));
        List<ChatMessage> messages = [new(ChatRole.System, string.Join(' ', Enumerable.Range(0, 600)) ), new(ChatRole.User, "hi")];
        var options = new ChatOptions { Instructions = string.Join(' ', Enumerable.Range(0, 600)) };
        await client.GetResponseAsync(messages, options, Cancel);
        inner.Messages.ShouldBeSameAs(messages);
        var state = client.GetState(messages, options);
        (state.LastOutcome, state.NeedsCompaction, state.CompactionCount).ShouldBe((CompactionOutcome.CannotFit, true, 0));
        state.LastReason!.ShouldContain("instructions");
    }

    [Fact]
    public async Task GetResponseAsync_CannotFitAndToldToThrow_Throws()
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("ok"));
        using var client = inner.WithCompaction(
            new Compactor(new CompactionOptions { Window = 1_000, MinTokensToCompact = 0 }), new ChatCompactionOptions { ThrowWhenCannotFit = true });
        var options = new ChatOptions { Instructions = string.Join(' ', Enumerable.Range(0, 600)) };
        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<ContextOverflowException>(() => client.GetResponseAsync([new(ChatRole.User, "hi")], options, Cancel))).Message.ShouldContain("instructions");
        inner.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Updates_PassThroughAsTheyCome()
    {
        using var inner = new StreamedClient();
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        await using var updates = client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], cancellationToken: Cancel).GetAsyncEnumerator(Cancel);
        foreach (var update in inner.Updates)
        {
            // The second one is not made before the first was taken.
            var next = updates.MoveNextAsync();
            inner.Release();
            (await next).ShouldBeTrue();
            updates.Current.ShouldBeSameAs(update);
        }

        (await updates.MoveNextAsync()).ShouldBeFalse();
    }

    [Fact]
    public async Task GetService_WithoutAKey_ExposesWhatIsBehindTheClient()
    {
        var archive = new InMemoryArchive();
        using var setup = new ChatSetup(new ToolLoop(13), archive: archive);
        IChatClient client = setup.Client;
        client.GetService<Compactor>().ShouldBeSameAs(setup.Compactor);
        client.GetService<MessageCounter>().ShouldBeSameAs(setup.Compactor.Counter);
        client.GetService<IArchive>().ShouldBeSameAs(archive);
        client.GetService<CompactingChatClient>().ShouldBeSameAs(setup.Client);
        client.GetService<StrictModel>().ShouldBeSameAs(setup.Model);
        client.GetService<ConversationState>().ShouldBeNull();
        client.GetService<Compactor>("key").ShouldBeNull();
        await setup.StepAsync();
        client.GetService<ConversationState>()!.Messages.ShouldBe(2);
    }

    [Fact]
    public async Task GetState_AfterCompactions_SaysWhatHappenedAndSurvivesACheckpoint()
    {
        using var setup = new ChatSetup(new ToolLoop(14, hugeEvery: 0));
        setup.State.ShouldBe(new ConversationState { Tokens = setup.State.Tokens, Window = 8_000, Threshold = 5_040, Messages = 2, MessagesSent = 2 });
        await setup.StepUntilAsync(state => state.CompactionCount == 2);
        var state = setup.State;
        setup.Client.GetState(setup.Loop.Messages.Take(RequestedCount(setup))).Tokens.ShouldBe(setup.Compactor.GetTokenUsage(setup.Model.Last).Current);
        state.LastCompactionAt.ShouldNotBeNull();
        state.LastOutcome.ShouldBe(CompactionOutcome.Compacted);
        var json = JsonSerializer.Serialize(state);
        json.ShouldContain("\"needs_compaction\":false");
        json.ShouldContain("\"compaction_count\":2");
        JsonSerializer.Deserialize<ConversationState>(json).ShouldBe(state);
    }

    [Fact]
    public async Task OnContextCompacted_SubscriberThatThrows_DoesNotBreakTheCall()
    {
        using var setup = new ChatSetup(new ToolLoop(15, hugeEvery: 0));
        var told = 0;
        using var subscription = setup.Compactor.OnContextCompacted((_, _) =>
        {
            told++;
            throw new InvalidOperationException("no");
        });
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        told.ShouldBe(1);
        setup.Model.Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void Create_BackgroundShareThatIsNone_SaysTheWayOut(double share)
    {
        using var inner = new ScriptedClient(ScriptedClient.Says("ok"));
        Should.Throw<ArgumentException>(() => inner.WithCompaction(Compactor.Create("gpt-4"), new ChatCompactionOptions { BackgroundShare = share }))
            .Message.ShouldContain("such as 0.85");
    }

    // The messages that the newest request was made for: all but what the step added afterwards.
    private static int RequestedCount(ChatSetup setup) =>
        setup.Loop.Messages.Count - 1 - setup.Loop.Messages.AsEnumerable().Reverse().TakeWhile(message => message.Role == ChatRole.Tool).Count();

    private static IEnumerable<string> Texts(IEnumerable<ChatMessage> messages) =>
        messages.Select(message => message.Role + message.Text + string.Join(",", message.Contents.OfType<FunctionResultContent>().Select(result => result.CallId + result.Result)));

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

    private sealed class StreamedClient : IChatClient
    {
        private readonly SemaphoreSlim _next = new(0);

        public ChatResponseUpdate[] Updates { get; } =
            [new(ChatRole.Assistant, "one"), new(ChatRole.Assistant, "two"), new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 3 })])];

        public void Release() => _next.Release();

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (var update in Updates)
            {
                await _next.WaitAsync(cancellationToken);
                yield return update;
            }
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose() => _next.Dispose();
    }
}
