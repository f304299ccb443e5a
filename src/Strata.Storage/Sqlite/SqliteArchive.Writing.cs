using Strata.Archives;
using Strata.Ladder;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Staging;
using Strata.Storage.Sqlite.Tables;
using Strata.Summaries;
using Strata.Tokens.Calibration;

namespace Strata.Storage.Sqlite;

public sealed partial class SqliteArchive
{
    private const int LongestSessionId = 200;

    public async ValueTask<IStagedOriginals> StageAsync(
        IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await _stager.StageAsync(messages, cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(compaction);
        CheckSessionId(compaction.SessionId);
        compaction = Codec.Redact(compaction);
        var staged =
            compaction.Staged is Staged given && ReferenceEquals(given.Owner, _database) && given.Holds(compaction.Before) ? given : null;
        for (; ; staged = null)
        {
            var work = await PrepareAsync(compaction, staged, cancellationToken).ConfigureAwait(false);
            try
            {
                await _database.WriteAsync(work.Write, cancellationToken).ConfigureAwait(false);
                _schedule.Note();
                return;
            }
            catch (StaleStagingException)
            {
                // Retention ran since: look again.
            }
        }
    }

    public async ValueTask<long> AppendAsync(
        string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId = null, CancellationToken cancellationToken = default)
    {
        CheckSessionId(sessionId);
        ArgumentNullException.ThrowIfNull(messages);
        for (; ; )
        {
            var staged = await _stager.StageAsync(messages, cancellationToken).ConfigureAwait(false);
            try
            {
                var position = await _database.WriteAsync(db => Append(db, sessionId, messages, appendId, staged), cancellationToken)
                    .ConfigureAwait(false);
                _schedule.Note();
                return position;
            }
            catch (StaleStagingException)
            {
                // Retention ran since: look again.
            }
        }
    }

    public ValueTask MarkUndoneAsync(IReadOnlyList<string> receiptIds, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receiptIds);
        return WriteAsync(db => new Receipts(db, _tenant).MarkUndone(receiptIds, at), cancellationToken);
    }

    public ValueTask<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        node = Codec.Redact(node);
        return _database.WriteAsync(
            db =>
            {
                var nodes = new Nodes(db, _tenant);
                nodes.Add(node);
                return db.Changes == 1 ? node : nodes.Find(node.Key) ?? node;
            },
            cancellationToken);
    }

    public async ValueTask<IAsyncDisposable?> ClaimAsync(string key, CancellationToken cancellationToken = default) =>
        await Claim.TakeAsync(_database, _options.TimeProvider, _tenant, key, cancellationToken).ConfigureAwait(false);

    public ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(calibration);
        return WriteAsync(db => new Nodes(db, _tenant).Save(calibration), cancellationToken);
    }

    private async ValueTask<CompactionWriter> PrepareAsync(
        ArchivedCompaction compaction, Staged? staged, CancellationToken cancellationToken)
    {
        var before = staged ?? await _stager.StageAsync(compaction.Before, cancellationToken).ConfigureAwait(false);
        var document = compaction.Document is null
            ? null
            : await StagedDocument.CreateAsync(compaction.Document, before, _tenant, _options.RedactSecrets, cancellationToken)
                .ConfigureAwait(false);
        var made = compaction.After.Where(message => message.Message is not null)
            .Select(message => new ArchivedMessage(message.Fingerprint, message.Message!));
        var said = compaction.Before.Select(message => message.Fingerprint).ToHashSet();
        return new CompactionWriter(
            _tenant,
            Instant.Of(_options.TimeProvider.GetUtcNow()),
            compaction,
            document?.Company ?? before,
            await _stager.StageAsync(made.Where(message => !said.Contains(message.Fingerprint)), cancellationToken).ConfigureAwait(false),
            document);
    }

    private long Append(Connection db, string sessionId, IReadOnlyList<ArchivedMessage> messages, string? appendId, Staged staged)
    {
        var sessions = new Sessions(db, _tenant);
        if (appendId is not null && sessions.Find(sessionId) is { } known && new Log(db, known).Find(appendId) is { } before)
            return before;
        var at = Instant.Of(_options.TimeProvider.GetUtcNow());
        var session = sessions.Touch(sessionId, at);
        var ids = new OriginalKeeper(db, _tenant, session, at).Keep(staged, areMade: false);
        return new Log(db, session).Append([.. messages.Select(message => ids[message.Fingerprint])], appendId);
    }

    private async ValueTask WriteAsync(Action<Connection> work, CancellationToken cancellationToken) => await _database.WriteAsync(
        db =>
        {
            work(db);
            return true;
        },
        cancellationToken).ConfigureAwait(false);

    private static void CheckSessionId(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id, "sessionId");
        if (id.Length > LongestSessionId)
            throw new ArgumentException(
                FormattableString.Invariant($"A session id has at most {LongestSessionId} chars; this one has {id.Length}."), nameof(id));
    }
}
