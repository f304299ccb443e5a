using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Native;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>Writes staged originals, within a transaction, and notes that a session holds them.</summary>
internal sealed class OriginalKeeper(Connection db, long tenant, long session, long at)
{
    private readonly Originals _originals = new(db, tenant);
    private readonly Holdings _holdings = new(db, session);

    /// <summary>The ids of all that was staged.</summary>
    /// <exception cref="StaleStagingException">The staging trusts in what is not there any more.</exception>
    public Dictionary<Fingerprint, long> Keep(Staged staged, bool areMade)
    {
        var view = Stager.ViewOf(db, tenant);
        if (view.Prunes != staged.View.Prunes)
            throw new StaleStagingException();
        var ids = new Dictionary<Fingerprint, long>(staged.Known);
        var (fresh, blocks) = (staged.Fresh, staged.Blocks);
        if (view.Newest != staged.View.Newest && _originals.Find(fresh.Select(item => item.Fingerprint)) is { Count: > 0 } meanwhile)
        {
            foreach (var (fingerprint, id) in meanwhile)
                ids[fingerprint] = id;
            (fresh, blocks) = Without(meanwhile, fresh, blocks);
        }

        _holdings.Add(ids.Values);
        var written = blocks.Select(new Blocks(db, tenant).Insert).ToList();
        var first = 0L;
        foreach (var (fingerprint, item, secrets) in fresh)
        {
            var id = _originals.Insert(fingerprint, written[item.Block], item, secrets, areMade, session, at);
            first = first == 0 ? id : first;
            ids[fingerprint] = id;
        }

        if (first > 0)
            _holdings.Own(first, db.LastId);
        return ids;
    }

    // Another writer was faster with some of them: what it wrote is not written twice.
    private static (IReadOnlyList<StagedItem> Fresh, IReadOnlyList<PackedBlock> Blocks) Without(
        Dictionary<Fingerprint, long> known, IReadOnlyList<StagedItem> fresh, IReadOnlyList<PackedBlock> blocks)
    {
        var rest = fresh.Where(item => !known.ContainsKey(item.Fingerprint)).ToList();
        var texts = blocks.Select(block => BlockPacker.Read(block.Bytes, block.Length)).ToList();
        var (packed, places) = BlockPacker.Pack([.. rest.Select(item => (ReadOnlyMemory<byte>)texts[item.Item.Block].AsMemory(item.Item.Start, item.Item.Length))]);
        return ([.. rest.Select((item, i) => item with { Item = places[i] })], packed);
    }
}
