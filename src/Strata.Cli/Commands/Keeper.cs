using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Files;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary>Keeps what <c>compact</c> cuts.</summary>
internal sealed class Keeper : IAsyncDisposable
{
    private readonly ArchiveRequest _request;
    private readonly bool _isNew;

    public Keeper(ArchiveRequest request, Terminal terminal)
    {
        _request = request;
        _isNew = request.Place is { IsServer: false, IsMade: false };
        Archive = new DeferredArchive(cancellationToken => terminal.OpenArchive(request, cancellationToken));
    }

    public DeferredArchive Archive { get; }

    public ArchivePlace Place => _request.Place;

    /// <summary>Whether secrets are archived as they are.</summary>
    public bool KeepsSecrets => _request.KeepSecrets;

    /// <summary>
    /// Opens the archive where something is to be kept, before any model is paid for; the request with what is kept beside the messages.
    /// </summary>
    public async ValueTask<CompactionRequest> PrepareAsync(Compaction compaction, SessionFile file, CancellationToken cancellationToken)
    {
        if (!compaction.IsDue)
            return compaction.Request;
        await Archive.OpenAsync(cancellationToken).ConfigureAwait(false);
        return compaction.Request with
        {
            SessionId = await SessionName.FindAsync(Archive, file.Document, compaction.Transcript, cancellationToken).ConfigureAwait(false),
            SessionName = file.Path is null ? null : Path.GetFileName(file.Path),
            Document = new ArchivedDocument(file.Format.Name, file.Path is null ? null : Path.GetFileName(file.Path), file.Bytes!.Value),
        };
    }

    /// <summary>What was kept; null when nothing was.</summary>
    public async ValueTask<KeptReport?> ReportAsync(CompactionResult result, CancellationToken cancellationToken)
    {
        if (result.Receipt is not { SessionId: { } session } receipt)
            return null;
        var kept = await Archive.FindReceiptAsync(receipt.Id, cancellationToken).ConfigureAwait(false);
        return new KeptReport(_request.Place.Name, receipt.Id, session, _isNew, kept?.SecretsRedacted ?? 0) { Hint = _request.Place.Hint };
    }

    /// <summary>What to tell when the archive failed.</summary>
    public CliException Failed(ArchiveException failure) =>
        new($"{failure.Message.TrimEnd()} Nothing was written; --no-archive compacts without an archive.", innerException: failure);

    public ValueTask DisposeAsync() => Archive.DisposeAsync();
}
