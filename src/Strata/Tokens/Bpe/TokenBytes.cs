using System.Runtime.CompilerServices;

namespace Strata.Tokens.Bpe;

/// <summary>The bytes of every token, put together from its parts.</summary>
internal sealed class TokenBytes
{
    private readonly int[] _starts;
    private readonly byte[] _bytes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public TokenBytes(Vocabulary vocabulary)
    {
        int count = vocabulary.TokenCount;
        _starts = new int[count + 1];
        for (int token = 0; token < count; token++)
        {
            (int left, int right) = vocabulary.PartsOf(token);
            _starts[token + 1] = _starts[token] + (token < 256 ? 1 : LengthOf(left) + LengthOf(right));
        }

        _bytes = new byte[_starts[count]];
        vocabulary.ByteValues.CopyTo(_bytes, 0);
        for (int token = 256; token < count; token++)
        {
            (int left, int right) = vocabulary.PartsOf(token);
            Span<byte> target = _bytes.AsSpan(_starts[token]);
            this[left].CopyTo(target);
            this[right].CopyTo(target[LengthOf(left)..]);
        }
    }

    public ReadOnlySpan<byte> this[int token] => _bytes.AsSpan(_starts[token], LengthOf(token));

    public int LengthOf(int token) => _starts[token + 1] - _starts[token];
}
