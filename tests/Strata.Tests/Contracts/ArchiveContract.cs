using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Planning;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>What every archive promises. An archive's tests inherit it; a test class instance has a store of its own.</summary>
public abstract partial class ArchiveContract
{
    protected const string Tenant = "tenant-a";
    protected const string OtherTenant = "tenant-b";

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens the store of this test, as one tenant sees it; two calls open the same one.</summary>
    protected abstract ValueTask<IArchive> OpenAsync(string tenant = Tenant);

    [Fact]
    public async Task CommitAsync_AnyKindOfMessage_GivesEveryOriginalBack()
    {
        await using var archive = await OpenAsync();
        var messages = EveryKind();
        await archive.CommitAsync(Compaction("s", messages), Cancellation);
        await using var again = await OpenAsync();
        await ShouldHoldAsync(again, messages);
    }

    [Fact]
    public async Task CommitAsync_Staged_KeepsTheSame()
    {
        await using var archive = await OpenAsync();
        var (first, second) = (EveryKind("staged"), EveryKind("unstaged"));
        var staged = await archive.StageAsync(Named(first), Cancellation);
        await archive.CommitAsync(Compaction("s1", first) with { Staged = staged }, Cancellation);
        await archive.CommitAsync(Compaction("s2", second, id: "000000000002"), Cancellation);
        await ShouldHoldAsync(archive, first);
        await ShouldHoldAsync(archive, second);
        var receipts = await archive.ListReceiptsAsync(cancellationToken: Cancellation);
        receipts.Select(receipt => receipt.SecretsRedacted).Distinct().Count().ShouldBe(1);
        receipts.Select(receipt => receipt.Before.Count).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task StageAsync_WithoutCommit_KeepsNothing()
    {
        await using var archive = await OpenAsync();
        ChatMessage[] messages = [new(ChatRole.User, "staged and forgotten")];
        await archive.StageAsync(Named(messages), Cancellation);
        (await archive.ReadAsync([Named(messages)[0].Fingerprint], Cancellation)).ShouldBe([null]);
        (await archive.ListSessionsAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task CommitAsync_StagedMessagesThatAnotherCommitKept_KeepsThemOnce()
    {
        await using var archive = await OpenAsync();
        var messages = Talk("shared", 3);
        var staged = await archive.StageAsync(Named(messages), Cancellation);
        await archive.CommitAsync(Compaction("s1", messages), Cancellation);
        await archive.CommitAsync(Compaction("s2", messages, id: "000000000002") with { Staged = staged }, Cancellation);
        await ShouldHoldAsync(archive, messages);
        (await archive.FindOriginalsAsync(Handle.Of(Named(messages)[0].Fingerprint), Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CommitAsync_MessageMadeByTheCompaction_IsReadToo()
    {
        await using var archive = await OpenAsync();
        var compaction = Compaction("s", Talk("a", 4));
        await archive.CommitAsync(compaction, Cancellation);
        var summary = compaction.After[0];
        var read = (await archive.ReadAsync([summary.Fingerprint], Cancellation))[0].ShouldNotBeNull();
        read.Message.Text.ShouldBe(summary.Message!.Text);
        var receipt = (await archive.FindReceiptAsync(compaction.Receipt.Id, Cancellation)).ShouldNotBeNull();
        receipt.After.ShouldAllBe(message => message.Message == null);
        receipt.After.Select(message => message.Fingerprint).ShouldBe(compaction.After.Select(message => message.Fingerprint));
        receipt.After.Select(message => message.SourceIndex).ShouldBe(compaction.After.Select(message => message.SourceIndex));
        receipt.After.Select(message => message.HistoryIndex).ShouldBe(compaction.After.Select(message => message.HistoryIndex));
        receipt.After[0].Replaces.ShouldBe(compaction.After[0].Replaces);
    }

    [Fact]
    public async Task CommitAsync_SameReceiptTwice_IsKeptOnce()
    {
        await using var archive = await OpenAsync();
        var compaction = Compaction("s", Talk("a", 4));
        await archive.CommitAsync(compaction, Cancellation);
        await archive.CommitAsync(compaction, Cancellation);
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).Count.ShouldBe(1);
        (await archive.FindSessionAsync("s", Cancellation))!.Compactions.ShouldBe(1);
        (await archive.FindHandleAsync(compaction.Handles[0].Handle, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task CommitAsync_Receipt_ComesBackWhole()
    {
        await using var archive = await OpenAsync();
        var compaction = Compaction("s", Talk("a", 4));
        var receipt = compaction.Receipt with
        {
            Parent = "0123456789ab", SessionId = "s", Model = "m", AgentId = "agent", Rungs = ["a", "b"], WrittenBy = ["level 0"],
            Cuts = [new Cut(
                compaction.Handles[0].Handle, GroupAction.Shorten, "too long", 90, 9) { Contents = [compaction.Handles[0].Handle] }],
            Usage = new CallUsage(1, 2, 3, 4.5m, TimeSpan.FromSeconds(6)),
        };
        compaction =
            compaction with { Receipt = receipt, SessionName = "a name", HistoryCount = 17, History = compaction.Before[0].Fingerprint };
        await archive.CommitAsync(compaction, Cancellation);
        var read = (await archive.FindReceiptAsync(receipt.Id, Cancellation)).ShouldNotBeNull();
        Json(read.Receipt).ShouldBe(Json(receipt));
        read.Receipt.Cuts.SelectMany(cut => cut.Contents.Append(cut.Handle))
            .ShouldBe([compaction.Handles[0].Handle, compaction.Handles[0].Handle]);
        read.SessionId.ShouldBe("s");
        read.Before.ShouldBe(compaction.Before.Select(message => message.Fingerprint));
        read.History.ShouldBe(compaction.History);
        read.HistoryCount.ShouldBe(17);
        read.UndoneAt.ShouldBeNull();
        read.DocumentFormat.ShouldBeNull();
        var session = (await archive.FindSessionAsync("s", Cancellation)).ShouldNotBeNull();
        session.Name.ShouldBe("a name");
        session.AgentId.ShouldBe("agent");
        session.TokensFreed.ShouldBe(receipt.TokensBefore - receipt.TokensAfter);
    }

    [Fact]
    public async Task CommitAsync_SecretsBesideTheMessages_AreReplaced()
    {
        const string secret = "ghp_a8Zk2LmQ9xR4tV7wY1bC3dE5fG6hJ0kNpQsT";
        await using var archive = await OpenAsync();
        var compaction = Compaction("s", Talk("a", 4));
        var failed = new CallFailure("model", CallFault.Other, $"refused {secret}", default);
        var node = new SummaryNode("key", 1, $"uses {secret}", 2, "model", default, [failed]);
        var cut = new Cut(compaction.Handles[0].Handle, GroupAction.Drop, $"because of {secret}", 2, 0);
        await archive.CommitAsync(
            compaction with
            {
                SessionName = $"{secret}.jsonl",
                Ledger = [new LedgerRecord($"always use {secret}", "rule", null)],
                Receipt = compaction.Receipt with { Cuts = [cut], Nodes = [node] },
            },
            Cancellation);
        await archive.AddAsync(node, Cancellation);
        string[] kept =
        [
            Json(await archive.FindSessionAsync("s", Cancellation)),
            Json(await archive.ReadLedgerAsync("s", Cancellation)),
            Json((await archive.FindReceiptAsync(compaction.Receipt.Id, Cancellation))!.Receipt),
            Json(await archive.FindAsync("key", Cancellation)),
        ];
        kept.ShouldAllBe(one => !one.Contains(secret) && one.Contains("[secret:"));
    }

    [Fact]
    public async Task CommitAsync_SecretInAMessage_IsReplacedAndCounted()
    {
        const string secret = "ghp_a8Zk2LmQ9xR4tV7wY1bC3dE5fG6hJ0kNpQsT";
        await using var archive = await OpenAsync();
        ChatMessage[] messages = [new(ChatRole.User, $"use {secret} please"), new(ChatRole.Assistant, "fine")];
        var compaction = Compaction("s", messages);
        await archive.CommitAsync(compaction, Cancellation);
        var read = await archive.ReadAsync([.. compaction.Before.Select(message => message.Fingerprint)], Cancellation);
        read[0]!.Message.Text.ShouldNotContain(secret);
        read[0]!.Message.Text.ShouldStartWith("use [secret:");
        read[0]!.SecretsRedacted.ShouldBe(1);
        read[1]!.SecretsRedacted.ShouldBe(0);
        (await archive.FindReceiptAsync(compaction.Receipt.Id, Cancellation))!.SecretsRedacted.ShouldBe(1);
        (await archive.SearchAsync(new SearchQuery { Words = secret }, Cancellation)).ShouldAllBe(hit => !hit.Excerpt.Contains(secret));
    }

    [Fact]
    public async Task CommitAsync_Document_ComesBackByteForByte()
    {
        await using var archive = await OpenAsync();
        byte[] bytes = [0xef, 0xbb, 0xbf, .. "{\"a\":\"ü\"}\r\n"u8, 0xff, 0, 13];
        var compaction = Compaction("s", Talk("a", 2)) with { Document = new ArchivedDocument("codex", "rollout.jsonl", bytes) };
        await archive.CommitAsync(compaction, Cancellation);
        var document = (await archive.ReadDocumentAsync(compaction.Receipt.Id, Cancellation)).ShouldNotBeNull();
        (document.Format, document.Name).ShouldBe(("codex", "rollout.jsonl"));
        document.Bytes.ToArray().ShouldBe(bytes);
        (await archive.FindReceiptAsync(compaction.Receipt.Id, Cancellation))!.DocumentFormat.ShouldBe("codex");
        (await archive.ReadDocumentAsync("000000000009", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task CommitAsync_Ledger_TheNewestIsRead()
    {
        await using var archive = await OpenAsync();
        var compaction = Compaction("s", Talk("a", 2)) with { Ledger = [new LedgerRecord("never push", "rule", null)] };
        await archive.CommitAsync(compaction, Cancellation);
        LedgerRecord[] newer = [new("never push", "rule", compaction.Handles[0].Handle), new("the port is 8080", "fact", null)];
        await archive.CommitAsync(Compaction("s", Talk("b", 2), id: "000000000002") with { Ledger = newer }, Cancellation);
        (await archive.ReadLedgerAsync("s", Cancellation)).ShouldBe(newer);
        (await archive.ReadLedgerAsync("t", Cancellation)).ShouldBeEmpty();
    }
}
