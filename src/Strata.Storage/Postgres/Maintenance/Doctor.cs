using System.Globalization;
using Npgsql;
using Strata.Archives;
using Strata.Ladder;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Schema;
using Strata.Storage.Postgres.Tables;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Maintenance;

/// <summary>Counts what an archive holds, reads all of it, and mends what can be mended.</summary>
internal sealed class Doctor(Database database)
{
    private const string Count = """
        SELECT (SELECT count(*) FROM session WHERE tenant = $1), (SELECT count(*) FROM receipt WHERE tenant = $1),
            (SELECT count(*) FROM original WHERE tenant = $1),
               (SELECT count(*) FROM node WHERE tenant = $1), (SELECT coalesce(sum(length), 0)::bigint FROM block WHERE tenant = $1),
               (SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_catalog.pg_class AS c
                   JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
                WHERE n.nspname = current_schema() AND c.relkind = 'r')
        """;

    private const string ListReceipts = """
        SELECT r.receipt, r.before, r.body, r.number, r.format IS NOT NULL
        AND NOT EXISTS (SELECT FROM document AS d WHERE d.tenant = $1 AND d.receipt = r.receipt)
        FROM receipt AS r WHERE r.tenant = $1 AND r.number > $2 ORDER BY r.number LIMIT 64
        """;

    private const string ListDocuments =
        "SELECT receipt, pieces FROM document WHERE tenant = $1 AND receipt > $2 ORDER BY receipt LIMIT 64";
    private const string ListPieces = "SELECT print, length, bytes FROM piece WHERE tenant = $1 AND print = ANY($2)";
    private const string ListNodes = "SELECT node, body FROM node WHERE tenant = $1 AND node > $2 ORDER BY node LIMIT 256";
    private const string DropNode = "DELETE FROM node WHERE tenant = $1 AND node = $2";
    private const string ListStrayPlaces = "SELECT DISTINCT p.receipt FROM place AS p WHERE p.tenant = $1 AND NOT EXISTS (SELECT FROM "
        + "receipt AS r WHERE r.tenant = $1 AND r.receipt = p.receipt)";
    private const string DropStrayPlaces = "DELETE FROM place WHERE tenant = $1 AND receipt = $2";

