using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Strata.Tokens.Bpe;

/// <summary>
/// The tokens of an encoding. A token is known by the two older ones it is merged from, so a table of the merges is the whole vocabulary.
/// </summary>
internal sealed unsafe class Vocabulary
{
    private readonly Lazy<TokenTrie> _trie;
    private long[]? _parts;

    public Vocabulary(string name)
    {
        EmbeddedTable table = new(name + ".merges");
        TokenCount = BinaryPrimitives.ReadInt32LittleEndian(table.Span);
        Merges = new MergeTable(table.Pointer, TokenCount);
        ByteValues = table.Span.Slice(MergeLayout.BytesAt, 256).ToArray();
        ByteTokens = new int[256];
        for (int token = 0; token < 256; token++)
            ByteTokens[ByteValues[token]] = token;

        _trie = new Lazy<TokenTrie>(() => TokenTrie.Build(this));
    }

    public int TokenCount { get; }

    public MergeTable Merges { get; }

    /// <summary>The token of a single byte.</summary>
    public int[] ByteTokens { get; }

    /// <summary>The byte of each of the first 256 tokens.</summary>
    public byte[] ByteValues { get; }

    /// <summary>For long pieces; built when they become many, because it takes longer than everything else at start.</summary>
    public TokenTrie Trie => _trie.Value;

    public bool HasTrie => _trie.IsValueCreated;

    /// <summary>The two tokens that merge into this one; for the first 256 the token itself on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (int Left, int Right) PartsOf(int token)
    {
        long parts = Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_parts ??= Merges.Parts(TokenCount)), token);
        return ((int)parts, (int)(parts >> 32));
    }

    /// <summary>The bytes of a token.</summary>
    public int LengthOf(int token)
    {
        int length = 1;
        while (token >= 256)
        {
            (token, int right) = PartsOf(token);
            length += LengthOf(right);
        }

        return length;
    }
}
