using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Storage.Postgres;

/// <summary>Blocks that are ready to be written.</summary>
/// <param name="Tenant">Whose they are.</param>
/// <param name="Blocks">The originals that the archive did not hold.</param>
/// <param name="Held">The originals that it held.</param>
/// <param name="SecretsRedacted">Placeholders in the blocks.</param>
internal sealed record StagedBlocks(string Tenant, IReadOnlyList<StagedBlock> Blocks, IReadOnlySet<Fingerprint> Held, int SecretsRedacted) : IStagedOriginals
{
    public bool Knows(Fingerprint print) => Held.Contains(print) || Blocks.Any(block => block.Slots.ContainsKey(print));
}

/// <summary>One block.</summary>
/// <param name="Bytes">Brotli.</param>
/// <param name="Length">Bytes uncompressed.</param>
/// <param name="Items">What it holds.</param>
internal sealed record StagedBlock(byte[] Bytes, int Length, IReadOnlyList<BlockItem> Items)
{
    public IReadOnlyDictionary<Fingerprint, int> Slots { get; } = Items.Select((item, slot) => (item, slot)).ToDictionary(pair => pair.item.Print, pair => pair.slot);
}
