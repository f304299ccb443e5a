using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Sqlite.Search;

/// <summary>Searches in which words stand in more originals than are looked at.</summary>
public sealed class SqliteSearchTests(SqliteSearchTests.Filled filled) : IClassFixture<SqliteSearchTests.Filled>
{
    private const int Count = 9_000;

    [Theory]
    [InlineData("build kraken", "the oldest: build of the kraken")]
    [InlineData("alpha beta", "the next: alpha and beta")]
    [InlineData(
        "the build of module kraken ran with alpha while others waited for beta or gamma in turn", "the oldest: build of the kraken")]
    public async Task SearchAsync_WordsThatStandEverywhere_FindsTheOldOneThatHoldsTheMost(string words, string expected)
    {
        var hits = await filled.Archive.SearchAsync(new SearchQuery { Words = words }, TestContext.Current.CancellationToken);

        hits[0].Excerpt.ShouldBe(expected);
        hits.Count.ShouldBe(new SearchQuery { Words = words }.Limit);
    }

    [Fact]
    public async Task SearchAsync_WordThatStandsEverywhere_FindsTheNewest()
    {
        var hits = await filled.Archive.SearchAsync(new SearchQuery { Words = "module", Limit = 3 }, TestContext.Current.CancellationToken);

        hits.Select(hit => hit.Excerpt).ShouldBe([Filled.Text(Count - 1), Filled.Text(Count - 2), Filled.Text(Count - 3)]);
    }

    public sealed class Filled : IAsyncLifetime
    {
        private readonly TemporaryFolder _folder = new();

        public IArchive Archive { get; private set; } = null!;

        public static string Text(int i) => i switch
        {
            0 => "the oldest: build of the kraken",
            1 => "the next: alpha and beta",
            2 => "a kraken without the other word",
            _ => $"build of module m{i} ran with {(i % 2 == 0 ? "alpha" : "beta")}",
        };

        public async ValueTask InitializeAsync()
        {
            Archive = await SqliteArchive.OpenAsync(
                new SqliteArchiveOptions { Path = _folder.File("archive.db") }, TestContext.Current.CancellationToken);
            var messages = Enumerable.Range(0, Count).Select(i => new ChatMessage(ChatRole.User, Text(i))).ToList();
            await Archive.AppendAsync("s", ArchiveCheck.Named(messages), cancellationToken: TestContext.Current.CancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await Archive.DisposeAsync();
            _folder.Dispose();
        }
    }
}
