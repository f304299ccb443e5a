using System.Runtime.CompilerServices;

namespace Strata.Text.Languages;

/// <summary>Folds letters so that forms of one word are written alike.</summary>
internal static class LetterFolding
{
    /// <summary>The char in lower case without diacritics; 0 for what is left out, such as a vowel point.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static char Fold(char c) => c switch
    {
        < '\u0080' => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c,
        < '\u00C0' => c == '\u00AD' ? '\0' : c,
        < '\u0180' => Latin[c - 0xC0],
        _ => FoldOther(c),
    };

    private static char FoldOther(char c) => c switch
    {
        >= '\u0300' and <= '\u036F' => '\0',
        'ά' or 'Ά' => 'α',
        'έ' or 'Έ' => 'ε',
        'ή' or 'Ή' => 'η',
        'ί' or 'ϊ' or 'ΐ' or 'Ί' => 'ι',
        'ό' or 'Ό' => 'ο',
        'ύ' or 'ϋ' or 'ΰ' or 'Ύ' => 'υ',
        'ώ' or 'Ώ' => 'ω',
        'ς' => 'σ',
        'ё' or 'Ё' => 'е',
        >= '\u0591' and <= '\u05C7' => '\0',   // Hebrew points
        'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
        'ى' or 'ی' => 'ي',
        'ة' or 'ہ' => 'ه',
        'ک' => 'ك',
        'ـ' or (>= '\u064B' and <= '\u065F') or '\u0670' => '\0',   // tatweel and Arabic points
        '\u093C' or (>= '\u200B' and <= '\u200F') or (>= '\uFE00' and <= '\uFE0F') => '\0',
        >= '\uFF01' and <= '\uFF5E' => Fold((char)(c - 0xFEE0)),
        _ => char.ToLowerInvariant(c),
    };

    // U+00C0 to U+017F without their diacritics.
    private const string Latin =
        "aaaaaaaceeeeiiiidnooooo×ouuuuytsaaaaaaaceeeeiiiidnooooo÷ouuuuytyaaaaaaccccccccddddeeeeeeeeeegggg" +
        "gggghhhhiiiiiiiiiiiijjkkkllllllllllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
}
