namespace Strata.Text;

/// <summary>What a char does to the words around it.</summary>
internal enum WordClass : byte
{
    /// <summary>White space, punctuation, symbols: between words.</summary>
    Gap,

    /// <summary>Letters, marks, digits and <c>_</c> of scripts whose words stand between blanks.</summary>
    Letter,

    /// <summary>Inside a word when letters stand on both sides: apostrophes, hyphens, joiners without width.</summary>
    Joiner,

    /// <summary>Inside a number when digits stand on both sides.</summary>
    NumberJoiner,

    /// <summary>Han, kana, bopomofo: no blanks between words.</summary>
    Cjk,

    /// <summary>Thai, Lao, Khmer, Burmese: no blanks between words, several chars to a syllable.</summary>
    SoutheastAsian,

    /// <summary>Pictographs.</summary>
    Emoji,
}
