using Strata.Ladder;
using Strata.Summaries;

namespace Strata.Cli.Mcp;

/// <summary>Summaries that were paid for are kept in the archive, which is opened by then.</summary>
internal sealed class ToolNodes(ToolArchive archive) : ISummaryStore
{
    public async ValueTask<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken = default) =>
        await (await archive.WriteAsync(cancellationToken).ConfigureAwait(false)).FindAsync(key, cancellationToken).ConfigureAwait(false);

    public async ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default) =>
        await (await archive.WriteAsync(cancellationToken).ConfigureAwait(false)).AddAsync(node, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default) =>
        await (await archive.WriteAsync(cancellationToken).ConfigureAwait(false)).ClaimAsync(key, cancellationToken).ConfigureAwait(false);
}
