using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Planning;
using Strata.Summaries.Ladder;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>What every archive promises. An archive's tests inherit it; a test class instance has a store of its own.</summary>
public abstract class ArchiveContract
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
            Cuts = [new Cut(compaction.Handles[0].Handle, GroupAction.Shorten, "too long", 90, 9) { Contents = [compaction.Handles[0].Handle] }],
            Usage = new CallUsage(1, 2, 3, 4.5m, TimeSpan.FromSeconds(6)),
        };
        compaction = compaction with { Receipt = receipt, SessionName = "a name", HistoryCount = 17, History = compaction.Before[0].Fingerprint };
        await archive.CommitAsync(compaction, Cancellation);
        var read = (await archive.FindReceiptAsync(receipt.Id, Cancellation)).ShouldNotBeNull();
        Json(read.Receipt).ShouldBe(Json(receipt));
        read.Receipt.Cuts.SelectMany(cut => cut.Contents.Append(cut.Handle)).ShouldBe([compaction.Handles[0].Handle, compaction.Handles[0].Handle]);
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

    [Fact]
    public async Task AppendAsync_SeveralTimes_KeepsOrderAndPositions()
    {
        await using var archive = await OpenAsync();
        var messages = Talk("a", 7);
        (await archive.AppendAsync("s", Named(messages[..3]), cancellationToken: Cancellation)).ShouldBe(0);
        (await archive.AppendAsync("s", Named(messages[3..4]), cancellationToken: Cancellation)).ShouldBe(3);
        (await archive.AppendAsync("s", Named(messages[4..]), cancellationToken: Cancellation)).ShouldBe(4);
        await using var again = await OpenAsync();
        (await again.ReadLogAsync("s", cancellationToken: Cancellation)).Select(message => message.Text).ShouldBe(messages.Select(message => message.Text));
        (await again.ReadLogAsync("s", 2, 3, Cancellation)).Select(message => message.Text).ShouldBe(messages[2..5].Select(message => message.Text));
        (await again.ReadLogAsync("s", 7, cancellationToken: Cancellation)).ShouldBeEmpty();
        (await again.ReadLogAsync("nobody", cancellationToken: Cancellation)).ShouldBeEmpty();
        (await again.FindSessionAsync("s", Cancellation))!.LogCount.ShouldBe(7);
    }

    [Fact]
    public async Task AppendAsync_SameAppendIdAgain_AddsNothing()
    {
        await using var archive = await OpenAsync();
        var messages = Named(Talk("a", 2));
        await archive.AppendAsync("s", messages, cancellationToken: Cancellation);
        (await archive.AppendAsync("s", messages, "once", Cancellation)).ShouldBe(2);
        (await archive.AppendAsync("s", messages, "once", Cancellation)).ShouldBe(2);
        (await archive.AppendAsync("other", messages, "once", Cancellation)).ShouldBe(0);
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).Count.ShouldBe(4);
    }

    [Fact]
    public async Task AppendAsync_SameMessageTwice_StandsTwiceInTheLog()
    {
        await using var archive = await OpenAsync();
        ChatMessage[] messages = [new(ChatRole.User, "continue"), new(ChatRole.User, "continue")];
        await archive.AppendAsync("s", Named(messages), cancellationToken: Cancellation);
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task AppendAsync_ManyWritersOnOneSession_LosesNoneAndKeepsEachOnesOrder()
    {
        const int writers = 8, calls = 25;
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(
            async () =>
            {
                await using var archive = await OpenAsync();
                for (var i = 0; i < calls; i++)
                    await archive.AppendAsync("s", Named([new(ChatRole.User, $"{writer}:{i}a"), new(ChatRole.User, $"{writer}:{i}b")]), $"{writer}-{i}", Cancellation);
            },
            Cancellation)));
        await using var reader = await OpenAsync();
        var log = (await reader.ReadLogAsync("s", cancellationToken: Cancellation)).Select(message => message.Text.Split(':')).ToList();
        log.Count.ShouldBe(writers * calls * 2);
        for (var i = 0; i < log.Count; i += 2)
            (log[i][0], log[i][1].TrimEnd('a')).ShouldBe((log[i + 1][0], log[i + 1][1].TrimEnd('b')), "two messages of one call lie apart");
        foreach (var writer in log.GroupBy(entry => entry[0]))
            writer.Where((_, i) => i % 2 == 0).Select(entry => entry[1]).ShouldBe(Enumerable.Range(0, calls).Select(i => $"{i}a"));
    }

    [Theory]
    [InlineData(ReceiptKey.Source)]
    [InlineData(ReceiptKey.Result)]
    [InlineData(ReceiptKey.History)]
    public async Task FindReceiptAsync_ByKey_TheLastKeyGivenAndTheNewestWin(ReceiptKey key)
    {
        await using var archive = await OpenAsync();
        var (one, two) = (Compaction("s", Talk("a", 4), id: "000000000001"), Compaction("s", Talk("b", 4), id: "000000000002"));
        var newer = one with { Receipt = one.Receipt with { Id = "000000000003" } };
        foreach (var compaction in (ArchivedCompaction[])[one, two, newer])
            await archive.CommitAsync(compaction, Cancellation);
        Fingerprint Of(ArchivedCompaction compaction) => key switch
        {
            ReceiptKey.Source => compaction.Receipt.Source,
            ReceiptKey.Result => compaction.Receipt.Result,
            _ => compaction.History,
        };
        async Task<string?> FindAsync(params Fingerprint[] keys) => (await archive.FindReceiptAsync(key, keys, Cancellation))?.Receipt.Id;

        (await FindAsync(Of(one))).ShouldBe("000000000003");
        (await FindAsync(Of(two), Of(one))).ShouldBe("000000000003");
        (await FindAsync(Of(one), Of(two))).ShouldBe("000000000002");
        (await FindAsync(Of(two), Unknown(1), Of(one), Unknown(2))).ShouldBe("000000000003");
        (await FindAsync(Unknown(1))).ShouldBeNull();
        (await FindAsync()).ShouldBeNull();
        (await FindAsync([.. Enumerable.Range(0, 2_000).Select(Unknown), Of(two)])).ShouldBe("000000000002");

        await archive.MarkUndoneAsync(["000000000003", "000000000002", "999999999999"], Start, Cancellation);
        (await FindAsync(Of(two))).ShouldBeNull();
        (await FindAsync(Of(one), Of(two))).ShouldBe("000000000001");
        (await archive.FindReceiptAsync("000000000002", Cancellation))!.UndoneAt.ShouldBe(Start);
        (await archive.ListReceiptsAsync("s", cancellationToken: Cancellation)).Count.ShouldBe(3);
        (await archive.FindSessionAsync("s", Cancellation))!.TokensFreed.ShouldBe(one.Receipt.TokensBefore - one.Receipt.TokensAfter);
    }

    [Fact]
    public async Task ListReceiptsAsync_SeveralSessions_NewestFirst()
    {
        await using var archive = await OpenAsync();
        foreach (var (session, id) in ((string, string)[])[("s", "000000000001"), ("t", "000000000002"), ("s", "000000000003")])
            await archive.CommitAsync(Compaction(session, Talk(id, 3), id), Cancellation);
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).Select(receipt => receipt.Receipt.Id).ShouldBe(["000000000003", "000000000002", "000000000001"]);
        (await archive.ListReceiptsAsync("s", cancellationToken: Cancellation)).Select(receipt => receipt.Receipt.Id).ShouldBe(["000000000003", "000000000001"]);
        (await archive.ListReceiptsAsync(limit: 1, cancellationToken: Cancellation)).Count.ShouldBe(1);
        (await archive.ListReceiptsAsync("nobody", cancellationToken: Cancellation)).ShouldBeEmpty();
        (await archive.FindReceiptAsync("999999999999", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task ListSessionsAsync_SeveralSessions_LastUsedFirst()
    {
        await using var archive = await OpenAsync();
        await archive.CommitAsync(Compaction("s", Talk("a", 3)) with { SessionName = "first" }, Cancellation);
        await archive.AppendAsync("t", Named(Talk("b", 1)), cancellationToken: Cancellation);
        await archive.CommitAsync(Compaction("s", Talk("c", 3), id: "000000000002"), Cancellation);
        var sessions = await archive.ListSessionsAsync(cancellationToken: Cancellation);
        sessions.Select(session => session.Id).ShouldBe(["s", "t"]);
        (sessions[0].Name, sessions[0].Compactions, sessions[1].LogCount).ShouldBe(("first", 2, 1L));
        (await archive.ListSessionsAsync(1, Cancellation)).Count.ShouldBe(1);
        (await archive.FindSessionAsync("nobody", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task FindHandleAsync_GroupAndContent_LeadsToEveryPlaceNewestFirst()
    {
        await using var archive = await OpenAsync();
        var one = Compaction("s", Talk("a", 4), id: "000000000001");
        var content = ContentHandle.HandleOf(one.Before[1].Message.Contents[0]);
        one = one with { Handles = [.. one.Handles, new ArchivedHandle(content, [1], 0)] };
        var two = one with { SessionId = "t", Receipt = one.Receipt with { Id = "000000000002" } };
        await archive.CommitAsync(one, Cancellation);
        await archive.CommitAsync(two, Cancellation);
        var places = await archive.FindHandleAsync(content, Cancellation);
        places.Select(place => (place.ReceiptId, place.SessionId, place.ContentIndex)).ShouldBe([("000000000002", "t", 0), ("000000000001", "s", 0)]);
        places.ShouldAllBe(place => place.Positions.SequenceEqual(new[] { 1 }));
        var group = (await archive.FindHandleAsync(one.Handles[0].Handle, Cancellation))[0];
        (group.ContentIndex, group.Positions.SequenceEqual(one.Handles[0].Positions)).ShouldBe((-1, true));
        (await archive.FindHandleAsync(Handle.Of(Unknown(3)), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task FindOriginalsAsync_HandleOfAMessage_GivesIt()
    {
        await using var archive = await OpenAsync();
        var messages = Talk("a", 3);
        await archive.AppendAsync("s", Named(messages), cancellationToken: Cancellation);
        var found = await archive.FindOriginalsAsync(Handle.Of(Named(messages)[1].Fingerprint), Cancellation);
        found.ShouldHaveSingleItem().Message.Text.ShouldBe(messages[1].Text);
        (await archive.FindOriginalsAsync(Handle.Of(Unknown(1)), Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ReadAsync_SomeUnknown_KeepsTheOrderAskedFor()
    {
        await using var archive = await OpenAsync();
        var named = Named(Talk("a", 3));
        await archive.AppendAsync("s", named, cancellationToken: Cancellation);
        var read = await archive.ReadAsync([named[2].Fingerprint, Unknown(1), named[0].Fingerprint, named[2].Fingerprint], Cancellation);
        read.Select(original => original?.Message.Text).ShouldBe([named[2].Message.Text, null, named[0].Message.Text, named[2].Message.Text]);
        (await archive.ReadAsync([], Cancellation)).ShouldBeEmpty();
        var many = await archive.ReadAsync([.. Enumerable.Range(0, 2_000).Select(Unknown), named[1].Fingerprint], Cancellation);
        many[^1]!.Message.Text.ShouldBe(named[1].Message.Text);
    }

    [Theory]
    [InlineData("Die Größe der Überschrift änderte sich gestern in Zürich", "ÜBERSCHRIFT")]
    [InlineData("Die Größe der Überschrift änderte sich gestern in Zürich", "grösse zurich")]
    [InlineData("请在窗口关闭之前修复这个错误", "修复")]
    [InlineData("请在窗口关闭之前修复这个错误", "这个错误")]
    [InlineData("データベースの接続が切れました", "接続")]
    [InlineData("Функция вернула ошибку соединения", "ОШИБКУ")]
    [InlineData("오류가 발생했습니다 서버 연결", "서버")]
    [InlineData("opened src/Strata/Archives/CompactionArchiver.cs today", "CompactionArchiver.cs")]
    [InlineData("opened src/Strata/Archives/CompactionArchiver.cs today", "src/Strata/Archives/CompactionArchiver.cs")]
    [InlineData("opened src/Strata/Archives/CompactionArchiver.cs today", "archiver")]
    [InlineData("it calls getHttpServerName twice", "server")]
    [InlineData("set MAX_RETRY_COUNT to 7", "retry")]
    [InlineData("set MAX_RETRY_COUNT to 7", "max_retry_count")]
    [InlineData("error TS2345 at line 118", "ts2345")]
    [InlineData("une façon élégante", "facon elegante")]
    public async Task SearchAsync_WordOfAnyLanguage_FindsTheMessage(string text, string words)
    {
        await using var archive = await OpenAsync();
        ChatMessage[] messages = [new(ChatRole.User, text), new(ChatRole.Assistant, "nothing of the kind"), new(ChatRole.User, "没有别的内容")];
        await archive.CommitAsync(Compaction("s", messages), Cancellation);
        var hit = (await archive.SearchAsync(new SearchQuery { Words = words }, Cancellation)).ShouldHaveSingleItem();
        hit.Handle.ShouldBe(Handle.Of(Named(messages)[0].Fingerprint));
        (hit.SessionId, hit.Role).ShouldBe(("s", ChatRole.User));
        text.ShouldContain(hit.Excerpt.Trim('…', ' '));
    }

    [Fact]
    public async Task SearchAsync_ArgumentsAndResults_AreSearched()
    {
        await using var archive = await OpenAsync();
        ChatMessage[] messages =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("c", "grep_files", new Dictionary<string, object?> { ["pattern"] = "zebrafinch" })]),
            new(ChatRole.Tool, [new FunctionResultContent("c", "found in aardvark.txt")]),
        ];
        await archive.AppendAsync("s", Named(messages), cancellationToken: Cancellation);
        (await archive.SearchAsync(new SearchQuery { Words = "zebrafinch" }, Cancellation)).ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Assistant);
        (await archive.SearchAsync(new SearchQuery { Words = "grep_files" }, Cancellation)).ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Assistant);
        (await archive.SearchAsync(new SearchQuery { Words = "aardvark.txt" }, Cancellation)).ShouldHaveSingleItem().Role.ShouldBe(ChatRole.Tool);
    }

    [Fact]
    public async Task SearchAsync_MoreOfTheWords_ComesFirst()
    {
        await using var archive = await OpenAsync();
        ChatMessage[] messages =
        [
            new(ChatRole.User, "the quick migration"), new(ChatRole.User, "the migration of the database schema failed"), new(ChatRole.User, "database"), new(ChatRole.User, "unrelated talk"),
        ];
        await archive.AppendAsync("s", Named(messages), cancellationToken: Cancellation);
        var hits = await archive.SearchAsync(new SearchQuery { Words = "database migration schema" }, Cancellation);
        hits.Count.ShouldBe(3);
        hits[0].Handle.ShouldBe(Handle.Of(Named(messages)[1].Fingerprint));
        (await archive.SearchAsync(new SearchQuery { Words = "database migration schema", Limit = 1 }, Cancellation)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task SearchAsync_OneSession_FindsNothingOfOthers()
    {
        await using var archive = await OpenAsync();
        await archive.AppendAsync("s", Named([new(ChatRole.User, "walrus one")]), cancellationToken: Cancellation);
        await archive.AppendAsync("t", Named([new(ChatRole.User, "walrus two")]), cancellationToken: Cancellation);
        (await archive.SearchAsync(new SearchQuery { Words = "walrus" }, Cancellation)).Count.ShouldBe(2);
        (await archive.SearchAsync(new SearchQuery { Words = "walrus", SessionId = "t" }, Cancellation)).ShouldHaveSingleItem().SessionId.ShouldBe("t");
        (await archive.SearchAsync(new SearchQuery { Words = "walrus", SessionId = "nobody" }, Cancellation)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\"")]
    [InlineData("walrus\"")]
    [InlineData("walrus AND (")]
    [InlineData("NEAR(walrus, 3) OR *")]
    [InlineData("walrus\0")]
    [InlineData("-walrus ^x: {y} 'z; DROP TABLE originals --")]
    [InlineData("% _ \\ walrus")]
    [InlineData("\ud800 walrus")]
    [InlineData("<-> & | ! walrus")]
    public async Task SearchAsync_HostileText_MeansNothing(string words)
    {
        await using var archive = await OpenAsync();
        await archive.AppendAsync("s", Named([new(ChatRole.User, "a walrus")]), cancellationToken: Cancellation);
        (await archive.SearchAsync(new SearchQuery { Words = words }, Cancellation)).Count.ShouldBe(words.Contains("walrus") ? 1 : 0);
        (await archive.SearchAsync(new SearchQuery { Words = string.Concat(Enumerable.Repeat(words + " ", 500)) }, Cancellation)).Count.ShouldBe(words.Contains("walrus") ? 1 : 0);
    }

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
        var compaction = Compaction("s", Talk("walrus", 4)) with { Document = new ArchivedDocument("codex", null, "{}"u8.ToArray()), Ledger = [new LedgerRecord("x", "rule", null)] };
        await archive.CommitAsync(compaction, Cancellation);
        await archive.AppendAsync("s", compaction.Before, cancellationToken: Cancellation);
        await archive.AddAsync(new SummaryNode("key", 1, "text", 2, "model", default, []), Cancellation);
        await archive.SaveCalibrationAsync(new TokenCalibration("m", 1.2, .1, 3, Start), Cancellation);

        (await other.ReadAsync([.. compaction.Before.Select(message => message.Fingerprint)], Cancellation)).ShouldAllBe(original => original == null);
        (await other.FindOriginalsAsync(Handle.Of(compaction.Before[0].Fingerprint), Cancellation)).ShouldBeEmpty();
        (await other.FindHandleAsync(compaction.Handles[0].Handle, Cancellation)).ShouldBeEmpty();
        (await other.FindReceiptAsync(compaction.Receipt.Id, Cancellation)).ShouldBeNull();
        foreach (var key in Enum.GetValues<ReceiptKey>())
            (await other.FindReceiptAsync(key, [compaction.Receipt.Source, compaction.Receipt.Result, compaction.History], Cancellation)).ShouldBeNull();
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
            (await maintenance.GetTotalsAsync(Cancellation)).ShouldSatisfyAllConditions(totals => totals.Originals.ShouldBe(0), totals => totals.Sessions.ShouldBe(0), totals => totals.Receipts.ShouldBe(0), totals => totals.Nodes.ShouldBe(0), totals => totals.TextBytes.ShouldBe(0));
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
            () => archive.AppendAsync("s", compaction.Before, cancellationToken: cancelled).AsTask(), () => archive.ReadLogAsync("s", cancellationToken: cancelled).AsTask(),
            () => archive.ListSessionsAsync(cancellationToken: cancelled).AsTask(), () => archive.FindSessionAsync("s", cancelled).AsTask(),
            () => archive.ListReceiptsAsync(cancellationToken: cancelled).AsTask(), () => archive.FindReceiptAsync("s", cancelled).AsTask(),
            () => archive.FindReceiptAsync(ReceiptKey.Source, [Unknown(1)], cancelled).AsTask(), () => archive.MarkUndoneAsync(["x"], Start, cancelled).AsTask(),
            () => archive.FindHandleAsync(handle, cancelled).AsTask(), () => archive.ReadAsync([Unknown(1)], cancelled).AsTask(),
            () => archive.FindOriginalsAsync(handle, cancelled).AsTask(), () => archive.ReadDocumentAsync("x", cancelled).AsTask(),
            () => archive.ReadLedgerAsync("s", cancelled).AsTask(), () => archive.SearchAsync(new SearchQuery { Words = "x" }, cancelled).AsTask(),
            () => archive.FindAsync("key", cancelled).AsTask(), () => archive.AddAsync(new SummaryNode("key", 1, "t", 2, "m", default, []), cancelled).AsTask(),
            () => archive.FindCalibrationAsync("m", cancelled).AsTask(), () => archive.SaveCalibrationAsync(new TokenCalibration("m", 1, 0, 1, Start), cancelled).AsTask(),
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
            await Should.ThrowAsync<ArgumentException>(() => archive.AppendAsync(id, Named(Talk("a", 1)), cancellationToken: Cancellation).AsTask());
            await Should.ThrowAsync<ArgumentException>(() => archive.CommitAsync(Compaction(id, Talk("a", 2)), Cancellation).AsTask());
        }
    }

    /// <summary>Messages with their names.</summary>
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
        var summary = new ChatMessage(ChatRole.User, $"{SummaryHeader.Write(messages.Count - 1, transcript.Groups[0].Handle, transcript.Groups[^1].Handle)}\n{messages.Count} messages, and one summary");
        ChatMessage[] after = [summary, messages[^1]];
        var compacted = Transcript.Create(after);
        return new ArchivedCompaction
        {
            SessionId = session,
            Receipt = new CompactionReceipt
            {
                Id = id, Source = transcript.Fingerprint, Result = compacted.Fingerprint, At = Start, Strategy = "summary", TokensBefore = 1_000, TokensAfter = 100,
                Rungs = [], Cuts = [], WrittenBy = [],
            },
            Before = Named(messages),
            After =
            [
                new ArchivedOutgoing(compacted.MessageFingerprint(0), summary, -1, -1, [.. Enumerable.Range(0, messages.Count - 1)]),
                new ArchivedOutgoing(compacted.MessageFingerprint(1), null, messages.Count - 1, messages.Count - 1, []),
            ],
            Handles = [.. transcript.Groups.SkipLast(1).Select(group => new ArchivedHandle(group.Handle, group.MessageIndexes)).DefaultIfEmpty(new ArchivedHandle(transcript.Groups[0].Handle, [0]))],
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
            new(ChatRole.User, $"{name}: text with \0 NUL, \ud83d half a pair, 😀 a whole one, \r\n lines, \u2028 and ‮ marks") { AuthorName = "Ann", MessageId = "m1", CreatedAt = Start },
            new(ChatRole.Assistant, [new TextReasoningContent($"{name} thinks") { ProtectedData = "sk-ant-c2lnbmVkIGJ5IHRoZSBwcm92aWRlcg0123456789" }, new TextContent("")]),
            new(ChatRole.Assistant, [new FunctionCallContent("call_1", "run", new Dictionary<string, object?> { ["command"] = $"echo {name}", ["n"] = 1.5, ["flag"] = true, ["none"] = null, ["json"] = arguments.RootElement.Clone() })]),
            new(ChatRole.Tool, [new FunctionResultContent("call_1", $"{name} printed this\n"), new FunctionResultContent("call_2", arguments.RootElement.Clone())]),
            new(ChatRole.Tool, [new FunctionResultContent("call_3", new List<AIContent> { new TextContent(name), new DataContent(new byte[] { 9, 8, 7 }, "image/png") })]),
            new(ChatRole.User, [new DataContent(new byte[] { 1, 2, 3 }, "image/png"), new UriContent("https://example.com/a?b=c", "image/png"), new HostedFileContent("file_1")]),
            new(ChatRole.Assistant, [new ErrorContent($"{name} failed") { ErrorCode = "E1", Details = "why" }, new AIContent { RawRepresentation = arguments.RootElement.Clone() }]),
            new(ChatRole.Assistant, [new FunctionCallContent("call_open", "wait")]),
            new(ChatRole.User, string.Concat(Enumerable.Repeat($"{name} a line of a long text that goes on\n", 20_000))),
            new(ChatRole.User, "continue"),
            new(ChatRole.User, "continue"),
        ];
    }
}
