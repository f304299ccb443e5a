using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strata.Tokens.Bpe;

/// <summary>The tokens of an encoding, read from its embedded list of merges (layout: eng/Strata.Vocabulary, <c>MergeList</c>).</summary>
internal sealed unsafe class Vocabulary
{
    private const int BytesStart = 8;
    private const int MergesStart = BytesStart + 256;

    private readonly Lazy<TokenTrie> _trie;
    private readonly long[] _parts;
    private readonly int[] _bytePairs = GC.AllocateUninitializedArray<int>(1 << 16);

    public Vocabulary(string name)
    {
        EmbeddedTable table = new(name + ".merges");
        TokenCount = BinaryPrimitives.ReadInt32LittleEndian(table.Span);
        Merges = new MergeTable(TokenCount);
        ByteTokens = new int[256];
        ByteValues = table.Span.Slice(BytesStart, 256).ToArray();
        for (int token = 0; token < 256; token++)
            ByteTokens[ByteValues[token]] = token;

        _bytePairs.AsSpan().Fill(MergeTable.None);
        _parts = GC.AllocateUninitializedArray<long>(TokenCount);
        ReadMerges(table.Pointer + MergesStart, BinaryPrimitives.ReadInt32LittleEndian(table.Span[4..]));
        _trie = new Lazy<TokenTrie>(() => TokenTrie.Build(this));
    }

    public int TokenCount { get; }

    public MergeTable Merges { get; }

    /// <summary>The token of a single byte.</summary>
    public int[] ByteTokens { get; }

    /// <summary>The byte of each of the first 256 tokens.</summary>
    public byte[] ByteValues { get; }

    /// <summary>For long pieces; built when the first one appears, because it takes longer than everything else at start.</summary>
    public TokenTrie Trie => _trie.Value;

    public bool HasTrie => _trie.IsValueCreated;

    /// <summary>The two tokens that merge into this one; for the first 256 the token itself on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Left, int Right) PartsOf(int token)
    {
        long parts = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_parts), token);
        return ((int)parts, (int)(parts >> 32));
    }

    /// <summary>What two bytes merge into, as <see cref="MergeTable.Find"/>, from a table that stays in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FindBytePair(byte left, byte right) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_bytePairs), left << 8 | right);

    // Runs once and long: the first tier of the JIT would cost more than it saves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadMerges(byte* packed, int bits)
    {
        for (int token = 0; token < 256; token++)
            _parts[token] = (long)token << 32 | (uint)token;

        ulong mask = (1UL << bits) - 1;
        long bit = 0;
        for (int token = 256; token < TokenCount; token++, bit += 2 * bits)
        {
            ulong entry = Unsafe.ReadUnaligned<ulong>(packed + (bit >> 3)) >> (int)(bit & 7);
            int left = (int)(entry & mask), right = (int)(entry >> bits & mask);
            _parts[token] = (long)right << 32 | (uint)left;
            Merges.Add(left, right, token);
            if ((left | right) < 256)
                _bytePairs[ByteValues[left] << 8 | ByteValues[right]] = token;
        }
    }
}
