using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>The blocks of one tenant.</summary>
internal sealed class Blocks(Connection db, long tenant)
{
    // Blocks in memory packed at a time; more than any machine unpacks at once.
    private const int AtOnce = 64;

    public long Insert(PackedBlock block)
    {
        using var insert = db.Use("INSERT INTO blocks (tenant, length, bytes) VALUES (?1, ?2, ?3)");
        insert.Bind(1, tenant).Bind(2, (long)block.Length).Bind(3, block.Bytes).Run();
        return db.LastId;
    }

    /// <summary>The first bytes of a block, uncompressed.</summary>
    /// <exception cref="InvalidDataException">It is not there, or damaged.</exception>
    public byte[] Read(long id, int length) => Read([(id, length)])[0];

    /// <summary>The first bytes of several blocks, uncompressed, in the order asked for.</summary>
    /// <exception cref="InvalidDataException">One is not there, or damaged.</exception>
    public byte[][] Read(IReadOnlyList<(long Id, int Length)> wanted)
    {
        var blocks = new byte[wanted.Count][];
        foreach (var chunk in Enumerable.Range(0, wanted.Count).Chunk(AtOnce))
        {
            var packed = chunk.Select(i => Find(wanted[i].Id, wanted[i].Length)).ToList();
            var faults = new InvalidDataException?[chunk.Length];
            Parallel.For(0, chunk.Length, i =>
            {
                try
                {
                    blocks[chunk[i]] = BlockPacker.Read(packed[i], wanted[chunk[i]].Length);
                }
                catch (InvalidDataException e)
                {
                    faults[i] = e;
                }
            });
            if (Array.FindIndex(faults, fault => fault is not null) is var at and >= 0)
                throw new InvalidDataException($"the block {wanted[chunk[at]].Id} cannot be read", faults[at]);
        }

        return blocks;
    }

    private byte[] Find(long id, int length)
    {
        using var find = db.Use("SELECT length, bytes FROM blocks WHERE id = ?1 AND tenant = ?2");
        if (!find.Bind(1, id).Bind(2, tenant).Step())
            throw new InvalidDataException($"the block {id} is missing");
        return length >= 0 && length <= find.Int64(0)
            ? find.Bytes(1).ToArray()
            : throw new InvalidDataException($"the block {id} is shorter than what is to stand in it");
    }
}
