using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>Writes staged originals, within a transaction, and notes that a session holds them.</summary>
internal sealed class OriginalKeeper(Connection db, long tenant, long session, long at)
{
    private readonly Originals _originals = new(db, tenant);
    private readonly Holdings _holdings = new(db, session);

    /// <summary>Ids of the blocks that a session file's pieces stand in too.</summary>
    public IReadOnlyList<long> SharedBlocks { get; private set; } = [];

    /// <summary>The ids of all that was staged.</summary>
    /// <exception cref="StaleStagingException">The staging trusts in what is not there any more.</exception>
    public Dictionary<Fingerprint, long> Keep(Staged staged, bool areMade)
    {
        var view = Stager.ViewOf(db, tenant);
        if (view.Prunes != staged.View.Prunes)
            throw new StaleStagingException();
        var ids = new Dictionary<Fingerprint, long>(staged.Known);
        if (view.Newest != staged.View.Newest && _originals.Find(staged.Fresh.Select(item => item.Fingerprint)) is { Count: > 0 } meanwhile)
        {
            if (staged.IsShared)
                throw new StaleStagingException();
            foreach (var (fingerprint, id) in meanwhile)
                ids[fingerprint] = id;
            staged = Without(meanwhile, staged);
        }

        _holdings.Add(ids.Values);
        var written = staged.Blocks.Select(new Blocks(db, tenant).Insert).ToList();
        if (staged.IsShared)
            SharedBlocks = written;
        var first = 0L;
        foreach (var (fingerprint, item, secrets) in staged.Fresh)
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
    private static Staged Without(Dictionary<Fingerprint, long> known, Staged staged)
    {
        var texts = staged.Texts();
        var rest = Enumerable.Range(0, staged.Fresh.Count).Where(i => !known.ContainsKey(staged.Fresh[i].Fingerprint)).ToList();
        var (blocks, places) = BlockPacker.Pack([.. rest.Select(i => texts[i])]);
        return staged with { Fresh = [.. rest.Select((item, i) => staged.Fresh[item] with { Item = places[i] })], Blocks = blocks };
    }
}
