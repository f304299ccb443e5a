using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Conversations.Recalling;
using Strata.Rendering;
using Strata.Tests.Shared;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

public sealed partial class RecallToolTests
{
    [Fact]
    public async Task Offer_IsMadeExactlyWhileTheConversationHoldsHandles()
    {
        using var setup = new RecallSetup();
        setup.AddStep(0, RecallSetup.Lines(0));
        await setup.AskAsync();
        setup.Model.Requests[^1].Options.ShouldBeSameAs(setup.Options);

        await setup.CompactAsync();
        setup.Model.ToolsOfLast.ShouldBe(["read_file", "recall", "search_history"]);
        setup.Options.Tools!.Count.ShouldBe(1);

        setup.Messages.Clear();
        setup.Messages.Add(new ChatMessage(ChatRole.User, "Something else."));
        await setup.AskAsync();
        setup.Model.Requests[^1].Options.ShouldBeSameAs(setup.Options);
    }

    [Fact]
    public async Task Offer_HandlesThatSomebodyMadeUp_AreNotEnough()
    {
        using var setup = new RecallSetup();
        setup.Messages.Add(new ChatMessage(
            ChatRole.User, "[Previous conversation summary] 12 messages; recall 0123456789ab..abcdefgh0123"));
        setup.AddStep(0, "[1,234 tokens cut; recall 9kk2p0aaaaaa] recall conversation");
        await setup.AskAsync();
        setup.Model.Requests[^1].Options.ShouldBeSameAs(setup.Options);
    }

    [Fact]
    public async Task Offer_NoArchive_IsNotMade()
    {
        using var model = new FakeChatClient();
        using var client = model.WithCompaction(new Compactor(new CompactionOptions { Window = 2_000, MinTokensToCompact = 0 }));
        List<ChatMessage> messages = [new(ChatRole.User, "Read."),
            .. Enumerable.Range(0, 30).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.Assistant : ChatRole.User, RecallSetup.Lines(i)))];
        await client.GetResponseAsync(messages, cancellationToken: Token);
        model.Last.Count.ShouldBeLessThan(messages.Count);
        model.Requests[^1].Options.ShouldBeNull();
    }

    [Fact]
    public async Task Offer_CallerAsksForCertainToolsOrNone_IsNotMade()
    {
        using var setup = new RecallSetup();
        await setup.CompactAsync();
        foreach (var mode in (ChatToolMode[])[ChatToolMode.None, ChatToolMode.RequireAny, ChatToolMode.RequireSpecific("read_file")])
        {
            setup.Options = new ChatOptions { Tools = setup.Options.Tools, ToolMode = mode };
            await setup.AskAsync();
            setup.Model.Requests[^1].Options.ShouldBeSameAs(setup.Options);
        }
    }

    [Fact]
    public async Task Offer_CallerHasToolsOfThatName_TakesAnother()
    {
        using var setup = new RecallSetup();
        setup.Options.Tools = [AIFunctionFactory.Create(() => "", "recall"), AIFunctionFactory.Create(() => "", "archive_recall")];
        var (handle, original) = await setup.CompactAsync();
        setup.Model.ToolsOfLast.ShouldBe(["recall", "archive_recall", "archive_recall_2", "search_history"]);
        setup.Model.Then(_ => FakeChatClient.Call(RecallSetup.Recall(handle, "archive_recall_2")),
            _ => FakeChatClient.Call(RecallSetup.Recall(handle, "recall", "theirs")));
        var response = await setup.AskAsync();
        ResultOf(setup.Model.Last).ShouldContain(original);
        response.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().ShouldHaveSingleItem().CallId
            .ShouldBe("theirs");
    }
}
