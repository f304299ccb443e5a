using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Staging;

/// <summary>Encodes and packs originals before they are written.</summary>
internal sealed class Stager(Database database, ArchiveCodec codec, Originals originals)
{
    public async ValueTask<StagedBlocks> StageAsync(IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return new StagedBlocks(database.Tenant, [], new Dictionary<Fingerprint, int>(), 0);
        var held = await originals.FindHeldAsync(messages.Select(message => message.Fingerprint).Distinct(), cancellationToken)
            .ConfigureAwait(false);
        return Pack(messages, held);
    }

    public static async Task<HashSet<Fingerprint>> ReadPrints(Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var prints = new HashSet<Fingerprint>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            prints.Add(Fingerprint.Read(reader.GetFieldValue<byte[]>(0)));
        return prints;
    }

    private StagedBlocks Pack(IReadOnlyList<ArchivedMessage> messages, IReadOnlyDictionary<Fingerprint, int> held)
    {
        var missing = messages.Where(message => !held.ContainsKey(message.Fingerprint)).DistinctBy(message => message.Fingerprint).ToList();
        var encoded = missing.ConvertAll(message => codec.Encode(message.Message));
        var (packed, places) = BlockPacker.Pack(encoded.ConvertAll(one => one.Json));
        var items = packed.Select(_ => new List<BlockItem>()).ToList();
        for (var i = 0; i < missing.Count; i++)
        {
            var place = places[i];
            items[place.Block]
                .Add(new BlockItem(missing[i].Fingerprint, place.Start, place.Length, place.Checksum, encoded[i].SecretsRedacted));
        }

        return new StagedBlocks(
            database.Tenant,
            [.. packed.Select((block, i) => new StagedBlock(block.Bytes, block.Length, items[i]))],
            held,
            encoded.Sum(one => one.SecretsRedacted));
    }
}
