using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Maintenance;

/// <summary>Reads every block and compares it with the rows that lead to it.</summary>
internal sealed class BlockCheck(Database database, List<Ailment> ailments)
{
    private const string ListBlocks = $"""
        SELECT {StoredBlock.Columns} FROM block AS b WHERE b.tenant = $1 AND b.block > $2 ORDER BY b.block LIMIT 64
        """;

    private const string ListPlaces = "SELECT print, block, slot FROM original WHERE tenant = $1 AND print = ANY($2)";
    private const string AddOriginal =
        "INSERT INTO original (tenant, print, block, slot, secrets) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant, print) DO NOTHING";
    private const string ListStrayOriginals = "SELECT o.print, o.block FROM original AS o WHERE o.tenant = $1 AND NOT EXISTS (SELECT FROM "
        + "block AS b WHERE b.tenant = $1 AND b.block = o.block)";
    private const string DropOriginal = "DELETE FROM original WHERE tenant = $1 AND print = $2 AND block = $3";

    private readonly HashSet<Fingerprint> _readable = [];

    /// <summary>The originals that can be read.</summary>
    public async Task<IReadOnlySet<Fingerprint>> RunAsync(CancellationToken cancellationToken)
    {
        var numbers = new HashSet<long>();
        for (var after = 0L; ;)
        {
            var blocks = await database.ReadAsync(new Statement(ListBlocks, database.Tenant, after), ReadBlocks, cancellationToken)
                .ConfigureAwait(false);
            if (blocks.Count == 0)
                break;
            after = blocks[^1].Number;
            var prints = blocks.SelectMany(block => block.Items).Select(item => item.Print).Distinct();
            var places = await database.ReadAsync(
                new Statement(ListPlaces, database.Tenant, Prints.Array(prints)), ReadPlaces, cancellationToken).ConfigureAwait(false);
            foreach (var block in blocks)
                Check(block, places);
            numbers.UnionWith(blocks.Select(block => block.Number));
        }

        await new TermCheck(database, ailments).RunAsync(numbers, cancellationToken).ConfigureAwait(false);
        await CheckStraysAsync(cancellationToken).ConfigureAwait(false);
        return _readable;
    }

    private void Check(StoredBlock block, Dictionary<Fingerprint, (long Block, int Slot)> places)
    {
        byte[] unpacked;
        try
        {
            unpacked = block.Unpack();
        }
        catch (ArchiveException e)
        {
            ailments.Add(new(FindingSeverity.Lost, $"block {block.Number}", e.Message));
            return;
        }

        for (var slot = 0; slot < block.Items.Count; slot++)
        {
            var item = block.Items[slot];
            if (item.Length == 0)
                continue;
            try
            {
                block.Decode(unpacked, slot);
                _readable.Add(item.Print);
            }
            catch (ArchiveException e)
            {
                ailments.Add(new(FindingSeverity.Lost, $"block {block.Number}, original {item.Print}", e.Message));
                continue;
            }

            if (!places.TryGetValue(item.Print, out var place))
                ailments.Add(new(FindingSeverity.Notice, $"original {item.Print}",
                    $"It lies in block {block.Number}, but nothing leads to it; that can be mended.",
                    new Statement(AddOriginal, database.Tenant, Prints.Bytes(item.Print), block.Number, slot, item.Secrets)));
            else if (place.Block == block.Number && place.Slot != slot)
                ailments.Add(new(FindingSeverity.Notice, $"original {item.Print}",
                    $"What leads to it names another place in block {block.Number}; that can be mended.",
                    new Statement(DropOriginal, database.Tenant, Prints.Bytes(item.Print), block.Number),
                    new Statement(AddOriginal, database.Tenant, Prints.Bytes(item.Print), block.Number, slot, item.Secrets)));
        }
    }

    private async Task CheckStraysAsync(CancellationToken cancellationToken)
    {
        await database.ReadAsync(
            new Statement(ListStrayOriginals, database.Tenant),
            async (reader, cancellationToken) =>
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var print = Fingerprint.Read(reader.GetFieldValue<byte[]>(0));
                    ailments.Add(_readable.Contains(print)
                        ? new(FindingSeverity.Notice, $"original {print}",
                            $"It is said to lie in block {reader.GetInt64(1)}, which is not there; another one has it. Repair once more.",
                            new Statement(DropOriginal, database.Tenant, Prints.Bytes(print), reader.GetInt64(1)))
                        : new(FindingSeverity.Lost, $"original {print}", $"Its block {reader.GetInt64(1)} is not there. Restore it from a "
                            + "backup of the server; with its row removed it is kept anew when it comes by again.",
                            new Statement(DropOriginal, database.Tenant, Prints.Bytes(print), reader.GetInt64(1))));
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static async Task<List<StoredBlock>> ReadBlocks(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var blocks = new List<StoredBlock>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.Add(StoredBlock.Read(reader));
        return blocks;
    }

    private static async Task<Dictionary<Fingerprint, (long Block, int Slot)>> ReadPlaces(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var places = new Dictionary<Fingerprint, (long, int)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            places[Fingerprint.Read(reader.GetFieldValue<byte[]>(0))] = (reader.GetInt64(1), reader.GetInt32(2));
        return places;
    }
}
