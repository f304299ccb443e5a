using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Planning;
using Strata.Tests.Properties;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

public sealed class ArchiveUndoTests
{
    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Strategies))]
    public async Task UndoAsync_ToEachOfFourCompactions_GivesTheConversationBeforeItAndAllTurnsSince(string strategy)
    {
        for (var to = 0; to < 4; to++)
        {
            await using var archive = new InMemoryArchive();
            var session = await FourTimesAsync(strategy, archive);
            var current = session.Current.ToList();
            var undone = await ArchiveUndo.UndoAsync(archive, current, session.Receipts[to].Id, cancellationToken: Cancellation);
            Names(undone.Messages).ShouldBe(Names([.. session.Before[to], .. session.SaidSince(to)]), $"{strategy} to {to}");
            undone.ReceiptIds.ShouldBe(session.Receipts.Skip(to).Reverse().Select(receipt => receipt.Id));
            (undone.WasEdited, undone.SecretsRedacted, undone.SessionId).ShouldBe((false, 0, session.Receipts[0].SessionId));
            undone.MessagesRestored.ShouldBe(undone.Messages.Count(message => !current.Contains(message)));
            foreach (var (message, index) in undone.Outgoing.Select(message => (message.Message, message.SourceIndex)))
                (index < 0 || ReferenceEquals(message, current[index])).ShouldBeTrue();
            (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).Count(receipt => receipt.UndoneAt is not null)
                .ShouldBe(4 - to);
        }
    }

    [Fact]
    public async Task UndoAsync_AgainAndAgain_EndsWithEverythingThatWasSaid()
    {
        await using var archive = new InMemoryArchive();
        var session = await FourTimesAsync("hierarchical", archive);
        IReadOnlyList<ChatMessage> current = session.Current;
        for (var left = 3; left >= 0; left--)
        {
            var undone = await ArchiveUndo.UndoAsync(archive, current, cancellationToken: Cancellation);
            undone.ReceiptIds.ShouldBe([session.Receipts[left].Id]);
            current = undone.Messages;
        }

        Names(current).ShouldBe(Names(session.Everything));
        (await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.UndoAsync(archive, current, cancellationToken: Cancellation).AsTask())).Message.ShouldContain("nothing to undo");
    }

    [Fact]
    public async Task WithoutReasoningSince_SignedAnswersBeforeAndSince_OnlyThoseBeforeKeepTheirReasoning()
    {
        await using var archive = new InMemoryArchive();
        var session = await FourTimesAsync("hierarchical", archive);
        var since = new ChatMessage(ChatRole.Assistant,
            [new TextReasoningContent("I weigh it.") { ProtectedData = "c2lnbmVk" }, new TextContent("It is done.")]);
        var only = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("And again.") { ProtectedData = "c2lnbmVk" }]);
        List<ChatMessage> current = [.. session.Current, since, only];
        var undone = await ArchiveUndo.UndoAsync(archive, current, cancellationToken: Cancellation);

        var sent = undone.WithoutReasoningSince();

        undone.Messages[^2].ShouldBeSameAs(since);
        sent.Messages.Count.ShouldBe(undone.Messages.Count - 1);
        sent.Messages[^1].Contents.ShouldHaveSingleItem().ShouldBeOfType<TextContent>().Text.ShouldBe("It is done.");
        sent.Messages.SkipLast(1).ShouldBe(undone.Messages.SkipLast(2));
        sent.Outgoing.Select(message => message.Message).ShouldBe(sent.Messages);
    }

    [Fact]
    public async Task UndoAsync_SessionId_GivesTheConversationBefore()
    {
        await using var archive = new InMemoryArchive();
        var session = await FourTimesAsync("hierarchical", archive);
        var id = session.Receipts[0].SessionId!;
        var undone = await ArchiveUndo.FindAsync(archive, id, cancellationToken: Cancellation);
        Names(undone.Messages).ShouldBe(Names(session.Before[3]));
        undone = await ArchiveUndo.UndoAsync(archive, id, session.Receipts[1].Id, cancellationToken: Cancellation);
        Names(undone.Messages).ShouldBe(Names([.. session.Before[1], .. session.SaidSince(1).SkipLast(session.SaidSince(3).Count)]));
        undone.ReceiptIds.Count.ShouldBe(3);
        (await ArchiveUndo.FindAsync(archive, id, cancellationToken: Cancellation)).ReceiptIds.ShouldBe([session.Receipts[0].Id]);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.FindAsync(archive, id, session.Receipts[3].Id, Cancellation).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.FindAsync(archive, "nobody", cancellationToken: Cancellation).AsTask());
    }

    [Fact]
    public async Task UndoAsync_NeverCompactedOrByAnother_SaysSoAndMarksNothing()
    {
        await using var archive = new InMemoryArchive();
        var session = await FourTimesAsync("hybrid", archive);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.UndoAsync(archive, [], cancellationToken: Cancellation).AsTask());
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.UndoAsync(archive, [new(ChatRole.User, "hello")], cancellationToken: Cancellation).AsTask());
        var error = await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.UndoAsync(archive, session.Current, "0123456789ab", cancellationToken: Cancellation).AsTask());
        error.Message.ShouldContain("0123456789ab");
        error.Message.ShouldContain(session.Receipts[3].Id);
        await Should.ThrowAsync<InvalidOperationException>(() =>
            ArchiveUndo.UndoAsync(archive.ForTenant("other"), session.Current, cancellationToken: Cancellation).AsTask());
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).ShouldAllBe(receipt => receipt.UndoneAt == null);
    }

    [Fact]
    public async Task UndoAsync_EditedConversation_ExpandsWhatStandsAndKeepsTheRest()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        var summary = session.Current.FindIndex(message => SummaryHeader.Starts(message.Text));
        var current = session.Current.ToList();
        var removed = current.FindLast(session.Everything.Contains)!;
        current.Remove(removed);
        current.Insert(0, new ChatMessage(ChatRole.System, "put in by hand"));
        current.Add(new ChatMessage(ChatRole.User, "and on"));
        var undone = await ArchiveUndo.UndoAsync(archive, current, cancellationToken: Cancellation);
        undone.WasEdited.ShouldBeTrue();
        undone.ReceiptIds.ShouldBe([session.Receipts[0].Id]);
        Names(undone.Messages).ShouldBe(Names([current[0], .. session.Everything.Where(message => message != removed), current[^1]]));
        undone.Messages.ShouldNotContain(session.Current[summary]);
    }

    [Fact]
    public async Task UndoAsync_SummaryChangedByHand_LeavesItAndSaysSo()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        var current = session.Current.Select(message =>
            SummaryHeader.Starts(message.Text) ? new ChatMessage(message.Role, message.Text + " changed") : message).ToList();
        if (session.Current.Count(message => !session.Everything.Contains(message)) == 1)
            await Should.ThrowAsync<InvalidOperationException>(() =>
                ArchiveUndo.UndoAsync(archive, current, cancellationToken: Cancellation).AsTask());
        else
            (await ArchiveUndo.UndoAsync(archive, current, cancellationToken: Cancellation)).Messages
                .ShouldContain(message => message.Text.EndsWith("changed"));
    }

    [Fact]
    public async Task UndoAsync_SecretsInWhatComesBack_AreCounted()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive);
        session.Say([new ChatMessage(ChatRole.User, "hello"),
            new ChatMessage(ChatRole.Assistant, "the token is ghp_a8Zk2LmQ9xR4tV7wY1bC3dE5fG6hJ0kNpQsT")]);
        session.SayTurns(8);
        await session.CompactAsync();
        var undone = await ArchiveUndo.UndoAsync(archive, session.Current, cancellationToken: Cancellation);
        undone.SecretsRedacted.ShouldBe(1);
        undone.Messages[1].Text.ShouldStartWith("the token is [secret:");
    }

    [Theory, MemberData(nameof(Strategies))]
    public void UndoAsync_AnyConversation_GivesBackWhatWasThere(string strategy) =>
        Prop.ForAll(GeneratedConversations.Steps(), Arb.From(Gen.Choose(0, 3)), (steps, to) => UndoesTo(strategy, steps, to))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(10 * CompactionStrategies.All.Count)));

    // The first compaction leaves no message that shows what it is.
    [Fact]
    public void UndoAsync_ACompactionThatOnlyLeftOutReasoning_IsPartOfTheChain() =>
        UndoesTo(
            "prune", [new Step(StepKind.ReasoningThenCall, 83), new Step(StepKind.OneMessageAnswersTwoSplitMessages, 21)], to: 0);

    private static void UndoesTo(string strategy, Step[] steps, int to)
    {
        var archive = new InMemoryArchive(redactSecrets: false);
        var session = LongSession.Create(strategy, archive, window: 2_000);
        var messages = GeneratedConversations.Build(steps);
        foreach (var part in messages.Chunk(Math.Max(1, (messages.Count / 4) + 1)))
        {
            session.Say(part);
            session.CompactAsync(target: 400).GetAwaiter().GetResult();
        }

        if (session.Receipts.Count == 0)
            return;
        to = Math.Min(to, session.Receipts.Count - 1);
        session.Say([new ChatMessage(ChatRole.User, "and then")]);
        var undone = ArchiveUndo.UndoAsync(archive, session.Current, session.Receipts[to].Id).AsTask().GetAwaiter().GetResult();
        Names(undone.Messages).ShouldBe(Names([.. session.Before[to], .. session.SaidSince(to)]));
    }

    private static async Task<LongSession> FourTimesAsync(string strategy, IArchive archive)
    {
        var session = LongSession.Create(strategy, archive);
        for (var round = 0; round < 4; round++)
        {
            session.SayTurns(5);
            (await session.CompactAsync()).Outcome.ShouldBe(CompactionOutcome.Compacted);
        }

        session.Say([new ChatMessage(ChatRole.User, "and then?"), new ChatMessage(ChatRole.Assistant, "then on")]);
        return session;
    }

    private static List<Fingerprint> Names(IReadOnlyList<ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        return [.. messages.Select((_, i) => transcript.MessageFingerprint(i))];
    }
}
