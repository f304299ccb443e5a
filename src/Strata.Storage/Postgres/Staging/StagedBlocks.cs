using Strata.Archives;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Staging;

/// <summary>Blocks that are ready to be written.</summary>
/// <param name="Tenant">Whose they are.</param>
/// <param name="Blocks">The originals that the archive did not hold.</param>
/// <param name="Held">The originals that it held, each with the placeholders in it.</param>
/// <param name="SecretsRedacted">Placeholders in the blocks.</param>
internal sealed record StagedBlocks(
    string Tenant, IReadOnlyList<StagedBlock> Blocks, IReadOnlyDictionary<Fingerprint, int> Held, int SecretsRedacted) : IStagedOriginals
{
    /// <summary>With what was staged later.</summary>
    public StagedBlocks With(StagedBlocks more) => this with
    {
        Blocks = [.. Blocks, .. more.Blocks],
        Held = Held.Concat(more.Held).DistinctBy(held => held.Key).ToDictionary(held => held.Key, held => held.Value),
        SecretsRedacted = SecretsRedacted + more.SecretsRedacted,
    };

    /// <summary>The placeholders in an original.</summary>
    public int SecretsOf(Fingerprint print)
    {
        if (Held.TryGetValue(print, out var secrets))
            return secrets;
        foreach (var block in Blocks)
        {
            if (block.Slots.TryGetValue(print, out var slot))
                return block.Items[slot].Secrets;
        }

        return 0;
    }

    public bool Knows(Fingerprint print) => Held.ContainsKey(print) || Blocks.Any(block => block.Slots.ContainsKey(print));
}
