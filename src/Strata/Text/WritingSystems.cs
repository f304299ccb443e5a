namespace Strata.Text;

/// <summary>Scripts as far as they tell a language: the tag of the language that mostly uses each.</summary>
internal static class WritingSystems
{
    /// <summary>Stands for all languages in Latin letters, which stop words part.</summary>
    public const string Latin = "latin";

    /// <summary>Stands for a Cyrillic word without a letter that only one language has.</summary>
    public const string Cyrillic = "cyrillic";

    /// <summary>Null for what is no letter, or of a script that is not listed.</summary>
    public static string? Of(int first, ReadOnlySpan<char> word) => first switch
    {
        < 'A' => null,
        < 0x0250 or (>= 0x1E00 and <= 0x1EFF) => Latin,
        >= 0x0370 and <= 0x03FF => "el",
        >= 0x0400 and <= 0x052F => CyrillicOf(word),
        >= 0x0530 and <= 0x058F => "hy",
        >= 0x0590 and <= 0x05FF => "he",
        >= 0x0600 and <= 0x06FF => ArabicOf(word),
        >= 0x0900 and <= 0x097F => "hi",
        >= 0x0980 and <= 0x09FF => "bn",
        >= 0x0A80 and <= 0x0AFF => "gu",
        >= 0x0B80 and <= 0x0BFF => "ta",
        >= 0x0C00 and <= 0x0C7F => "te",
        >= 0x0C80 and <= 0x0CFF => "kn",
        >= 0x0D00 and <= 0x0D7F => "ml",
        >= 0x0D80 and <= 0x0DFF => "si",
        >= 0x0E00 and <= 0x0E7F => "th",
        >= 0x0E80 and <= 0x0EFF => "lo",
        >= 0x1000 and <= 0x109F => "my",
        >= 0x10A0 and <= 0x10FF => "ka",
        >= 0x1100 and <= 0x11FF or (>= 0xAC00 and <= 0xD7AF) => "ko",
        >= 0x1200 and <= 0x137F => "am",
        >= 0x1780 and <= 0x17FF => "km",
        >= 0x3041 and <= 0x30FF => "ja",
        >= 0x3400 and <= 0x9FFF or (>= 0x20000 and <= 0x3FFFF) => word[^1] is >= '\u3041' and <= '\u30FF' ? "ja" : "zh",
        _ => null,
    };

    /// <summary>The language that alone among the lists writes one of the word's Latin letters, or null.</summary>
    public static string? LettersOf(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            switch (c)
            {
                case < '\u0080':
                    break;
                case 'ß':
                    return "de";
                case 'ñ':
                    return "es";
                case 'ã' or 'õ':
                    return "pt";
                case 'ł' or 'ą' or 'ę' or 'ś' or 'ź' or 'ż':
                    return "pl";
                case 'ğ' or 'ı' or 'ş':
                    return "tr";
                case 'ơ' or 'ư' or 'đ' or (>= '\u1EA0' and <= '\u1EF9'):
                    return "vi";
                default:
                    break;
            }
        }

        return null;
    }

    private static string CyrillicOf(ReadOnlySpan<char> word)
    {
        if (word.IndexOfAny("іїєґІЇЄҐ") >= 0)
            return "uk";
        return word.IndexOfAny("ыэёЫЭЁ") >= 0 ? "ru" : Cyrillic;
    }

    private static string ArabicOf(ReadOnlySpan<char> word)
    {
        if (word.IndexOfAny("ٹڈڑںےھہ") >= 0)
            return "ur";
        return word.IndexOfAny("پچژگکی") >= 0 ? "fa" : "ar";
    }
}
