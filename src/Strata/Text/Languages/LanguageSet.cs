using System.Numerics;

namespace Strata.Text.Languages;

/// <summary>Some of the <see cref="KnownLanguages"/>, a bit for each.</summary>
internal readonly record struct LanguageSet(ulong Bits)
{
    public static LanguageSet English { get; } = new(1);

    public bool IsEmpty => Bits == 0;

    public static LanguageSet operator |(LanguageSet one, LanguageSet other) => new(one.Bits | other.Bits);

    public Enumerator GetEnumerator() => new(Bits);

    /// <summary>The languages in their order.</summary>
    internal struct Enumerator(ulong bits)
    {
        private ulong _left = bits;

        public LanguageData Current { get; private set; } = null!;

        public bool MoveNext()
        {
            if (_left == 0)
                return false;
            Current = KnownLanguages.All[BitOperations.TrailingZeroCount(_left)];
            _left &= _left - 1;
            return true;
        }
    }
}
