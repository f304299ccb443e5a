using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Tests.Calls;
using Strata.Tests.Shared;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

/// <summary>What the client passes on, and what it leaves alone.</summary>
public sealed class CompactingChatClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_BelowTheThreshold_SendsTheCallersOwnListAndOptions()
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        List<ChatMessage> messages = [new(ChatRole.User, "hi")];
        var options = new ChatOptions { Temperature = 0 };
        (await client.GetResponseAsync(messages, options, Cancel)).Text.ShouldBe("hello");
        inner.Given.ShouldBeSameAs(messages);
        inner.Options.ShouldBeSameAs(options);
    }

    [Fact]
    public async Task GetResponseAsync_ConversationId_IsLeftAlone()
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("hello"));
        using var client = inner.WithCompaction(new Compactor(new CompactionOptions { Window = 1_000, MinTokensToCompact = 0 }));
        List<ChatMessage> messages = [new(ChatRole.User, string.Join(' ', Enumerable.Range(0, 2_000)))];
        await client.GetResponseAsync(messages, new ChatOptions { ConversationId = "theirs" }, Cancel);
        inner.Given.ShouldBeSameAs(messages);
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
        using var inner = new FakeChatClient(FakeChatClient.Say("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        await client.GetResponseAsync(Once(), cancellationToken: Cancel);
        inner.Given!.Select(message => message.Text).ShouldBe(["one", "two"]);

        static IEnumerable<ChatMessage> Once()
        {
            yield return new ChatMessage(ChatRole.User, "one");
            yield return new ChatMessage(ChatRole.User, "two");
        }
    }

    [Fact]
    public async Task GetResponseAsync_EmptyList_IsPassedOn()
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        await client.GetResponseAsync([], cancellationToken: Cancel);
        inner.Given.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_NullMessage_SaysWhichOne()
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("hello"));
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        var thrown = await Should.ThrowAsync<ArgumentException>(() =>
            client.GetResponseAsync([new(ChatRole.User, "hi"), null!], cancellationToken: Cancel));
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
        setup.Model.Last
            .ShouldContain(message => message.Role == ChatRole.System && message.Text.Contains("French", StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetResponseAsync_Cancelled_Throws()
    {
        using var setup = new ChatSetup(new ToolLoop(12));
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        setup.Loop.Messages.Add(new ChatMessage(ChatRole.User, string.Join(' ', Enumerable.Range(0, 5_000))));
        await Should.ThrowAsync<OperationCanceledException>(() =>
            setup.Client.GetResponseAsync(setup.Loop.Messages, cancellationToken: cancelled.Token));
        setup.Model.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetStreamingResponseAsync_Updates_PassThroughAsTheyCome()
    {
        using var inner = new StreamedClient();
        using var client = inner.WithCompaction(Compactor.Create("gpt-4"));
        await using var updates =
            client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], cancellationToken: Cancel).GetAsyncEnumerator(Cancel);
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

    [Theory]
    [InlineData(0)]
    [InlineData(1.5)]
    public void Create_BackgroundShareThatIsNone_SaysTheWayOut(double share)
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("ok"));
        Should.Throw<ArgumentException>(() =>
            inner.WithCompaction(Compactor.Create("gpt-4"), new ConversationOptions { BackgroundShare = share }))
            .Message.ShouldContain("such as 0.85");
    }

    private sealed class StreamedClient : IChatClient
    {
        private readonly SemaphoreSlim _next = new(0);

        public ChatResponseUpdate[] Updates { get; } =
            [new(ChatRole.Assistant, "one"), new(ChatRole.Assistant, "two"),
                new(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 3 })])];

        public void Release() => _next.Release();

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
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
