namespace Strata.Tokens;

/// <summary>How many tokens another tokenizer needs for 1 000 tokens of o200k_base, by script of the text.</summary>
internal sealed record ScriptRatios(int Latin, int Cyrillic, int Arabic, int Indic, int SoutheastAsian, int Cjk, int Symbols, int Other)
{
    /// <summary>
    /// Tokens of o200k_base in 1 000 code points of each script, measured on prose, code and the Universal Declaration of Human Rights.
    /// They only turn shares of code points into shares of tokens, so a mixed text is weighted by what its parts cost.
    /// </summary>
    private static ReadOnlySpan<long> TokensPerThousand => [250, 275, 315, 360, 430, 610, 800, 600];

    /// <summary>The ratio for a text as a fraction: exact integers, so that equal texts count equal on every machine.</summary>
    public (long Numerator, long Denominator) For(ScriptCounts counts)
    {
        long numerator = 0, denominator = 0;
        for (var i = 0; i < ScriptCounts.Length; i++)
        {
            if (counts[i] == 0)
                continue;
            var weight = counts[i] * TokensPerThousand[i];
            numerator += weight * this[(Script)i];
            denominator += weight * 1000;
        }

        return denominator == 0 ? (Latin, 1000) : (numerator, denominator);
    }

    /// <summary>The smallest ratio among the scripts that occur.</summary>
    public int SmallestFor(ScriptCounts counts)
    {
        var smallest = int.MaxValue;
        for (var i = 0; i < ScriptCounts.Length; i++)
        {
            if (counts[i] > 0)
                smallest = Math.Min(smallest, this[(Script)i]);
        }

        return smallest == int.MaxValue ? Latin : smallest;
    }

    private int this[Script script] => script switch
    {
        Script.Latin => Latin,
        Script.Cyrillic => Cyrillic,
        Script.Arabic => Arabic,
        Script.Indic => Indic,
        Script.SoutheastAsian => SoutheastAsian,
        Script.Cjk => Cjk,
        Script.Symbols => Symbols,
        _ => Other,
    };
}
