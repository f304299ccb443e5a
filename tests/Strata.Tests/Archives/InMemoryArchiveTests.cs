using Strata.Archives;
using Strata.Tests.Contracts;

namespace Strata.Tests.Archives;

public sealed class InMemoryArchiveTests : ArchiveContract
{
    private readonly InMemoryArchive _archive = new();

    protected override ValueTask<IArchive> OpenAsync(string tenant = Tenant) => ValueTask.FromResult<IArchive>(_archive.ForTenant(tenant));
}
