using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Staging;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres;

/// <summary>Writes a compaction in one transaction, and in one round trip.</summary>
internal sealed class Commits(
    Database database, Stager stager, Originals originals, Sessions sessions, Receipts receipts, Documents documents, TimeProvider time)
{
    public Task CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken)
    {
        var messages = MessagesOf(compaction);
        var staged = Staged(compaction.Staged);
        var sent = false;
        return database.RetryAsync(
            async () =>
            {
                try
                {
                    var added = await stager.StageAsync(
                        staged is null ? messages : messages.FindAll(message => !staged.Knows(message.Fingerprint)), cancellationToken)
                        .ConfigureAwait(false);
                    var document = await documents.StageAsync(compaction.Document, cancellationToken).ConfigureAwait(false);
                    var statements = Write(compaction, messages, staged is null ? added : staged.With(added), document);
                    return await database.WriteOnceAsync(WriteScope.Of(compaction.SessionId), statements,
                        static (_, _) => Task.FromResult(true), () => sent = true, cancellationToken).ConfigureAwait(false);
                }
                catch (PostgresException e)
                    when (e.SqlState == PostgresErrorCodes.UniqueViolation
                        && e.TableName?.StartsWith("receipt", StringComparison.Ordinal) == true)
                {
                    // It was kept before, by a call of the same name or by this one, whose answer was lost.
                    return false;
                }
                catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.DivisionByZero)
                {
                    // Retention removed something since it was staged: look again.
                    staged = null;
                    throw;
                }
            },
            cancellationToken,
            () => sent);
    }

    // One round trip: who waits for the session waits for the server's work, never for this process to be scheduled.
    private List<Statement> Write(
        ArchivedCompaction compaction, List<ArchivedMessage> messages, StagedBlocks staged, StagedDocument? document)
    {
        var now = time.GetUtcNow();
        var before = compaction.Before.Select(message => message.Fingerprint).ToHashSet();
        var made = messages.Select(message => message.Fingerprint).Where(print => !before.Contains(print)).ToHashSet();
        return
        [
            .. originals.StillHeld(staged.Held.Keys),
            .. documents.StillHeld(document),
            sessions.Add(compaction, now),
            .. originals.Add(staged.Blocks, made, compaction.SessionId, now, staged.Held.Keys),
            .. documents.Store(document, compaction.Receipt.Id),
            .. receipts.Add(compaction, before.Sum(staged.SecretsOf) + (document?.Secrets ?? 0)),
        ];
    }

    private StagedBlocks? Staged(IStagedOriginals? staged) => staged switch
    {
        null => null,
        StagedBlocks ours when ours.Tenant == database.Tenant => ours,
        _ => throw new ArgumentException(
            "The originals were staged by another archive. Stage them with the one that they are committed to.", nameof(staged)),
    };

    private static List<ArchivedMessage> MessagesOf(ArchivedCompaction compaction)
    {
        var messages = new List<ArchivedMessage>(compaction.Before);
        messages.AddRange(
            from outgoing in compaction.After
            let message = outgoing.Message ?? (outgoing.SourceIndex >= 0 ? compaction.Before[outgoing.SourceIndex].Message : null)
            where message is not null
            select new ArchivedMessage(outgoing.Fingerprint, message));
        return [.. messages.DistinctBy(message => message.Fingerprint)];
    }
}
