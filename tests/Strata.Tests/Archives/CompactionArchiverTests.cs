using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

public sealed class CompactionArchiverTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CommitAsync_StoreThatFails_ThrowsArchiveExceptionAndKeepsNothing()
    {
        await using var archive = new Faulty(commit: new InvalidOperationException("the disk is on fire"));
        var session = LongSession.Create("hierarchical", archive);
        session.SayTurns(8);
        var before = session.Current.ToList();
        var error = await Should.ThrowAsync<ArchiveException>(() => session.CompactAsync());
        error.Fault.ShouldBe(ArchiveFault.Failed);
        error.Message.ShouldContain("the disk is on fire");
        error.InnerException.ShouldBeOfType<InvalidOperationException>();
        session.Current.ShouldBe(before);
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitAsync_ArchivesOwnError_IsNotWrapped()
    {
        var full = new ArchiveException("full", ArchiveFault.Full);
        await using var archive = new Faulty(commit: full);
        var session = LongSession.Create("hierarchical", archive);
        session.SayTurns(8);
        (await Should.ThrowAsync<ArchiveException>(() => session.CompactAsync())).ShouldBeSameAs(full);
    }

    [Fact]
    public async Task CommitAsync_StagingThatFails_CommitsWithoutIt()
    {
        await using var archive = new Faulty(stage: new ArchiveException("busy", ArchiveFault.Busy));
        var session = LongSession.Create("hierarchical", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        var receipt = (await archive.FindReceiptAsync(session.Receipts[0].Id, Cancellation)).ShouldNotBeNull();
        (await archive.ReadAsync(receipt.Before, Cancellation)).ShouldAllBe(original => original != null);
        archive.Staged.ShouldBe([null]);
    }

    [Fact]
    public async Task CommitAsync_NothingMadeByACompaction_AsksForNoParent()
    {
        await using var archive = new Faulty();
        var session = LongSession.Create("hierarchical", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        archive.Asked.ShouldBe([ReceiptKey.Source]);
        archive.Staged.ShouldAllBe(staged => staged != null);
        session.SayTurns(8);
        await session.CompactAsync();
        archive.Asked.ShouldBe([ReceiptKey.Source, ReceiptKey.Result]);
        session.Receipts[1].Parent.ShouldBe(session.Receipts[0].Id);
        session.Receipts[1].SessionId.ShouldBe(session.Receipts[0].SessionId);
    }

    [Fact]
    public async Task CommitAsync_WholeConversationCompactedAnew_StaysOneSession()
    {
        await using var archive = new InMemoryArchive();
        var compactor = new Compactor(new CompactionOptions { Window = 3_000, MinTokensToCompact = 0 }, archive: archive);
        var session = LongSession.Create("hierarchical", archive);
        session.SayTurns(8);
        var one = await compactor.CompactAsync(new CompactionRequest { Messages = [.. session.Everything], Force = true }, Cancellation);
        session.SayTurns(2);
        var two = await compactor.CompactAsync(new CompactionRequest { Messages = [.. session.Everything], Force = true }, Cancellation);
        two.Receipt!.SessionId.ShouldBe(one.Receipt!.SessionId);
        two.Receipt.Parent.ShouldBeNull();
        var named = await compactor.CompactAsync(
            new CompactionRequest { Messages = [.. session.Everything], Force = true, SessionId = "mine", SessionName = "my file" },
            Cancellation);
        named.Receipt!.SessionId.ShouldBe("mine");
        (await archive.FindSessionAsync("mine", Cancellation))!.Name.ShouldBe("my file");
    }

    [Fact]
    public async Task CommitAsync_RulesOfTheUser_AreInTheLedger()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("hierarchical", archive, 8_000);
        session.Say([new ChatMessage(ChatRole.User, "Start."), new ChatMessage(ChatRole.Assistant, "Yes."),
            new ChatMessage(ChatRole.User, "Never push to the main branch without asking me."),
            new ChatMessage(ChatRole.Assistant, "I will not.")]);
        session.SayTurns(20);
        await session.CompactAsync();
        var ledger = await archive.ReadLedgerAsync(session.Receipts[0].SessionId!, Cancellation);
        var rule = ledger.Where(record => record.Text.Contains("Never push to the main branch")).ShouldHaveSingleItem();
        rule.Kind.ShouldBe("rule");
        session.SayTurns(10);
        await session.CompactAsync();
        (await archive.ReadLedgerAsync(session.Receipts[0].SessionId!, Cancellation))
            .ShouldContain(record => record.Text.Contains("Never push to the main branch"));
    }

    [Fact]
    public async Task CommitAsync_EveryCutOfTheReceipt_IsRecalledByItsHandles()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("truncate", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        foreach (var cut in session.Receipts[0].Cuts)
        {
            foreach (var handle in cut.Contents.Prepend(cut.Handle))
                (await ArchiveRecall.FindAsync(archive, handle.ToString(), Cancellation)).ShouldNotBeNull();
        }
    }

    private sealed class Faulty(Exception? stage = null, Exception? commit = null) : ArchiveDecorator(new InMemoryArchive())
    {
        public List<ReceiptKey> Asked { get; } = [];

        public List<IStagedOriginals?> Staged { get; } = [];

        public override ValueTask<IStagedOriginals> StageAsync(
            IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default) =>
            stage is null ? base.StageAsync(messages, cancellationToken) : throw stage;

        public override ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default)
        {
            Staged.Add(compaction.Staged);
            return commit is null ? base.CommitAsync(compaction, cancellationToken) : throw commit;
        }

        public override ValueTask<ArchivedReceipt?> FindReceiptAsync(
            ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default)
        {
            Asked.Add(key);
            return base.FindReceiptAsync(key, keys, cancellationToken);
        }
    }
}
