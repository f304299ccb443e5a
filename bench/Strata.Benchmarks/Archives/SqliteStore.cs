using Strata.Archives;
using Strata.Storage.Sqlite;

namespace Strata.Benchmarks.Archives;

/// <summary>A file: the one that was named, or one in a folder of its own, gone afterwards.</summary>
internal sealed class SqliteStore : IArchiveStore
{
    public const string Kind = "sqlite";

    private readonly DirectoryInfo? _folder;
    private readonly string _path;

    public SqliteStore(string? path)
    {
        _folder = path is null ? Directory.CreateTempSubdirectory("strata-archive-") : null;
        _path = path ?? Path.Combine(_folder!.FullName, "archive.db");
    }

    public IReadOnlyList<string> ChildArguments => Stores.ChildArguments(Kind, _path);

    public async ValueTask<IArchive> OpenAsync(CancellationToken cancellationToken, bool isFilling = false) =>
        await SqliteArchive.OpenAsync(
        new SqliteArchiveOptions
        {
            Path = _path,
            Durability = isFilling ? Durability.Normal : Durability.Full,
            BusyTimeout = TimeSpan.FromMinutes(1)
        }, cancellationToken);

    public async ValueTask FinishIndexAsync(IArchive archive, CancellationToken cancellationToken) =>
        await archive.SearchAsync(new SearchQuery { Words = "index" }, cancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder?.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
