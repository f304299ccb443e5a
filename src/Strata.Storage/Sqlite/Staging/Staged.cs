using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Staging;

/// <summary>An item that is packed and waits to be written.</summary>
internal readonly record struct StagedItem(Fingerprint Fingerprint, PackedItem Item, int Secrets);

/// <summary>What a snapshot of the archive did not hold, packed, and where it held the rest.</summary>
/// <param name="Owner">The open archive that staged it.</param>
/// <param name="View">The snapshot.</param>
/// <param name="Known">Ids of what was there.</param>
/// <param name="Fresh">What was not.</param>
/// <param name="Blocks">The blocks of <paramref name="Fresh"/>.</param>
internal sealed record Staged(
    Database Owner, StagingView View, IReadOnlyDictionary<Fingerprint, long> Known, IReadOnlyList<StagedItem> Fresh,
    IReadOnlyList<PackedBlock> Blocks) : IStagedOriginals
{
    public int SecretsRedacted => Fresh.Sum(item => item.Secrets);

    /// <summary>Whether other things stand in the same blocks, so that they cannot be packed anew without them.</summary>
    public bool IsShared { get; init; }

    public bool Holds(IReadOnlyList<ArchivedMessage> messages)
    {
        var fresh = Fresh.Select(item => item.Fingerprint).ToHashSet();
        return messages.All(message => Known.ContainsKey(message.Fingerprint) || fresh.Contains(message.Fingerprint));
    }

    /// <summary>The texts of <see cref="Fresh"/>.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Texts()
    {
        var blocks = Blocks.Select(block => BlockPacker.Read(block.Bytes, block.Length)).ToList();
        return [.. Fresh.Select(item => (ReadOnlyMemory<byte>)blocks[item.Item.Block].AsMemory(item.Item.Start, item.Item.Length))];
    }
}

/// <summary>Tells two snapshots apart.</summary>
/// <param name="Newest">The highest id.</param>
/// <param name="Prunes">How often something was removed.</param>
internal readonly record struct StagingView(long Newest, long Prunes);
