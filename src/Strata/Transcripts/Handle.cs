using System.Diagnostics.CodeAnalysis;

namespace Strata.Transcripts;

/// <summary>
/// The short name of an original that left the context: 12 letters and digits made from its content, so the same original has the same
/// handle wherever it stands. 60 bits: among a million originals two share a handle with a chance of one in two million.
/// </summary>
public readonly record struct Handle
{
    /// <summary>Length in chars.</summary>
    public const int Length = 12;

    // Crockford's base 32 without look-alikes (i, l, o, u): a handle is read aloud and typed by people.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private readonly ulong _bits;

    private Handle(ulong bits) => _bits = bits;

    /// <summary>The handle made of a fingerprint's first 60 bits: of a message's, the one that <c>search</c> names it by.</summary>
    public static Handle Of(Fingerprint fingerprint) => new(fingerprint.High >> 4);

    /// <summary>The handle as a number for stores: 0 to 2^60 − 1.</summary>
    public static Handle FromInt64(long value) => value >> 60 == 0
        ? new((ulong)value)
        : throw new ArgumentOutOfRangeException(nameof(value), value, "A handle has 60 bits.");

    /// <summary>The number that <see cref="FromInt64"/> takes.</summary>
    public long ToInt64() => (long)_bits;

    /// <summary>Reads a handle as people type it: upper case, <c>i</c> and <c>l</c> for 1, <c>o</c> for 0 are understood.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Handle handle)
    {
        handle = default;
        if (text is not { Length: Length })
            return false;
        var value = 0UL;
        foreach (var typed in text)
        {
            var letter = char.ToLowerInvariant(typed) switch { 'i' or 'l' => '1', 'o' => '0', var other => other };
            var digit = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (digit < 0)
                return false;
            value = (value << 5) | (uint)digit;
        }

        handle = new Handle(value);
        return true;
    }

    /// <summary>The 12 chars.</summary>
    public override string ToString() => string.Create(Length, _bits, static (chars, value) =>
    {
        for (var i = chars.Length - 1; i >= 0; i--, value >>= 5)
            chars[i] = Alphabet[(int)(value & 31)];
    });
}
