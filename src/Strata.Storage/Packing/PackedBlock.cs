namespace Strata.Storage.Packing;

/// <summary>Texts that are compressed together, because what lies side by side in a conversation resembles each other.</summary>
/// <param name="Bytes">Brotli.</param>
/// <param name="Length">Bytes uncompressed.</param>
internal sealed record PackedBlock(byte[] Bytes, int Length);

/// <summary>Where one item of a packing went.</summary>
/// <param name="Block">Index among the blocks of the packing.</param>
/// <param name="Start">First byte in the uncompressed block.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Checksum">CRC-32C of the bytes.</param>
internal readonly record struct PackedItem(int Block, int Start, int Length, uint Checksum);
