using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Tests.Shared;

namespace Strata.Tests.Chat;

/// <summary>What the drop-in and the reducer never touch.</summary>
public sealed class PinTests
{
    private const string Report = "The build of the parser breaks on an empty input file. Steps: create an empty file, run the parser.";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReduceAsync_MessageWithAPin_StaysWordForWordAlsoAfterJson(bool throughJson)
    {
        var messages = Talk(100);
        messages.Insert(12, new ChatMessage(ChatRole.User, Report).Pin());
        messages.Insert(13, new ChatMessage(ChatRole.User, "Another thing entirely: " + Report));
        if (throughJson)
            messages = ChatSetup.RoundTrip(messages);
        messages[12].IsPinned().ShouldBeTrue();
        messages[13].IsPinned().ShouldBeFalse();
        using var reducer = new CompactingChatReducer(NewCompactor());
        for (var round = 0; round < 3; round++)
        {
            messages = [.. await reducer.ReduceAsync(messages, Token)];
            messages.Count(message => message.Text == Report && message.IsPinned()).ShouldBe(1);
            messages.ShouldNotContain(message => message.Text == "Another thing entirely: " + Report);
            messages.AddRange(Talk(100, round + 1));
        }
    }

    [Fact]
    public async Task GetResponseAsync_MessagesThatThePredicateNames_Stay()
    {
        var model = new FakeChatClient();
        using var client = new CompactingChatClient(model, NewCompactor(), new ConversationOptions
        {
            IsPinned = message => message.Text.Contains("build of the parser", StringComparison.Ordinal),
        });
        var messages = Talk(60);
        messages.Insert(12, new ChatMessage(ChatRole.User, Report));
        for (var round = 0; round < 3; round++)
        {
            await client.GetResponseAsync(messages, cancellationToken: Token);
            model.Last.ShouldContain(messages[12]);
            model.Last.Count.ShouldBeLessThan(messages.Count);
            messages.AddRange(Talk(60, round + 1));
        }
    }

    [Fact]
    public void Unpin_MessageWithAPin_HasNoneAnyMore()
    {
        new ChatMessage(ChatRole.User, Report).Pin().Unpin().IsPinned().ShouldBeFalse();
        new ChatMessage(ChatRole.User, Report).Unpin().AdditionalProperties.ShouldBeNull();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReduceAsync_ApprovalThatTheUserOwes_StaysUntilItIsGiven(bool isGiven)
    {
        var request = new ToolApprovalRequestContent("approval-1", new FunctionCallContent("call-1", "delete_file"));
        var messages = Talk(10);
        messages.Add(new ChatMessage(ChatRole.Assistant, [request]));
        if (isGiven)
            messages.Add(new ChatMessage(ChatRole.User, [request.CreateResponse(approved: true)]));
        messages.AddRange(Talk(100, 1));
        using var reducer = new CompactingChatReducer(NewCompactor());
        var reduced = (await reducer.ReduceAsync(messages, Token)).ToList();
        reduced.Count.ShouldBeLessThan(messages.Count);
        reduced.SelectMany(message => message.Contents).Contains(request).ShouldBe(!isGiven);
    }

    [Fact]
    public async Task GetResponseAsync_WrappedTwice_OffersTheRecallToolsOnce()
    {
        var (model, archive) = (new FakeChatClient(), new InMemoryArchive());
        var compactor = new Compactor(new CompactionOptions { Window = 4_000, MinTokensToCompact = 0 }, archive: archive);
        using var client = model.WithCompaction(compactor).WithCompaction(compactor);
        await client.GetResponseAsync(Talk(200), cancellationToken: Token);
        model.ToolsOfLast.ShouldBe(["recall", "search_history"]);
    }

    [Fact]
    public async Task GetResponseAsync_PinsThatLeaveNoRoom_AreSaidAndSent()
    {
        var (model, notices) = (new FakeChatClient(), new List<ConversationNotice>());
        using var client = new CompactingChatClient(
            model, NewCompactor(), new ConversationOptions { IsPinned = _ => true, OnNotice = notices.Add });
        var messages = Talk(300);
        await client.GetResponseAsync(messages, new ChatOptions { ModelId = "gpt-4o" }, Token);
        model.Last.ShouldBe(messages);
        notices.ShouldHaveSingleItem().Kind.ShouldBe(ConversationNoticeKind.CannotFit);
    }

    private static Compactor NewCompactor() => new(new CompactionOptions { Window = 4_000, MinTokensToCompact = 0 });

    private static List<ChatMessage> Talk(int messages, int from = 0) =>
    [
        .. Enumerable.Range(0, messages).Select(i => new ChatMessage(
            i % 2 == 0 ? ChatRole.User : ChatRole.Assistant,
            $"Entry {from}.{i} of the ledger: {string.Join(' ', Enumerable.Range(i, 30))}")),
    ];
}
