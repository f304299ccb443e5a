using System.Text;

namespace Strata.Tokens.Bpe;

/// <summary>Finds the longest head or tail of a text that has at most so many tokens.</summary>
/// <remarks>
/// A longer head may have fewer tokens ("un", "believ", "able" against "unbelievable"), so the place where the tokens of the whole text
/// reach the number is only a first guess. Every end up to <see cref="Reach"/> chars beyond it is then tried, longest first, by counting
/// what it leaves. Farther ends cannot fit unless the piece at that place (a word, a run of symbols) is itself longer than that.
/// </remarks>
internal readonly struct TextFitter(BpeTokenizer tokenizer, PieceCounterPool counters)
{
    private const int Reach = 64;

    // Trying many ends of a piece that is longer than this (a megabyte of one letter) would not be linear any more.
    private const int LongPiece = 4096;

    // The tail is looked for in parts of about so many chars, then in a part of the first that does not fit.
    private const int Part = 8192;
    private const int SmallPart = 256;

    public int Head(ReadOnlySpan<char> text, int maxTokens)
    {
        if (maxTokens <= 0 || text.IsEmpty)
            return 0;

        PieceCounter counter = counters.Rent();
        int from, guess, pieceStart;
        long budget = maxTokens;
        try
        {
            Utf8Window window = counter.Window;
            window.Clear();
            ReadOnlySpan<char> rest = text;
            int consumed = 0;
            while (true)
            {
                window.Append(ref rest);
                int cut = rest.IsEmpty ? window.Length : window.FindCut();
                long tokens = counter.Count(0, cut, budget);
                if (tokens > budget)
                {
                    PieceAtLimit piece = counter.FindLimit(cut, budget);
                    int tokensEnd = counter.EndOfTokens(piece.Start, piece.End, (int)(budget - piece.TokensBefore));
                    from = consumed + window.CharsTo(piece.PreviousStart);
                    pieceStart = consumed + window.CharsTo(piece.Start);
                    guess = consumed + window.CharsTo(tokensEnd);
                    budget -= piece.TokensBeforePrevious;
                    break;
                }

                if (rest.IsEmpty)
                    return text.Length;
                budget -= tokens;
                consumed += window.CharsTo(cut);
                window.Consume(cut);
            }
        }
        finally
        {
            counters.Return(counter);
        }

        int reach = guess - pieceStart > LongPiece ? 0 : Reach;
        for (int end = Math.Min(guess + reach, text.Length), last = Math.Max(pieceStart, guess - Reach); end > last; end--)
        {
            if (!SplitsPair(text, end) && tokenizer.CountUpTo(text[from..end], (int)budget) <= budget)
                return end;
        }

        return pieceStart;
    }

    /// <summary>Where the longest tail that fits starts.</summary>
    public int TailStart(ReadOnlySpan<char> text, int maxTokens)
    {
        if (maxTokens <= 0)
            return text.Length;

        int end = text.Length, budget = maxTokens;
        foreach (int size in (ReadOnlySpan<int>)[Part, SmallPart])
        {
            while (true)
            {
                if (end == 0)
                    return 0;
                int start = LastCut(text, Math.Max(0, end - size));
                int tokens = tokenizer.CountUpTo(text[start..end], budget);
                if (tokens > budget)
                    break;
                budget -= tokens;
                end = start;
            }
        }

        return TailStartIn(text, LastCut(text, Math.Max(0, end - SmallPart)), end, budget);
    }

    /// <summary>The start of the longest tail of the part that fits; the whole part does not.</summary>
    private int TailStartIn(ReadOnlySpan<char> text, int partStart, int partEnd, int budget)
    {
        ReadOnlySpan<char> part = text[partStart..partEnd];
        int total = tokenizer.Count(part), guess, pieceEnd;
        PieceCounter counter = counters.Rent();
        try
        {
            Utf8Window window = counter.Window;
            window.Clear();
            for (ReadOnlySpan<char> rest = part; !rest.IsEmpty;)
            {
                window.Append(ref rest);
                window.Grow();
            }

            PieceAtLimit piece = counter.FindLimit(window.Length, (long)total - budget - 1);
            int kept = (int)(budget - (total - piece.TokensBefore - piece.Tokens));
            guess = window.CharsTo(counter.EndOfTokens(piece.Start, piece.End, piece.Tokens - kept));
            pieceEnd = window.CharsTo(piece.End);
        }
        finally
        {
            counters.Return(counter);
        }

        int reach = pieceEnd - guess > LongPiece ? 0 : Reach;
        for (int start = Math.Max(guess - reach, 0), last = Math.Min(pieceEnd, guess + Reach); start < last; start++)
        {
            if (!SplitsPair(part, start) && tokenizer.CountUpTo(part[start..], budget) <= budget)
                return partStart + start;
        }

        return partStart + pieceEnd;
    }

    /// <summary>The last place at or before <paramref name="index"/> at which the text may be counted in two parts, or 0.</summary>
    private static int LastCut(ReadOnlySpan<char> text, int index)
    {
        if (SplitsPair(text, index))
            index--;
        if (index == 0)
            return 0;
        Rune.DecodeFromUtf16(text[index..], out Rune right, out _);
        while (index > 0)
        {
            Rune.DecodeLastFromUtf16(text[..index], out Rune left, out int length);
            if (PatternParts.AlwaysSplitsBetween(left, right))
                return index;
            right = left;
            index -= length;
        }

        return 0;
    }

    private static bool SplitsPair(ReadOnlySpan<char> text, int index) =>
        index > 0 && index < text.Length && char.IsSurrogatePair(text[index - 1], text[index]);
}
