using Strata.Archives;
using Strata.Storage.Packing;

namespace Strata.Storage.Postgres.Search;

/// <summary>
/// Which terms blocks hold, as lists of codes. A block is indexed by itself first; <see cref="Fan"/> of them together become a run that is
/// cut into as many parts by code, so that a search reads one part of each run for a word.
/// </summary>
internal static class TermRun
{
    /// <summary>The part of a run of one block: all its codes.</summary>
    public const int Whole = -1;

    /// <summary>
    /// Blocks of a run, and its parts. A search reads some 10 KB for each block that is in no run yet, and as much for each run and word.
    /// </summary>
    public const int Fan = 128;

    private const int Width = (1 << TermHash.Bits) / Fan;

    public static int PartOf(int code) => code / Width;

    /// <summary>Codes as distances: most take a byte or two.</summary>
    /// <param name="part">Which part of the run it is.</param>
    /// <param name="blocks">Blocks with their codes, ascending.</param>
    public static byte[] Write(int part, IReadOnlyCollection<(long Block, ArraySegment<int> Codes)> blocks)
    {
        var numbers = new NumberWriter();
        numbers.Write(blocks.Count);
        foreach (var (block, codes) in blocks)
        {
            numbers.WriteNear(block);
            numbers.Write(codes.Count);
            var last = First(part);
            foreach (var code in codes)
            {
                numbers.Write(code - last);
                last = code;
            }
        }

        return numbers.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static List<(long Block, int[] Codes)> Read(int part, ReadOnlySpan<byte> bytes)
    {
        var numbers = new NumberReader(bytes);
        var blocks = new List<(long, int[])>();
        for (var count = numbers.ReadCount(); count > 0; count--)
        {
            var block = numbers.ReadNear();
            var codes = new int[numbers.ReadCount()];
            var last = First(part);
            for (var i = 0; i < codes.Length; i++)
                codes[i] = last += numbers.ReadInt32();
            blocks.Add((block, codes));
        }

        return blocks;
    }

    /// <summary>The parts of the run that blocks make together.</summary>
    public static IEnumerable<(int Part, byte[] Codes)> Cut(IReadOnlyList<(long Block, int[] Codes)> blocks)
    {
        var next = new int[blocks.Count];
        for (var part = 0; part < Fan; part++)
        {
            var cut = new List<(long, ArraySegment<int>)>(blocks.Count);
            for (var i = 0; i < blocks.Count; i++)
            {
                var (first, codes) = (next[i], blocks[i].Codes);
                while (next[i] < codes.Length && PartOf(codes[next[i]]) == part)
                    next[i]++;
                cut.Add((blocks[i].Block, new ArraySegment<int>(codes, first, next[i] - first)));
            }

            yield return (part, Write(part, cut));
        }
    }

    private static int First(int part) => part == Whole ? 0 : part * Width;
}
