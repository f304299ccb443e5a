using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>
/// Merges a short piece by the definition: the pair with the lowest rank first. Quadratic, and the fastest for what is short.
/// </summary>
internal static unsafe class Merger
{
    public const int MaxLength = 128;

    /// <summary>The number of tokens written to <paramref name="tokens"/>, which has room for <paramref name="length"/>.</summary>
    [SkipLocalsInit]
    public static int Encode(Vocabulary vocabulary, byte* text, int length, int* tokens)
    {
        MergeTable merges = vocabulary.Merges;
        ref int byteToken = ref vocabulary.ByteTokens[0];
        int* ranks = stackalloc int[MaxLength];
        tokens[0] = Unsafe.Add(ref byteToken, text[0]);
        for (int i = 1; i < length; i++)
        {
            tokens[i] = Unsafe.Add(ref byteToken, text[i]);
            ranks[i - 1] = merges.Find(tokens[i - 1], tokens[i]);
        }

        int count = length;
        while (count > 1)
        {
            int best = MergeTable.None, at = 0;
            for (int i = 0; i < count - 1; i++)
            {
                if (ranks[i] < best)
                    (best, at) = (ranks[i], i);
            }

            if (best == MergeTable.None)
                break;

            tokens[at] = best;
            count--;
            for (int i = at + 1; i < count; i++)
            {
                tokens[i] = tokens[i + 1];
                ranks[i - 1] = ranks[i];
            }

            // The loop above moved the rank at `at + 1` to `at`; both neighbours of the merged token are asked anew.
            if (at > 0)
                ranks[at - 1] = merges.Find(tokens[at - 1], best);
            if (at < count - 1)
                ranks[at] = merges.Find(best, tokens[at + 1]);
        }

        return count;
    }
}
