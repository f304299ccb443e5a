using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Conversations;
using Strata.Transcripts;

namespace Strata.Tests.Chat;

public sealed class ChatArchiveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetResponseAsync_AfterARestart_GoesOnFromTheArchivedView()
    {
        var archive = new InMemoryArchive();
        using var before = new ChatSetup(new ToolLoop(1), archive: archive);
        await before.StepUntilAsync(state => state.CompactionCount == 3);
        var sent = before.Model.Last;

        // Another machine: the caller read its history from JSON, and there is nothing but the archive.
        var history = ChatSetup.RoundTrip(before.Loop.Messages);
        using var after = new ChatSetup(new ToolLoop(1), archive: archive);
        await after.Client.GetResponseAsync(history, StrictModel.OptionsFor(history), Cancel);
        after.Model.Faults.ShouldBeEmpty();
        Names(after.Model.Last.Take(sent.Count)).ShouldBe(Names(sent));
        after.Client.GetState(history).CompactionCount.ShouldBe(3);
        (await archive.ListReceiptsAsync(cancellationToken: Cancel)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task GetResponseAsync_CompactionsOfOneConversation_FormOneSessionWithParents()
    {
        var archive = new InMemoryArchive();
        using var setup = new ChatSetup(new ToolLoop(2), archive: archive);
        await setup.StepUntilAsync(state => state.CompactionCount == 3);
        var receipts = await archive.ListReceiptsAsync(cancellationToken: Cancel);
        receipts.Select(receipt => receipt.SessionId).Distinct().ShouldHaveSingleItem();
        receipts.Select(receipt => receipt.Receipt.Parent).ShouldBe([receipts[1].Receipt.Id, receipts[2].Receipt.Id, null]);
        receipts.Select(receipt => receipt.HistoryCount).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task GetResponseAsync_SessionIdAndAgentId_AreOnTheReceipts()
    {
        var archive = new InMemoryArchive();
        using var setup = new ChatSetup(
            new ToolLoop(3), archive: archive,
            options: new ConversationOptions
            {
                AgentId = "agent-7",
                SessionId = (messages, _) => $"ticket of {messages.Count(message => message.Role == ChatRole.User)}"
            });
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        var receipt = (await archive.ListReceiptsAsync(cancellationToken: Cancel)).ShouldHaveSingleItem();
        (receipt.SessionId, receipt.Receipt.AgentId).ShouldBe(("ticket of 1", "agent-7"));
    }

    [Fact]
    public async Task GetResponseAsync_UnknownConversation_AsksTheArchiveOnce()
    {
        var (archive, proxy) = ArchiveProxy.Around(new InMemoryArchive());
        using var setup = new ChatSetup(new ToolLoop(4, hugeEvery: 0), archive: archive);
        await setup.StepUntilAsync(state => state.Tokens > 4_000);
        proxy.Calls.ShouldBeEmpty();
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        await setup.StepAsync();

        // One for the view, one for the parent of the receipt.
        proxy.Calls.Count(name => name == nameof(IArchive.FindReceiptAsync)).ShouldBe(2);
        proxy.Calls.Count(name => name == nameof(IArchive.CommitAsync)).ShouldBe(1);
    }

    [Fact]
    public async Task GetResponseAsync_CancelledWhileTheArchiveIsAsked_AsksAgain()
    {
        var archive = new InMemoryArchive();
        using var before = new ChatSetup(new ToolLoop(1), archive: archive);
        await before.StepUntilAsync(state => state.CompactionCount == 2);
        using var cancelled = new CancellationTokenSource();
        using var after = new ChatSetup(new ToolLoop(1), archive: new CancellingArchive(archive, cancelled));
        var history = ChatSetup.RoundTrip(before.Loop.Messages);
        await Should.ThrowAsync<OperationCanceledException>(() =>
            after.Client.GetResponseAsync(history, StrictModel.OptionsFor(history), cancelled.Token));

        await after.Client.GetResponseAsync(history, StrictModel.OptionsFor(history), Cancel);
        after.Client.GetState(history).CompactionCount.ShouldBe(2);
        (await archive.ListReceiptsAsync(cancellationToken: Cancel)).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData(nameof(IArchive.CommitAsync), false)]
    [InlineData(nameof(IArchive.CommitAsync), true)]
    [InlineData(nameof(IArchive.FindReceiptAsync), false)]
    public async Task GetResponseAsync_ArchiveFailsAndItStillFits_GoesOnUncompactedAndReports(string failing, bool inBackground)
    {
        var (archive, proxy) = ArchiveProxy.Around(new InMemoryArchive());
        proxy.Failing.Add(failing);
        var failures = new List<CompactionFailure>();
        using var setup = new ChatSetup(new ToolLoop(5, hugeEvery: 0), archive: archive, options: new ConversationOptions
        {
            Background = inBackground,
            OnFailed = (failure, _) =>
            {
                failures.Add(failure);
                throw new InvalidOperationException("a subscriber that fails as well");
            },
        });
        await setup.StepUntilAsync(_ => failures.Count > 0);
        setup.Model.Faults.ShouldBeEmpty();
        setup.Model.Last.ShouldBe(setup.Loop.Messages.Take(setup.Model.Last.Count));
        failures[0].Exception.ShouldBeOfType<ArchiveException>().Fault.ShouldBe(ArchiveFault.Full);
        failures[0].InBackground.ShouldBeFalse();
        setup.State.LastReason.ShouldBe("the disk is full");

        proxy.Failing.Clear();
        await setup.StepUntilAsync(state => state.CompactionCount == 1);
        setup.Model.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_ArchiveFailsAndItDoesNotFit_ThrowsUntilTheArchiveIsBack()
    {
        var (archive, proxy) = ArchiveProxy.Around(new InMemoryArchive());
        proxy.Failing.Add(nameof(IArchive.CommitAsync));
        using var setup = new ChatSetup(new ToolLoop(6), archive: archive);
        setup.Loop.Messages[1] = new ChatMessage(ChatRole.User, ToolLoop.Task + "\n" + string.Join(' ', Enumerable.Range(0, 6_000)));
        for (var i = 0; i < 2; i++)
            (await Should.ThrowAsync<ArchiveException>(setup.StepAsync)).Fault.ShouldBe(ArchiveFault.Full);
        setup.Model.Requests.ShouldBeEmpty();
        proxy.Failing.Clear();
        await setup.StepAsync();
        setup.Model.Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task GetResponseAsync_ArchivedViewThatLostAMessage_CompactsAnew()
    {
        var inner = new InMemoryArchive();
        using var before = new ChatSetup(new ToolLoop(7), archive: inner);
        await before.StepUntilAsync(state => state.CompactionCount == 1);
        var (archive, proxy) = ArchiveProxy.Around(inner);
        proxy.Failing.Add(nameof(IArchive.ReadAsync));
        using var after = new ChatSetup(new ToolLoop(7), archive: archive);
        await after.Client.GetResponseAsync(before.Loop.Messages, StrictModel.OptionsFor(before.Loop.Messages), Cancel);
        after.Model.Faults.ShouldBeEmpty();
        after.Client.GetState(before.Loop.Messages).CompactionCount.ShouldBe(1);
    }

    private static IEnumerable<string> Names(IEnumerable<ChatMessage> messages) =>
        messages.Select(message => Transcript.Create([message]).Fingerprint.ToString());

    private sealed class CancellingArchive(IArchive inner, CancellationTokenSource source) : Strata.Tests.Archives.ArchiveDecorator(inner)
    {
        public override async ValueTask<ArchivedReceipt?> FindReceiptAsync(
            ReceiptKey key, IReadOnlyList<Fingerprint> keys, CancellationToken cancellationToken = default)
        {
            if (!source.IsCancellationRequested)
            {
                await source.CancelAsync();
                cancellationToken.ThrowIfCancellationRequested();
            }

            return await base.FindReceiptAsync(key, keys, cancellationToken);
        }
    }
}
