using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Tests.Contracts;

namespace Strata.Storage.Tests.Sqlite;

public sealed class SqliteArchiveContractTests : ArchiveContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async ValueTask<IArchive> OpenAsync(string tenant = Tenant) =>
        await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = _folder.File("archive.db"), Tenant = tenant }, Cancellation);
}
