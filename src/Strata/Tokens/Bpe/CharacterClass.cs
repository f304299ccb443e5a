namespace Strata.Tokens.Bpe;

/// <summary>What the split patterns ask of a code point. The values are those of the embedded table.</summary>
internal static class CharacterClass
{
    /// <summary>Punctuation, symbols, controls, unassigned.</summary>
    public const byte Other = 0;

    /// <summary>Lu and Lt.</summary>
    public const byte Upper = 1;

    /// <summary>Ll.</summary>
    public const byte Lower = 2;

    /// <summary>Lm and Lo: both cases at once for the patterns.</summary>
    public const byte Letter = 3;

    /// <summary>Nd, Nl and No.</summary>
    public const byte Number = 4;

    /// <summary>White_Space without CR and LF.</summary>
    public const byte Space = 5;

    /// <summary>CR and LF.</summary>
    public const byte Newline = 6;

    /// <summary>Mn, Mc and Me.</summary>
    public const byte Mark = 7;
}
