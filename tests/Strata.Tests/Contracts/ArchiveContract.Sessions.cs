using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>Sessions: their logs and receipts, and what their handles lead to.</summary>
public abstract partial class ArchiveContract
{
    [Fact]
    public async Task AppendAsync_SeveralTimes_KeepsOrderAndPositions()
    {
        await using var archive = await OpenAsync();
        var messages = Talk("a", 7);
        (await archive.AppendAsync("s", Named(messages[..3]), cancellationToken: Cancellation)).ShouldBe(0);
        (await archive.AppendAsync("s", Named(messages[3..4]), cancellationToken: Cancellation)).ShouldBe(3);
        (await archive.AppendAsync("s", Named(messages[4..]), cancellationToken: Cancellation)).ShouldBe(4);
        await using var again = await OpenAsync();
        (await again.ReadLogAsync("s", cancellationToken: Cancellation)).Select(message => message.Text)
            .ShouldBe(messages.Select(message => message.Text));
        (await again.ReadLogAsync("s", 2, 3, Cancellation)).Select(message => message.Text)
            .ShouldBe(messages[2..5].Select(message => message.Text));
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
                    await archive.AppendAsync("s", Named([new(ChatRole.User, $"{writer}:{i}a"), new(ChatRole.User, $"{writer}:{i}b")]),
                        $"{writer}-{i}", Cancellation);
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
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).Select(receipt => receipt.Receipt.Id)
            .ShouldBe(["000000000003", "000000000002", "000000000001"]);
        (await archive.ListReceiptsAsync("s", cancellationToken: Cancellation)).Select(receipt => receipt.Receipt.Id)
            .ShouldBe(["000000000003", "000000000001"]);
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
        places.Select(place => (place.ReceiptId, place.SessionId, place.ContentIndex))
            .ShouldBe([("000000000002", "t", 0), ("000000000001", "s", 0)]);
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
        read.Select(original => original?.Message.Text)
            .ShouldBe([named[2].Message.Text, null, named[0].Message.Text, named[2].Message.Text]);
        (await archive.ReadAsync([], Cancellation)).ShouldBeEmpty();
        var many = await archive.ReadAsync([.. Enumerable.Range(0, 2_000).Select(Unknown), named[1].Fingerprint], Cancellation);
        many[^1]!.Message.Text.ShouldBe(named[1].Message.Text);
    }
}
