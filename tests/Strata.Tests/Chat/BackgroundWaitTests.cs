using Microsoft.Extensions.AI;
using Strata.Chat;
using Strata.Conversations;
using Strata.Models;
using Strata.Tests.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Chat;

/// <summary>Models that do not come back, beside a conversation that grows.</summary>
public sealed class BackgroundWaitTests
{
    private const int Window = 32_000;
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null, 28_800)]
    [InlineData(6_000, 26_000)]
    public async Task GetResponseAsync_ModelsThatDoNotComeBack_LeavesRoomForTheAnswerAndWaitsItsTime(int? output, int most)
    {
        var (time, failures, model) = (new ManualTime(), new List<CompactionFailure>(), new FakeChatClient());
        var compactor = NewCompactor(new SignalSummarizer(), time);
        using var client = new CompactingChatClient(model, compactor, new ConversationOptions
        {
            BackgroundWait = Wait,
            OnFailed = (failure, _) =>
            {
                failures.Add(failure);
                return default;
            },
        });
        List<ChatMessage> messages = [new(ChatRole.User, "Audit the ledger.")];
        var options = new ChatOptions { MaxOutputTokens = output };
        while (client.GetState(messages, options).Tokens <= most)
        {
            await client.GetResponseAsync(messages, options, Token);
            messages.Add(new ChatMessage(
                ChatRole.Assistant, $"Entry {messages.Count}: {string.Join(' ', Enumerable.Range(messages.Count, 40))}"));
            messages.Add(new ChatMessage(ChatRole.User, $"Go on with {messages.Count}."));
        }

        failures.ShouldBeEmpty();
        var waiting = client.GetResponseAsync(messages, options, Token);
        (await time.WhenPendingAsync(_ => true)).ShouldBe(Wait);
        time.Advance(Wait);
        await waiting;
        failures.ShouldHaveSingleItem().Exception.ShouldBeOfType<TimeoutException>();
        client.GetState(messages, options).CompactionCount.ShouldBe(1);
        model.Requests.Max(request => Tokens(compactor, request)).ShouldBeInRange(most - 400, most);
        Tokens(compactor, model.Requests[^1]).ShouldBeLessThan(compactor.Budget.Threshold);
    }

    [Fact]
    public async Task GetResponseAsync_ConversationThatBeginsTooLong_WaitsItsTimeToo()
    {
        var (time, model) = (new ManualTime(), new FakeChatClient());
        var summarizer = new SignalSummarizer();
        var compactor = NewCompactor(summarizer, time);
        using var client = new CompactingChatClient(model, compactor, new ConversationOptions { BackgroundWait = Wait });
        List<ChatMessage> messages = [.. Enumerable.Range(0, 700).Select(i => new ChatMessage(
            i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"Entry {i}: {string.Join(' ', Enumerable.Range(i, 40))}"))];
        var waiting = client.GetResponseAsync(messages, cancellationToken: Token);
        await summarizer.AskedAsync();
        time.Advance(Wait);
        await waiting;
        client.GetState(messages).CompactionCount.ShouldBe(1);
    }

    private static long Tokens(Compactor compactor, FakeRequest request) =>
        request.Messages.Sum(message => (long)compactor.Counter.Count(message).Total) + compactor.Counter.CountRequest(request.Options);

    private static Compactor NewCompactor(SignalSummarizer summarizer, ManualTime time) => new(
        new CompactionOptions { Window = Window, MinTokensToCompact = 0, Budget = new BudgetOptions { SafetyMargin = 0 } }, summarizer,
        time: time);
}