    public Task<ArchiveTotals> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(Count, database.Tenant),
        static async (reader, cancellationToken) =>
        {
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            return new ArchiveTotals(
                reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5),
                SchemaScript.Version);
        },
        cancellationToken);

    public async Task<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair, CancellationToken cancellationToken)
    {
        var ailments = new List<Ailment>();
        var held = await new BlockCheck(database, ailments).RunAsync(cancellationToken).ConfigureAwait(false);
        await CheckReceiptsAsync(ailments, held, cancellationToken).ConfigureAwait(false);
        await CheckDocumentsAsync(ailments, cancellationToken).ConfigureAwait(false);
        await new LogCheck(database, ailments, held).RunAsync(cancellationToken).ConfigureAwait(false);
        await CheckNodesAsync(ailments, cancellationToken).ConfigureAwait(false);
        if (!repair || ailments.TrueForAll(ailment => ailment.Cure.Count == 0))
            return ailments.ConvertAll(ailment => ailment.Finding);
        await database.WriteAsync(
            WriteScope.Maintenance,
            (transaction, cancellationToken) =>
                transaction.ExecuteAsync([.. ailments.SelectMany(ailment => ailment.Cure)], cancellationToken),
            cancellationToken).ConfigureAwait(false);
        return ailments.ConvertAll(ailment => ailment.Finding with { Repaired = ailment.Cure.Count > 0 });
    }

    private async Task CheckReceiptsAsync(List<Ailment> ailments, IReadOnlySet<Fingerprint> held, CancellationToken cancellationToken)
    {
        for (long? last = 0; last is { } after;)
        {
            last = await database.ReadAsync<long?>(
                new Statement(ListReceipts, database.Tenant, after),
                async (reader, cancellationToken) =>
                {
                    long? read = null;
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        read = reader.GetInt64(3);
                        CheckReceipt(reader, ailments, held);
                    }

                    return read;
                },
                cancellationToken).ConfigureAwait(false);
        }

        await database.ReadAsync(
            new Statement(ListStrayPlaces, database.Tenant),
            async (reader, cancellationToken) =>
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    ailments.Add(new(FindingSeverity.Notice, $"handles of receipt {reader.GetString(0)}",
                        "Their receipt is not there; they lead nowhere and can be removed.",
                        new Statement(DropStrayPlaces, database.Tenant, reader.GetString(0))));
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static void CheckReceipt(NpgsqlDataReader reader, List<Ailment> ailments, IReadOnlySet<Fingerprint> held)
    {
        var place = $"receipt {PgText.Unescape(reader.GetString(0))}";
        try
        {
            var body = RecordJson.Read<Receipts.Body>(reader.GetFieldValue<byte[]>(2));
            var missing = Prints.Split(reader.GetFieldValue<byte[]>(1)).Concat(body.After.Select(message => message.Fingerprint)).Distinct()
                .Count(print => !held.Contains(print));
            if (missing > 0)
                ailments.Add(new(FindingSeverity.Lost, place,
                    string.Create(CultureInfo.InvariantCulture,
                        $"{missing} of its originals cannot be read. Restore them from a backup of the server.")));
        }
        catch (InvalidDataException e)
        {
            ailments.Add(new(FindingSeverity.Lost, place, $"It cannot be read: {e.Message} Restore it from a backup of the server."));
        }

        if (reader.GetBoolean(4))
            ailments.Add(new(FindingSeverity.Lost, place, "Its session file is not there. Restore it from a backup of the server."));
    }

    private async Task CheckDocumentsAsync(List<Ailment> ailments, CancellationToken cancellationToken)
    {
        for (string? last = ""; last is not null;)
        {
            var documents = await database.ReadAsync(
                new Statement(ListDocuments, database.Tenant, last),
                static async (reader, cancellationToken) =>
                {
                    var documents = new List<(string Receipt, List<Fingerprint> Pieces)>();
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                        documents.Add((reader.GetString(0), Prints.Split(reader.GetFieldValue<byte[]>(1))));
                    return documents;
                },
                cancellationToken).ConfigureAwait(false);
            foreach (var (receipt, pieces) in documents)
            {
                var readable = await database.ReadAsync(new Statement(ListPieces, database.Tenant, Prints.Array(pieces.Distinct())),
                    ReadPieces, cancellationToken).ConfigureAwait(false);
                if (pieces.Exists(piece => !readable.Contains(piece)))
                    ailments.Add(new(FindingSeverity.Lost, $"session file of receipt {PgText.Unescape(receipt)}",
                        "A part of it cannot be read. Restore it from a backup of the server."));
            }

            last = documents.Count > 0 ? documents[^1].Receipt : null;
        }
    }

    private async Task CheckNodesAsync(List<Ailment> ailments, CancellationToken cancellationToken)
    {
        for (string? last = ""; last is { } after;)
        {
            last = await database.ReadAsync(
                new Statement(ListNodes, database.Tenant, after),
                async (reader, cancellationToken) =>
                {
                    string? read = null;
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        read = reader.GetString(0);
                        try
                        {
                            RecordJson.Read<SummaryNode>(reader.GetFieldValue<byte[]>(1));
                        }
                        catch (InvalidDataException e)
                        {
                            ailments.Add(new(FindingSeverity.Notice, $"summary node {PgText.Unescape(read)}",
                                $"It cannot be read: {e.Message} Removed, it is written anew when it is wanted.",
                                new Statement(DropNode, database.Tenant, read)));
                        }
                    }

                    return read;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<HashSet<Fingerprint>> ReadPieces(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var readable = new HashSet<Fingerprint>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            var print = Fingerprint.Read(reader.GetFieldValue<byte[]>(0));
            try
            {
                if (Fingerprint.Of(BlockPacker.Read(reader.GetFieldValue<byte[]>(2), reader.GetInt32(1))) == print)
                    readable.Add(print);
            }
            catch (InvalidDataException)
            {
                // Not readable: who needs it is found by its absence.
            }
        }

        return readable;
    }
}
