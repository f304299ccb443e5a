using Strata.Archives;
using Strata.Tests.Contracts;

namespace Strata.Storage.Tests.Postgres;

public sealed class PostgresArchiveContractTests(PostgresServerFixture server) : ArchiveContract, IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    protected override async ValueTask<IArchive> OpenAsync(string tenant = Tenant) => await _schema.OpenAsync(tenant);
}
