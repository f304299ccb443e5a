using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>Search in any language, by any text.</summary>
public abstract partial class ArchiveContract
{
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
            new(ChatRole.Assistant,
                [new FunctionCallContent("c", "grep_files", new Dictionary<string, object?> { ["pattern"] = "zebrafinch" })]),
            new(ChatRole.Tool, [new FunctionResultContent("c", "found in aardvark.txt")]),
        ];
        await archive.AppendAsync("s", Named(messages), cancellationToken: Cancellation);
        (await archive.SearchAsync(new SearchQuery { Words = "zebrafinch" }, Cancellation)).ShouldHaveSingleItem().Role
            .ShouldBe(ChatRole.Assistant);
        (await archive.SearchAsync(new SearchQuery { Words = "grep_files" }, Cancellation)).ShouldHaveSingleItem().Role
            .ShouldBe(ChatRole.Assistant);
        (await archive.SearchAsync(new SearchQuery { Words = "aardvark.txt" }, Cancellation)).ShouldHaveSingleItem().Role
            .ShouldBe(ChatRole.Tool);
    }

    [Fact]
    public async Task SearchAsync_MoreOfTheWords_ComesFirst()
    {
        await using var archive = await OpenAsync();
        ChatMessage[] messages =
        [
            new(ChatRole.User, "the quick migration"), new(ChatRole.User, "the migration of the database schema failed"),
            new(ChatRole.User, "database"), new(ChatRole.User, "unrelated talk"),
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
        (await archive.SearchAsync(new SearchQuery { Words = "walrus", SessionId = "t" }, Cancellation)).ShouldHaveSingleItem().SessionId
            .ShouldBe("t");
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
        (await archive.SearchAsync(new SearchQuery { Words = string.Concat(Enumerable.Repeat(words + " ", 500)) }, Cancellation)).Count
            .ShouldBe(words.Contains("walrus") ? 1 : 0);
    }
}
