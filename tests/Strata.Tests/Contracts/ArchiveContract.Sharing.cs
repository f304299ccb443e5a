using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Ladder;
using Strata.Summaries;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>Many at one store: nodes, claims, tenants; and calls that end early.</summary>
public abstract partial class ArchiveContract
{
    [Fact]
    public async Task AddAsync_SameKeyTwice_TheFirstStays()
    {
        await using var archive = await OpenAsync();
        var first = new SummaryNode("key", 1, "first text", 2, "model", new CallUsage(1, 2, 3, 4.5m, TimeSpan.FromSeconds(6)), []);
        Json(await archive.AddAsync(first, Cancellation)).ShouldBe(Json(first));
        (await archive.AddAsync(first with { Text = "second" }, Cancellation)).Text.ShouldBe("first text");
        await using var again = await OpenAsync();
        Json(await again.FindAsync("key", Cancellation)).ShouldBe(Json(first));
        (await again.FindAsync("none", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task ClaimAsync_ClaimedAlready_WaitsForIt()
    {
        await using var archive = await OpenAsync();
        await using var other = await OpenAsync();
        var first = await archive.ClaimAsync("key", Cancellation);
        if (first is null)
            return;   // a store of one process needs no claims

        using var giveUp = new CancellationTokenSource();
        var second = other.ClaimAsync("key", giveUp.Token).AsTask();
        await using (await other.ClaimAsync("another key", Cancellation))
            second.IsCompleted.ShouldBeFalse();
        await first.DisposeAsync();
        await using (await second)
            giveUp.IsCancellationRequested.ShouldBeFalse();
    }

    [Fact]
    public async Task SaveCalibrationAsync_Twice_TheNewestWins()
    {
        await using var archive = await OpenAsync();
        await archive.SaveCalibrationAsync(new TokenCalibration("m", 1.2, .1, 3, Start), Cancellation);
        var newer = new TokenCalibration("m", 1.35, .02, 20, Start.AddHours(1));
        await archive.SaveCalibrationAsync(newer, Cancellation);
        await using var again = await OpenAsync();
        (await again.FindCalibrationAsync("m", Cancellation)).ShouldBe(newer);
        (await again.FindCalibrationAsync("other", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task EveryRead_OfAnotherTenant_SeesNothing()
    {
        await using var archive = await OpenAsync();
        await using var other = await OpenAsync(OtherTenant);
        var compaction = Compaction("s", Talk("walrus", 4)) with
        {
            Document = new ArchivedDocument("codex", null, "{}"u8.ToArray()),
            Ledger = [new LedgerRecord("x", "rule", null)]
        };
        await archive.CommitAsync(compaction, Cancellation);
        await archive.AppendAsync("s", compaction.Before, cancellationToken: Cancellation);
        await archive.AddAsync(new SummaryNode("key", 1, "text", 2, "model", default, []), Cancellation);
        await archive.SaveCalibrationAsync(new TokenCalibration("m", 1.2, .1, 3, Start), Cancellation);

        (await other.ReadAsync([.. compaction.Before.Select(message => message.Fingerprint)], Cancellation))
            .ShouldAllBe(original => original == null);
        (await other.FindOriginalsAsync(Handle.Of(compaction.Before[0].Fingerprint), Cancellation)).ShouldBeEmpty();
        (await other.FindHandleAsync(compaction.Handles[0].Handle, Cancellation)).ShouldBeEmpty();
        (await other.FindReceiptAsync(compaction.Receipt.Id, Cancellation)).ShouldBeNull();
        foreach (var key in Enum.GetValues<ReceiptKey>())
            (await other.FindReceiptAsync(key, [compaction.Receipt.Source, compaction.Receipt.Result, compaction.History], Cancellation))
                .ShouldBeNull();
        (await other.ListReceiptsAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await other.ListReceiptsAsync("s", cancellationToken: Cancellation)).ShouldBeEmpty();
        (await other.ListSessionsAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
        (await other.FindSessionAsync("s", Cancellation)).ShouldBeNull();
        (await other.ReadLogAsync("s", cancellationToken: Cancellation)).ShouldBeEmpty();
        (await other.ReadLedgerAsync("s", Cancellation)).ShouldBeEmpty();
        (await other.ReadDocumentAsync(compaction.Receipt.Id, Cancellation)).ShouldBeNull();
        (await other.SearchAsync(new SearchQuery { Words = "walrus" }, Cancellation)).ShouldBeEmpty();
        (await other.SearchAsync(new SearchQuery { Words = "walrus", SessionId = "s" }, Cancellation)).ShouldBeEmpty();
        (await other.FindAsync("key", Cancellation)).ShouldBeNull();
        (await other.FindCalibrationAsync("m", Cancellation)).ShouldBeNull();
        if (other is IArchiveMaintenance maintenance)
            (await maintenance.GetTotalsAsync(Cancellation))
                .ShouldSatisfyAllConditions(totals => totals.Originals.ShouldBe(0), totals => totals.Sessions.ShouldBe(0),
                    totals => totals.Receipts.ShouldBe(0), totals => totals.Nodes.ShouldBe(0), totals => totals.TextBytes.ShouldBe(0));
    }

    [Fact]
    public async Task EveryWrite_OfAnotherTenant_TouchesNothing()
    {
        await using var archive = await OpenAsync();
        await using var other = await OpenAsync(OtherTenant);
        var compaction = Compaction("s", Talk("a", 4));
        await archive.CommitAsync(compaction, Cancellation);
        await other.MarkUndoneAsync([compaction.Receipt.Id], Start, Cancellation);
        (await other.AppendAsync("s", compaction.Before, "id", Cancellation)).ShouldBe(0);
        (await archive.AppendAsync("s", compaction.Before, "id", Cancellation)).ShouldBe(0);
        await other.CommitAsync(compaction with { SessionName = "theirs" }, Cancellation);
        await other.AddAsync(new SummaryNode("key", 1, "theirs", 2, "model", default, []), Cancellation);
        (await archive.FindReceiptAsync(compaction.Receipt.Id, Cancellation))!.UndoneAt.ShouldBeNull();
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).Count.ShouldBe(1);
        (await archive.FindSessionAsync("s", Cancellation))!.Name.ShouldBeNull();
        (await archive.AddAsync(new SummaryNode("key", 1, "ours", 2, "model", default, []), Cancellation)).Text.ShouldBe("ours");
        await ShouldHoldAsync(other, [.. compaction.Before.Select(message => message.Message)]);
    }

    [Fact]
    public async Task EveryCall_Cancelled_Throws()
    {
        await using var archive = await OpenAsync();
        var compaction = Compaction("s", Talk("a", 3));
        var handle = compaction.Handles[0].Handle;
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var cancelled = source.Token;
        Func<Task>[] calls =
        [
            () => archive.StageAsync(compaction.Before, cancelled).AsTask(), () => archive.CommitAsync(compaction, cancelled).AsTask(),
            () => archive.AppendAsync("s", compaction.Before, cancellationToken: cancelled).AsTask(),
            () => archive.ReadLogAsync("s", cancellationToken: cancelled).AsTask(),
            () => archive.ListSessionsAsync(cancellationToken: cancelled).AsTask(), () => archive.FindSessionAsync("s", cancelled).AsTask(),
            () => archive.ListReceiptsAsync(cancellationToken: cancelled).AsTask(), () => archive.FindReceiptAsync("s", cancelled).AsTask(),
            () => archive.FindReceiptAsync(ReceiptKey.Source, [Unknown(1)], cancelled).AsTask(),
            () => archive.MarkUndoneAsync(["x"], Start, cancelled).AsTask(),
            () => archive.FindHandleAsync(handle, cancelled).AsTask(), () => archive.ReadAsync([Unknown(1)], cancelled).AsTask(),
            () => archive.FindOriginalsAsync(handle, cancelled).AsTask(), () => archive.ReadDocumentAsync("x", cancelled).AsTask(),
            () => archive.ReadLedgerAsync("s", cancelled).AsTask(),
            () => archive.SearchAsync(new SearchQuery { Words = "x" }, cancelled).AsTask(),
            () => archive.FindAsync("key", cancelled).AsTask(),
            () => archive.AddAsync(new SummaryNode("key", 1, "t", 2, "m", default, []), cancelled).AsTask(),
            () => archive.FindCalibrationAsync("m", cancelled).AsTask(),
            () => archive.SaveCalibrationAsync(new TokenCalibration("m", 1, 0, 1, Start), cancelled).AsTask(),
        ];
        for (var i = 0; i < calls.Length; i++)
            await Should.ThrowAsync<OperationCanceledException>(calls[i], $"call {i}");
        (await archive.ListSessionsAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task SessionIds_OfAnyText_AreNames()
    {
        await using var archive = await OpenAsync();
        string[] ids = [new('x', 200), "'; DROP TABLE sessions; --", "a/../b", "会话 一", "with\nline", "%", "S", "s"];
        foreach (var id in ids)
            await archive.AppendAsync(id, Named([new(ChatRole.User, "in " + id)]), cancellationToken: Cancellation);
        foreach (var id in ids)
            (await archive.ReadLogAsync(id, cancellationToken: Cancellation)).ShouldHaveSingleItem().Text.ShouldBe("in " + id);
        (await archive.ListSessionsAsync(cancellationToken: Cancellation)).Count.ShouldBe(ids.Length);
        foreach (var id in (string[])["", new('x', 201)])
        {
            await Should.ThrowAsync<ArgumentException>(() =>
                archive.AppendAsync(id, Named(Talk("a", 1)), cancellationToken: Cancellation).AsTask());
            await Should.ThrowAsync<ArgumentException>(() => archive.CommitAsync(Compaction(id, Talk("a", 2)), Cancellation).AsTask());
        }
    }

    /// <summary>Messages with their names.</summary>
}
