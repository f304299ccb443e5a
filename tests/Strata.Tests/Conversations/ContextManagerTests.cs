using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Conversations;

namespace Strata.Tests.Conversations;

/// <summary>The manager as a gateway uses it: it sends nothing, and is told what came of what was sent.</summary>
public sealed class ContextManagerTests
{
    private const int Window = 6_000;

    private readonly Compactor _compactor =
        new(new CompactionOptions { Window = Window, MinTokensToCompact = 0 }, archive: new InMemoryArchive());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PrepareAsync_ConversationThatFits_IsTheCallersOwnList()
    {
        using var manager = new ContextManager(_compactor);
        var messages = Talk(4);

        var request = await manager.PrepareAsync(messages, cancellationToken: Token);

        request.Messages.ShouldBeSameAs(messages);
        request.MessagesReplaced.ShouldBe(0);
        request.SessionId.ShouldBeNull();
    }

    [Fact]
    public async Task PrepareAsync_ConversationThatGrows_IsCompactedAndArchivedAndKeepsItsPrefix()
    {
        using var manager = new ContextManager(_compactor);
        var messages = Talk(90);

        var first = await manager.PrepareAsync(messages, cancellationToken: Token);
        var more = await manager.PrepareAsync([.. messages, new ChatMessage(ChatRole.User, "And now?")], cancellationToken: Token);

        first.MessagesReplaced.ShouldBeGreaterThan(0);
        first.Tokens.ShouldBeLessThanOrEqualTo(Window);
        first.SessionId.ShouldNotBeNull();
        more.Messages.Take(first.Messages.Count()).ShouldBe(first.Messages);
        manager.Newest.ShouldNotBeNull().CompactionCount.ShouldBe(1);
        (await _compactor.Archive!.FindSessionAsync(first.SessionId, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task TightenAsync_ProviderNamesASmallerWindow_SendsLessAndRemembersIt()
    {
        using var manager = new ContextManager(_compactor);
        var messages = Talk(40);
        var refused = await manager.PrepareAsync(messages, cancellationToken: Token);
        var overflow = ContextOverflow.Read("prompt is too long: 3000 tokens > 2000 maximum").ShouldNotBeNull();

        var tighter = (await manager.TightenAsync(refused, overflow, Token)).ShouldNotBeNull();

        tighter.Tokens.ShouldBeLessThan(refused.Tokens);
        manager.StateOf(messages).Window.ShouldBe(2_000);
    }

    [Fact]
    public async Task ReportUsageAsync_ProviderCountsMore_RaisesWhatTheNextRequestIsExpectedToTake()
    {
        using var manager = new ContextManager(_compactor, defaultModel: "made-up");
        var messages = Talk(20);
        var before = await manager.PrepareAsync(messages, cancellationToken: Token);

        for (var i = 0; i < 5; i++)
            await manager.ReportUsageAsync(before, new UsageDetails { InputTokenCount = before.Tokens * 3 / 2 }, Token);

        (await manager.PrepareAsync(messages, cancellationToken: Token)).Tokens.ShouldBeGreaterThan(before.Tokens);
    }

    [Theory]
    [InlineData("Rate limit reached: too many tokens per minute.", false)]
    [InlineData("The model does not exist.", false)]
    [InlineData("Payload", true)]
    public void Read_StatusOrWords_TellAnOverflowFromOtherErrors(string error, bool isTooLarge) =>
        (ContextOverflow.Read(error, isTooLarge) is { MayBeOfBytes: true }).ShouldBe(isTooLarge);

    private static List<ChatMessage> Talk(int turns) =>
    [
        .. Enumerable.Range(0, turns).SelectMany(i => new[]
        {
            new ChatMessage(
                ChatRole.User, $"Please look at entry {i} of the list and tell me what it says about the harbour at {i} o'clock."),
            new ChatMessage(ChatRole.Assistant,
                $"Entry {i} says that {i * 7} boats were in the harbour, {i * 3} of them with a crew, and that the wind came from the "
                    + "west."),
        }),
    ];
}
