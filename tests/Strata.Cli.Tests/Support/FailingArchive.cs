using Strata.Archives;
using Strata.Cli.Archives;

namespace Strata.Cli.Tests.Support;

/// <summary>Archives that cannot be opened.</summary>
internal static class FailingArchive
{
    public static Func<ArchiveRequest, CancellationToken, ValueTask<IArchive>> With(ArchiveFault fault, string message) =>
        (_, _) => throw new ArchiveException(message, fault);
}
