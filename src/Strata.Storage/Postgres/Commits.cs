using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Storage.Postgres;

/// <summary>Writes a compaction in one transaction.</summary>
internal sealed class Commits(Database database, Stager stager, Originals originals, Sessions sessions, Receipts receipts, Documents documents, TimeProvider time)
{
    private const string FindReceipt = "SELECT 1 FROM receipt WHERE tenant = $1 AND receipt = $2";

    public async Task CommitAsync(ArchivedCompaction compaction, CancellationToken cancellationToken)
    {
        var messages = MessagesOf(compaction);
        var staged = Staged(compaction.Staged);
        var unknown = staged is null ? messages : messages.FindAll(message => !staged.Knows(message.Fingerprint));
        var added = await stager.StageAsync(unknown, cancellationToken).ConfigureAwait(false);
        var document = await documents.StageAsync(compaction.Document, cancellationToken).ConfigureAwait(false);
        await database.WriteAsync(
            WriteScope.Of(compaction.SessionId),
            (transaction, cancellationToken) => WriteAsync(transaction, compaction, messages, [.. staged?.Blocks ?? [], .. added.Blocks], document, cancellationToken),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> WriteAsync(
        Transaction transaction, ArchivedCompaction compaction, List<ArchivedMessage> messages, IReadOnlyList<StagedBlock> blocks, StagedDocument? document, CancellationToken cancellationToken)
    {
        var prints = messages.ConvertAll(message => message.Fingerprint);
        List<Statement> look =
        [
            new(FindReceipt, database.Tenant, PgText.Escape(compaction.Receipt.Id)),
            Stager.FindHeld(database.Tenant, prints),
        ];
        if (document is not null)
            look.Add(Documents.FindHeldPieces(database.Tenant, document));
        var seen = await transaction.QueryAsync(look, skip: 0, ReadSeen, cancellationToken).ConfigureAwait(false);
        if (seen.HasReceipt)
            return false;
        var lost = messages.FindAll(message => !seen.Held.ContainsKey(message.Fingerprint) && !blocks.Any(block => block.Slots.ContainsKey(message.Fingerprint)));
        // Retention may have removed some since they were staged.
        if (lost.Count > 0)
            blocks = [.. blocks, .. stager.Pack(lost, new HashSet<Fingerprint>()).Blocks];
        var now = time.GetUtcNow();
        var before = compaction.Before.Select(message => message.Fingerprint).ToHashSet();
        var secrets = before.Sum(print => SecretsOf(print, seen.Held, blocks)) + (document?.Secrets ?? 0);
        await transaction.ExecuteAsync(
            [
                sessions.Add(compaction, now),
                .. originals.Add(blocks, seen.Held, prints.Where(print => !before.Contains(print)).ToHashSet(), compaction.SessionId, now, prints),
                .. documents.Store(document, compaction.Receipt.Id, seen.Pieces),
                .. receipts.Add(compaction, secrets),
            ],
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private static int SecretsOf(Fingerprint print, Dictionary<Fingerprint, int> held, IReadOnlyList<StagedBlock> blocks)
    {
        if (held.TryGetValue(print, out var secrets))
            return secrets;
        foreach (var block in blocks)
        {
            if (block.Slots.TryGetValue(print, out var slot))
                return block.Items[slot].Secrets;
        }

        return 0;
    }

    private StagedBlocks? Staged(IStagedOriginals? staged) => staged switch
    {
        null => null,
        StagedBlocks ours when ours.Tenant == database.Tenant => ours,
        _ => throw new ArgumentException("The originals were staged by another archive. Stage them with the one that they are committed to.", nameof(staged)),
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

    private static async Task<Seen> ReadSeen(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var hasReceipt = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
        var held = await Stager.ReadHeld(reader, cancellationToken).ConfigureAwait(false);
        var pieces = await reader.NextResultAsync(cancellationToken).ConfigureAwait(false) ? await Stager.ReadPrints(reader, cancellationToken).ConfigureAwait(false) : [];
        return new Seen(hasReceipt, held, pieces);
    }

    private sealed record Seen(bool HasReceipt, Dictionary<Fingerprint, int> Held, HashSet<Fingerprint> Pieces);
}
