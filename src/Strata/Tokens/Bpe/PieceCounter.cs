using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>What one thread needs to count: buffers and caches, used again from call to call.</summary>
internal sealed unsafe class PieceCounter(Vocabulary vocabulary, SplitRules rules)
{
    private const int BatchSize = 2048;

    // Up to this the quadratic merge is faster than backtracking.
    private const int ShortPiece = 24;

    // So many bytes are merged the slow way before it pays to build the trie.
    private const int BytesBeforeTrie = 8 * 1024;

    private readonly WordCache _words = new();
    private readonly Backtracker _backtracker = new(vocabulary);
    private readonly BoundaryMap _boundaries = new(rules);
    private readonly int[] _ends = GC.AllocateUninitializedArray<int>(BatchSize + BlockMasks.Size, pinned: true);

    private int _bytesWithoutTrie;

    public Utf8Window Window { get; } = new();

    /// <summary>
    /// Counts from <paramref name="start"/> to <paramref name="end"/>, both of them ends of pieces; stops above the limit.
    /// </summary>
    public long Count(int start, int end, long limit = long.MaxValue)
    {
        byte* text = Window.Start;
        int* ends = (int*)Unsafe.AsPointer(ref _ends[0]);
        long total = 0;
        _boundaries.Build(text, Window.Length);
        while (start < end && total <= limit)
        {
            int pieces = _boundaries.Split(text, start, end, ends, BatchSize);
            for (int i = 0; i < pieces; i++)
            {
                int length = ends[i] - start;
                total += CountPiece(text + start, length);
                start = ends[i];
            }
        }

        return total;
    }

    /// <summary>The first piece up to <paramref name="end"/> with which there are more tokens than <paramref name="budget"/>.</summary>
    /// <remarks>There must be one.</remarks>
    public PieceAtLimit FindLimit(int end, long budget)
    {
        int previous = 0, start = 0, before = 0;
        long used = 0;
        while (true)
        {
            int pieceEnd = rules.Next(Window.Start, start, end);
            int count = CountPiece(Window.Start + start, pieceEnd - start);
            if (used + count > budget || pieceEnd == end)
                return new PieceAtLimit(previous, start, pieceEnd, used - before, used, count);
            used += count;
            before = count;
            previous = start;
            start = pieceEnd;
        }
    }

    /// <summary>Where the first <paramref name="tokens"/> tokens of a piece end.</summary>
    public int EndOfTokens(int start, int end, int tokens)
    {
        foreach (int token in EncodePiece(start, end, stackalloc int[Merger.MaxLength])[..tokens])
            start += vocabulary.LengthOf(token);
        return start;
    }

    /// <summary>Appends the tokens of the piece that starts at <paramref name="start"/>.</summary>
    /// <returns>Where the piece ends.</returns>
    public int Encode(int start, int end, List<int> tokens)
    {
        int pieceEnd = rules.Next(Window.Start, start, end);
        tokens.AddRange(EncodePiece(start, pieceEnd, stackalloc int[Merger.MaxLength]));
        return pieceEnd;
    }

    private ReadOnlySpan<int> EncodePiece(int start, int end, Span<int> buffer)
    {
        byte* piece = Window.Start + start;
        if (UsesTrie(end - start))
            return _backtracker.Tokens(_backtracker.Encode(piece, end - start));
        fixed (int* tokens = buffer)
            return buffer[..Merger.Encode(vocabulary, piece, end - start, tokens)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int CountPiece(byte* piece, int length)
    {
        if (length > WordCache.MaxLength)
            return CountLong(piece, length);
        ulong* entry = _words.Locate(piece, length, out ulong low, out ulong high);
        int count = WordCache.Read(entry, low, high);
        return count != 0 ? count : CountNew(piece, length, entry, low, high);
    }

    private int CountNew(byte* piece, int length, ulong* entry, ulong low, ulong high)
    {
        int count = CountLong(piece, length);
        WordCache.Write(entry, low, high, count);
        return count;
    }

    [SkipLocalsInit]
    private int CountLong(byte* piece, int length)
    {
        if (UsesTrie(length))
            return _backtracker.Encode(piece, length);
        int* tokens = stackalloc int[Merger.MaxLength];
        return Merger.Encode(vocabulary, piece, length, tokens);
    }

    private bool UsesTrie(int length)
    {
        if (length <= ShortPiece)
            return false;
        if (vocabulary.HasTrie || length > Merger.MaxLength || _bytesWithoutTrie > BytesBeforeTrie)
            return true;
        _bytesWithoutTrie += length;
        return false;
    }
}
