using Strata.Storage.Sqlite;

namespace Strata.Benchmarks.Archives;

/// <summary>An archive in a folder of its own, gone afterwards.</summary>
internal sealed class ArchiveFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-archive-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "archive.db");

    public long Bytes => _folder.EnumerateFiles().Sum(file => file.Length);

    public ValueTask<SqliteArchive> OpenAsync(CancellationToken cancellationToken, Durability durability = Durability.Full) =>
        SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = Path, Durability = durability }, cancellationToken);

    public void Dispose() => _folder.Delete(recursive: true);
}
