using Microsoft.Extensions.Hosting;
using Strata.Archives;
using Strata.Settings;

namespace Strata.Hosting.Archives;

/// <summary>
/// Opens the archive when the host starts: a wrong password or a file that is none stops it there and not the first compaction.
/// </summary>
internal sealed class ArchiveOpening(StrataRuntime runtime) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (runtime.Archive is null)
            return;
        try
        {
            await runtime.Archive.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveException e)
        {
            throw new ArchiveException($"{runtime.Options.Place}{nameof(StrataSettings.Archive)}: {e.Message}", e.Fault, e);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
