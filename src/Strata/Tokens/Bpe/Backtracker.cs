using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>
/// Merges a long piece in linear time: takes the longest token that may follow the one before, and goes back where none may.
/// </summary>
/// <remarks>
/// Two tokens may be neighbours exactly when merging their concatenation leaves them apart. A position that led nowhere is marked and
/// not visited again, hence linear. The idea is that of the Rust crate <c>bpe</c> (github/rust-gems, MIT).
/// </remarks>
internal sealed unsafe class Backtracker(Vocabulary vocabulary)
{
    private const int VerdictBits = 16;

    private readonly ulong[] _verdicts = new ulong[1 << VerdictBits];
    private ulong[] _dead = new ulong[16];
    private int[] _tokens = new int[1024];

    /// <summary>The tokens of the last piece; valid until the next call.</summary>
    public ReadOnlySpan<int> Tokens(int count) => _tokens.AsSpan(0, count);

    /// <summary>Merges a piece; gives the number of its tokens.</summary>
    public int Encode(byte* text, int length)
    {
        TokenTrie trie = vocabulary.Trie;
        TokenBytes bytes = trie.Bytes;
        Reserve(length);
        int[] tokens = _tokens;
        ulong[] dead = _dead;

        int count = 0, position = 0, previous = TokenTrie.None;
        int next = trie.LongestAt(text, text + length, out byte* nextEnd);
        while (next != TokenTrie.None)
        {
            int token = next, end = (int)(nextEnd - text);
            while (true)
            {
                if ((dead[end >> 6] >> end & 1) == 0 && (previous == TokenTrie.None || MayFollow(previous, token)))
                {
                    tokens[count++] = previous = token;
                    position = end;
                    next = end == length ? TokenTrie.None : trie.LongestAt(text + end, text + length, out nextEnd);
                    break;
                }

                token = trie.PrefixOf(token);
                if (token != TokenTrie.None)
                {
                    end = position + bytes.LengthOf(token);
                    continue;
                }

                dead[position >> 6] |= 1UL << position;
                next = previous;
                count--;
                nextEnd = text + position;
                position -= bytes.LengthOf(next);
                previous = count == 0 ? TokenTrie.None : tokens[count - 1];
                break;
            }
        }

        return count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayFollow(int left, int right)
    {
        ulong pair = (ulong)(uint)left << 24 | (uint)right;
        ref ulong verdict = ref _verdicts[pair * 0x9E3779B97F4A7C15 >> (64 - VerdictBits)];
        // The lowest bit is the answer, the next tells an entry from an empty slot.
        if (verdict >> 2 == pair && verdict != 0)
            return (verdict & 1) != 0;
        bool answer = AreStable(left, right);
        verdict = pair << 2 | 2 | (answer ? 1UL : 0);
        return answer;
    }

    /// <summary>
    /// Undoes the merges of both tokens from the last to the first and asks each time whether the two at the seam would have merged before.
    /// </summary>
    private bool AreStable(int left, int right)
    {
        int limit = MergeTable.None;
        while (true)
        {
            if (vocabulary.Merges.Find(left, right) < limit)
                return false;
            if (left > right)
            {
                limit = left;
                left = vocabulary.PartsOf(left).Right;
                if (left != limit)
                    continue;
                limit = right + 1;
                right = vocabulary.PartsOf(right).Left;
                if (right + 1 == limit)
                    return true;
            }
            else
            {
                limit = right + 1;
                right = vocabulary.PartsOf(right).Left;
                if (right + 1 != limit)
                    continue;
                limit = left;
                left = vocabulary.PartsOf(left).Right;
                if (left == limit)
                    return true;
            }
        }
    }

    private void Reserve(int length)
    {
        if (_tokens.Length < length)
            _tokens = new int[Math.Max(length, 2 * _tokens.Length)];
        if (_dead.Length <= length >> 6)
            _dead = new ulong[Math.Max((length >> 6) + 1, 2 * _dead.Length)];
        Array.Clear(_dead, 0, (length >> 6) + 1);
    }
}
