using Strata.Transcripts;

namespace Strata.Storage.Postgres.Tables;

/// <summary>A block that is ready to be written.</summary>
/// <param name="Bytes">Brotli.</param>
/// <param name="Length">Bytes uncompressed.</param>
/// <param name="Items">What it holds.</param>
internal sealed record StagedBlock(byte[] Bytes, int Length, IReadOnlyList<BlockItem> Items)
{
    public IReadOnlyDictionary<Fingerprint, int> Slots { get; } =
        Items.Select((item, slot) => (item, slot)).ToDictionary(pair => pair.item.Print, pair => pair.slot);
}
