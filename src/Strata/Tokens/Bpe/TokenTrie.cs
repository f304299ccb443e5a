using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Tokens.Bpe;

/// <summary>All tokens as a double-array trie: the longest token at a position, and the prefixes of a token that are tokens.</summary>
/// <remarks>
/// A cell is one word: where the children begin (24 bits), token + 1 or 0 (24 bits), the byte that leads here + 1 (9 bits at 55). No two
/// nodes share the place where their children begin, so the byte alone tells whether a cell belongs to the node asked.
/// </remarks>
internal sealed unsafe class TokenTrie
{
    public const int None = -1;

    private const int BaseBits = 24;
    private const int LabelShift = 55;
    private const uint BaseMask = (1 << BaseBits) - 1;

    private readonly ulong[] _cells;
    private readonly ulong* _cell;
    private readonly ulong[] _characters;
    private readonly ulong* _character;
    private readonly int[] _prefixes;
    private readonly int _root;

    private TokenTrie(ulong[] cells, ulong[] characters, int root, int[] prefixes, TokenBytes bytes)
    {
        _cells = cells;
        _cell = (ulong*)Unsafe.AsPointer(ref _cells[0]);
        _characters = characters;
        _character = (ulong*)Unsafe.AsPointer(ref _characters[0]);
        _root = root;
        _prefixes = prefixes;
        Bytes = bytes;
    }

    public TokenBytes Bytes { get; }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TokenTrie Build(Vocabulary vocabulary)
    {
        TokenBytes bytes = new(vocabulary);
        TrieNodes nodes = TrieNodes.Build(vocabulary, bytes);
        int[] bases = DoubleArray.Place(nodes, out int size);

        ulong[] cells = GC.AllocateArray<ulong>(size + 256, pinned: true);
        ulong[] characters = GC.AllocateArray<ulong>(1 << 16, pinned: true);
        int[] prefixes = new int[vocabulary.TokenCount];
        int[] nearest = new int[nodes.Count];
        nearest[0] = None;
        for (int node = 1; node < nodes.Count; node++)
        {
            int token = nodes.Token[node], parent = nodes.Parent[node], label = nodes.Label[node];
            cells[bases[parent] + label] = (uint)bases[node] | (ulong)(token + 1) << BaseBits | (ulong)(label + 1) << LabelShift;
            nearest[node] = token == None ? nearest[parent] : token;
            if (token == None)
                continue;
            prefixes[token] = nearest[parent];
            ReadOnlySpan<byte> text = bytes[token];
            if (text[0] is >= 0xC2 and < 0xF0 && Rune.DecodeFromUtf8(text, out Rune rune, out int used) == OperationStatus.Done
                && used == text.Length)
                characters[rune.Value] = cells[bases[parent] + label];
        }

        return new TokenTrie(cells, characters, bases[0], prefixes, bytes);
    }

    /// <summary>The longest token at the start of a non-empty text, and where it ends.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LongestAt(byte* text, byte* end, out byte* tokenEnd)
    {
        ulong* cells = _cell;
        int children = _root, best = 0;
        tokenEnd = text;

        // A character that is a token takes one step instead of one a byte.
        if (*text >= 0xC2 && end - text >= 3)
        {
            ulong cell = *text < 0xE0 ? _character[(*text & 0x1F) << 6 | (text[1] & 0x3F)]
                : *text < 0xF0 ? _character[(*text & 0x0F) << 12 | (text[1] & 0x3F) << 6 | (text[2] & 0x3F)] : 0;
            if (cell != 0)
            {
                text += *text < 0xE0 ? 2 : 3;
                best = (int)(cell >> BaseBits & BaseMask);
                tokenEnd = text;
                children = (int)(cell & BaseMask);
            }
        }

        for (; text < end; text++)
        {
            uint label = *text;
            ulong cell = cells[children + (int)label];
            if (cell >> LabelShift != label + 1)
                break;
            int token = (int)(cell >> BaseBits & BaseMask);
            if (token != 0)
            {
                best = token;
                tokenEnd = text + 1;
            }

            children = (int)(cell & BaseMask);
        }

        return best - 1;
    }

    /// <summary>The longest token that is a proper prefix of <paramref name="token"/>, or <see cref="None"/>.</summary>
    public int PrefixOf(int token) => _prefixes[token];
}
