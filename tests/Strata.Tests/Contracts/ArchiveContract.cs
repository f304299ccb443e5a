using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Planning;
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

    protected static IReadOnlyList<ArchivedMessage> Named(IReadOnlyList<ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        return [.. messages.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message))];
    }

    /// <summary>A conversation of user and assistant messages that no other name's has.</summary>
    protected static ChatMessage[] Talk(string name, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"{name} says {i}"))];

    /// <summary>A compaction that puts one summary in the place of all but the last message.</summary>
    protected static ArchivedCompaction Compaction(string session, IReadOnlyList<ChatMessage> messages, string id = "000000000001")
    {
        var transcript = Transcript.Create(messages);
        var summary = new ChatMessage(ChatRole.User,
            $"{SummaryHeader.Write(messages.Count - 1, transcript.Groups[0].Handle, transcript.Groups[^1].Handle)}\n{messages.Count} "
                + "messages, and one summary");
        ChatMessage[] after = [summary, messages[^1]];
        var compacted = Transcript.Create(after);
        return new ArchivedCompaction
        {
            SessionId = session,
            Receipt = new CompactionReceipt
            {
                Id = id, Source = transcript.Fingerprint, Result = compacted.Fingerprint, At = Start, Strategy = "summary",
                TokensBefore = 1_000, TokensAfter = 100,
                Rungs = [], Cuts = [], WrittenBy = [],
            },
            Before = Named(messages),
            After =
            [
                new ArchivedOutgoing(compacted.MessageFingerprint(0), summary, -1, -1, [.. Enumerable.Range(0, messages.Count - 1)]),
                new ArchivedOutgoing(compacted.MessageFingerprint(1), null, messages.Count - 1, messages.Count - 1, []),
            ],
            Handles = [.. transcript.Groups.SkipLast(1).Select(group => new ArchivedHandle(group.Handle, group.MessageIndexes))
                .DefaultIfEmpty(new ArchivedHandle(transcript.Groups[0].Handle, [0]))],
            History = transcript.Fingerprint,
            HistoryCount = messages.Count,
        };
    }

    // Equal in every value, whatever lists hold them.
    private static string Json<T>(T value) => System.Text.Json.JsonSerializer.Serialize(value);

    private static Fingerprint Unknown(int n) => Fingerprint.Of(BitConverter.GetBytes(n));

    private static async Task ShouldHoldAsync(IArchive archive, IReadOnlyList<ChatMessage> messages)
    {
        var named = Named(messages);
        var read = await archive.ReadAsync([.. named.Select(message => message.Fingerprint)], Cancellation);
        for (var i = 0; i < named.Count; i++)
        {
            var original = read[i].ShouldNotBeNull($"message {i}");
            original.Fingerprint.ShouldBe(named[i].Fingerprint);
            original.SecretsRedacted.ShouldBe(0);
            Named([original.Message])[0].Fingerprint.ShouldBe(named[i].Fingerprint, $"message {i}");
            original.Message.Text.ShouldBe(named[i].Message.Text);
            original.Message.MessageId.ShouldBe(named[i].Message.MessageId);
        }
    }

    private static ChatMessage[] EveryKind(string name = "kind")
    {
        using var arguments = System.Text.Json.JsonDocument.Parse("""{"n":1.50,"list":[1,"two",null,{"x":"\u00fc"}],"half":"\ud83d"}""");
        return
        [
            new(ChatRole.System, $"You are {name}."),
            new(ChatRole.User,
                $"{name}: text with \0 NUL, \ud83d half a pair, 😀 a whole one, \r\n lines, \u2028 and ‮ marks")
                {
                    AuthorName = "Ann",
                    MessageId = "m1",
                    CreatedAt = Start
                },
            new(ChatRole.Assistant,
                [new TextReasoningContent($"{name} thinks") { ProtectedData = "sk-ant-c2lnbmVkIGJ5IHRoZSBwcm92aWRlcg0123456789" },
                    new TextContent("")]),
            new(ChatRole.Assistant,
                [new FunctionCallContent("call_1", "run",
                    new Dictionary<string, object?>
                    {
                        ["command"] = $"echo {name}",
                        ["n"] = 1.5,
                        ["flag"] = true,
                        ["none"] = null,
                        ["json"] = arguments.RootElement.Clone()
                    })]),
            new(ChatRole.Tool,
                [new FunctionResultContent("call_1", $"{name} printed this\n"),
                    new FunctionResultContent("call_2", arguments.RootElement.Clone())]),
            new(ChatRole.Tool,
                [new FunctionResultContent(
                    "call_3", new List<AIContent> { new TextContent(name), new DataContent(new byte[] { 9, 8, 7 }, "image/png") })]),
            new(ChatRole.User,
                [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.com/a?b=c", "image/png"),
                    new HostedFileContent("file_1")]),
            new(ChatRole.Assistant,
                [new ErrorContent($"{name} failed") { ErrorCode = "E1", Details = "why" },
                    new AIContent { RawRepresentation = arguments.RootElement.Clone() }]),
            new(ChatRole.Assistant, [new FunctionCallContent("call_open", "wait")]),
            new(ChatRole.User, string.Concat(Enumerable.Repeat($"{name} a line of a long text that goes on\n", 20_000))),
            new(ChatRole.User, "continue"),
            new(ChatRole.User, "continue"),
        ];
    }
}
