using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Native;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>The blocks of one tenant.</summary>
internal sealed class Blocks(Connection db, long tenant)
{
    public long Insert(PackedBlock block)
    {
        using var insert = db.Use("INSERT INTO blocks (tenant, length, bytes) VALUES (?1, ?2, ?3)");
        insert.Bind(1, tenant).Bind(2, (long)block.Length).Bind(3, block.Bytes).Run();
        return db.LastId;
    }

    /// <summary>The first bytes of a block, uncompressed.</summary>
    /// <exception cref="InvalidDataException">It is not there, or damaged.</exception>
    public byte[] Read(long id, int length)
    {
        using var find = db.Use("SELECT length, bytes FROM blocks WHERE id = ?1 AND tenant = ?2");
        if (!find.Bind(1, id).Bind(2, tenant).Step())
            throw new InvalidDataException($"the block {id} is missing");
        if (length < 0 || length > find.Int64(0))
            throw new InvalidDataException($"the block {id} is shorter than what is to stand in it");
        try
        {
            return BlockPacker.Read(find.Bytes(1), length);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"the block {id} cannot be read", e);
        }
    }
}
