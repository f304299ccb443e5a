using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

/// <summary>Conversations that went two ways, and such that look alike.</summary>
public sealed class ForkedSessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("summary")]
    [InlineData("hierarchical")]
    [InlineData("truncate")]
    public async Task CommitAsync_GoesOnFromACompactionThatWasUndone_EveryHandleIsRecalled(string strategy)
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create(strategy, archive);
        session.SayTurns(6);
        await session.CompactAsync();
        // A copy of the compacted conversation is still in use somewhere when the other one is undone.
        await ArchiveUndo.UndoAsync(archive, session.Current, cancellationToken: Cancellation);
        session.SayTurns(6);
        await session.CompactAsync();

        session.Receipts[1].Parent.ShouldBe(session.Receipts[0].Id);
        session.Receipts[1].SessionId.ShouldBe(session.Receipts[0].SessionId);
        var (first, last) = (session.Receipts[0].Cuts[0].Handle, session.Receipts[1].Cuts[^1].Handle);
        (await ArchiveRecall.FindAsync(archive, $"{first}..{last}", Cancellation)).ShouldNotBeNull();
        foreach (var handle in session.Handles())
            (await ArchiveRecall.FindAsync(archive, handle, Cancellation)).ShouldNotBeNull(handle);
        var undone = await ArchiveUndo.FindAsync(archive, session.Current, cancellationToken: Cancellation);
        undone.ReceiptIds.ShouldBe([session.Receipts[1].Id]);
    }

    [Fact]
    public async Task FindAsync_RangeWhoseEndsStandInAnotherSessionToo_RecallsThatOfTheSessionAskedFor()
    {
        await using var archive = new InMemoryArchive();
        var compactor =
            new Compactor(new CompactionOptions { Window = 3_000, Strategy = "summary", MinTokensToCompact = 0 }, archive: archive);
        var mine = await CompactAsync(compactor, "mine");
        var theirs = await CompactAsync(compactor, "theirs");
        var same = mine.Receipt!.Cuts.Select(cut => cut.Handle).Intersect(theirs.Receipt!.Cuts.Select(cut => cut.Handle)).ToList();
        same.Count.ShouldBeGreaterThan(1);
        var range = $"{same[0]}..{same[^1]}";

        foreach (var name in new[] { "mine", "theirs" })
        {
            var recalled = (await ArchiveRecall.FindAsync(archive, range, name, Cancellation)).ShouldNotBeNull();
            recalled.SessionId.ShouldBe(name);
            recalled.Messages.ShouldContain(message => message.Text.Contains($"notes of {name}"));
        }

        (await ArchiveRecall.FindAsync(archive, range, "nobody's", Cancellation)).ShouldBeNull();
    }

    // A job that is started again and again with the same words.
    private static async Task<CompactionResult> CompactAsync(Compactor compactor, string session)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Start the daily job."), new(ChatRole.Assistant, "I begin.")];
        for (var i = 0; i < 12; i++)
        {
            messages.Add(new ChatMessage(ChatRole.User, "Continue."));
            messages.Add(new ChatMessage(ChatRole.Assistant,
                i % 6 == 5 ? "Done with this part."
                    : $"{i}: notes of {session}, {string.Join(' ', Enumerable.Range(0, 120).Select(n => $"word{n * i}"))}"));
        }

        return await compactor.CompactAsync(new CompactionRequest { Messages = messages, Force = true, SessionId = session }, Cancellation);
    }
}
