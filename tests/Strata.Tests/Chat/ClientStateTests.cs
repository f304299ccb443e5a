using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Tests.Calls;
using Strata.Tests.Shared;
using Strata.Tokens;

namespace Strata.Tests.Chat;

/// <summary>What the client says of a conversation: its state, that it cannot fit, events, services.</summary>
public sealed class ClientStateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_CannotFit_SendsItAndTheStateSaysSo()
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("ok"));
        using var client = new CompactingChatClient(inner, new Compactor(new CompactionOptions { Window = 1_000, MinTokensToCompact = 0 }));
        List<ChatMessage> messages = [new(ChatRole.System, string.Join(' ', Enumerable.Range(0, 600)) ), new(ChatRole.User, "hi")];
        var options = new ChatOptions { Instructions = string.Join(' ', Enumerable.Range(0, 600)) };
        await client.GetResponseAsync(messages, options, Cancel);
        inner.Given.ShouldBeSameAs(messages);
        var state = client.GetState(messages, options);
        (state.LastOutcome, state.NeedsCompaction, state.CompactionCount).ShouldBe((CompactionOutcome.CannotFit, true, 0));
        state.LastReason!.ShouldContain("instructions");
    }

    [Fact]
    public async Task GetResponseAsync_CannotFitAndToldToThrow_Throws()
    {
        using var inner = new FakeChatClient(FakeChatClient.Say("ok"));
        using var client = inner.WithCompaction(
            new Compactor(new CompactionOptions { Window = 1_000, MinTokensToCompact = 0 }),
            new ConversationOptions { ThrowWhenCannotFit = true });
        var options = new ChatOptions { Instructions = string.Join(' ', Enumerable.Range(0, 600)) };
        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<ContextOverflowException>(() =>
                client.GetResponseAsync([new(ChatRole.User, "hi")], options, Cancel))).Message.ShouldContain("instructions");
        inner.Calls.ShouldBe(0);
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
        using var setup = new ChatSetup(new ToolLoop(14, hugeEvery: 0), archive: new InMemoryArchive());
        setup.State.ShouldBe(new ConversationState
        {
            Tokens = setup.State.Tokens,
            Window = 8_000,
            Threshold = 5_040,
            Messages = 2,
            MessagesSent = 2
        });
        await setup.StepUntilAsync(state => state.CompactionCount == 2);
        var state = setup.State;
        setup.Client.GetState(setup.Loop.Messages.Take(RequestedCount(setup))).Tokens
            .ShouldBe(setup.Compactor.GetTokenUsage(setup.Model.Last).Current);
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

    // The messages that the newest request was made for: all but what the step added afterwards.
    private static int RequestedCount(ChatSetup setup) =>
        setup.Loop.Messages.Count - 1 - setup.Loop.Messages.AsEnumerable().Reverse().TakeWhile(message => message.Role == ChatRole.Tool)
            .Count();
}
