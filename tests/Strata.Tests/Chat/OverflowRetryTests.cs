using System.Net;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Conversations;

namespace Strata.Tests.Chat;

public sealed class OverflowRetryTests
{
    private const int Window = 20_000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, "This model's maximum context length is 8192 tokens. However, your messages resulted in {0} tokens.")]
    [InlineData(true, "This model's maximum context length is 8192 tokens. However, your messages resulted in {0} tokens.")]
    [InlineData(false, "prompt is too long: {0} tokens > 8192 maximum")]
    [InlineData(false, "Input is too long for requested model.")]
    [InlineData(true, "Input is too long for requested model.")]
    public async Task GetResponseAsync_ProviderOverflows_CompactsAndTriesOnce(bool isStreaming, string words)
    {
        var compactor = NewCompactor();
        var messages = Talk(compactor, 11_000);
        using var model = new LimitedModel(compactor, 8_192, tokens => new InvalidOperationException(string.Format(null, words, tokens)));
        using var client = model.WithCompaction(compactor);

        (await AskAsync(client, messages, isStreaming)).Text.ShouldBe("ok");
        model.Sent.Count.ShouldBe(2);
        model.Sent[0].ShouldBeGreaterThan(8_192);
        model.Sent[1].ShouldBeLessThan(8_192);

        // From now on the true window is respected without asking the provider.
        for (var i = 0; i < 60; i++)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, $"I looked at entry {i}: {string.Join(' ', Enumerable.Range(i, 60))}"));
            messages.Add(new ChatMessage(ChatRole.User, $"Go on with entry {i + 1}."));
            await AskAsync(client, messages, isStreaming);
        }

        model.Sent.Count.ShouldBe(62);
        model.Sent.Skip(1).Max().ShouldBeLessThanOrEqualTo(8_192);
    }

    [Fact]
    public async Task GetResponseAsync_ProviderCountsMoreThanWeDo_LearnsHowMuch()
    {
        var compactor = NewCompactor();
        var messages = Talk(compactor, 12_000);
        using var model = new LimitedModel(compactor, Window,
            tokens => new ModelCallException(CallFault.TooLong, $"It says: prompt is too long: {tokens} tokens > {Window} maximum"),
            bills: 1.8);
        using var client = model.WithCompaction(compactor);
        (await AskAsync(client, messages, isStreaming: false)).Text.ShouldBe("ok");
        compactor.Calibrator.Find("model-1")!.Ratio.ShouldBe(1.8, .25);
        var usage = compactor.GetTokenUsage(messages);
        ((double)usage.Current).ShouldBe(model.Sent[0], model.Sent[0] * .05);
    }

    [Fact]
    public async Task GetResponseAsync_StillTooLong_ThrowsWhatTheProviderSaid()
    {
        var compactor = NewCompactor();
        using var model =
            new LimitedModel(compactor, 10, _ => new HttpRequestException("too large", null, HttpStatusCode.RequestEntityTooLarge));
        using var client = model.WithCompaction(compactor);
        (await Should.ThrowAsync<HttpRequestException>(AskAsync(client, Talk(compactor, 11_000), isStreaming: false))).Message
            .ShouldBe("too large");
        model.Sent.Count.ShouldBe(2);
        await Should.ThrowAsync<HttpRequestException>(AskAsync(client, Talk(compactor, 11_000), isStreaming: true));
        model.Sent.Count.ShouldBe(4);
    }

    [Fact]
    public async Task GetResponseAsync_NothingToCompact_ThrowsAtOnce()
    {
        var compactor = NewCompactor();
        using var model = new LimitedModel(compactor, 1, _ => new InvalidOperationException("prompt is too long"));
        using var client = model.WithCompaction(compactor);
        await Should.ThrowAsync<InvalidOperationException>(AskAsync(client, [new(ChatRole.User, "hello")], isStreaming: false));
        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetResponseAsync_TooManyBytes_TellsNothingOfTheWindow()
    {
        var compactor = NewCompactor();
        using var model =
            new LimitedModel(compactor, 10, _ => new HttpRequestException("too large", null, HttpStatusCode.RequestEntityTooLarge));
        using var client = model.WithCompaction(compactor);
        await Should.ThrowAsync<HttpRequestException>(AskAsync(client, Talk(compactor, 3_000), isStreaming: false));

        // Another conversation has its whole window.
        var other = (ConversationState)client.GetService(typeof(ConversationState))!;
        other.Window.ShouldBe(Window);
    }

    [Fact]
    public async Task GetResponseAsync_OtherFault_IsTheCallers()
    {
        var compactor = NewCompactor();
        using var model =
            new LimitedModel(compactor, 100, _ => new HttpRequestException("slow down", null, HttpStatusCode.TooManyRequests));
        using var client = model.WithCompaction(compactor);
        await Should.ThrowAsync<HttpRequestException>(AskAsync(client, Talk(compactor, 11_000), isStreaming: false));
        model.Sent.Count.ShouldBe(1);
    }

    [Fact]
    public async Task GetStreamingResponseAsync_OverflowAfterTheFirstUpdate_IsTheCallers()
    {
        var compactor = NewCompactor();
        using var model = new LimitedModel(compactor, 8_192, _ => new InvalidOperationException("prompt is too long"), failsLate: true);
        using var client = model.WithCompaction(compactor);
        var seen = new List<string>();
        await Should.ThrowAsync<InvalidOperationException>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync(Talk(compactor, 11_000), cancellationToken: Token))
                seen.Add(update.Text);
        });
        seen.ShouldBe(["o"]);
        model.Sent.Count.ShouldBe(1);
    }

    private static Compactor NewCompactor() => new(new CompactionOptions { Model = "model-1", Window = Window, MinTokensToCompact = 0 });

    private static List<ChatMessage> Talk(Compactor compactor, int tokens)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Audit the ledger.")];
        for (var i = 0; messages.Sum(message => compactor.Counter.Count(message).Total) < tokens; i++)
        {
            messages.Add(new ChatMessage(
                ChatRole.Assistant, $"Entry {i} is booked on account {i * 17}; the sums are {string.Join(' ', Enumerable.Range(i, 40))}."));
            messages.Add(new ChatMessage(ChatRole.User, $"Then look at entry {i + 1}."));
        }

        return messages;
    }

    private static async Task<ChatResponse> AskAsync(IChatClient client, List<ChatMessage> messages, bool isStreaming) => isStreaming
        ? await client.GetStreamingResponseAsync(messages, cancellationToken: Token).ToChatResponseAsync(Token)
        : await client.GetResponseAsync(messages, cancellationToken: Token);
}
