using System.Text;
using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>Tells whether an answer is in another language than the conversation. What could be either passes.</summary>
internal static class AnswerLanguage
{
    // Fewer words tell nothing: names and quotes are in any language.
    private const int LeastWords = 12;
    private const int LeastStopWords = 6;

    // A text has a stop word in three words, a quote in it has some of another language.
    private const double OwnShare = 1 / 3.0;
    private const double OwnScriptShare = .2;

    /// <summary>The tag of the language it is in; null when it is in the expected one, or when that cannot be told.</summary>
    public static string? Other(string answer, string expected)
    {
        expected = PrimaryOf(expected);
        if (expected == Language.Unknown)
            return null;
        var found = Language.Of(answer);
        if (found == Language.Unknown || found == expected)
            return null;
        var (ownIndex, otherIndex) = (StopWords.IndexOf(expected), StopWords.IndexOf(found));
        var (words, inOwnScript, inOtherScript, own, other) = (0, 0, 0, 0, 0);
        foreach (var word in WordSplitter.Split(answer.AsSpan(0, Math.Min(answer.Length, Language.ReadChars))))
        {
            _ = Rune.DecodeFromUtf16(word, out var first, out _);
            if (WritingSystems.Of(first.Value, word) is not { } script)
                continue;
            words++;
            inOwnScript += IsOf(script, expected) ? 1 : 0;
            inOtherScript += IsOf(script, found) ? 1 : 0;
            var bits = StopWords.LanguagesOf(word);
            own += ownIndex >= 0 && (bits & (1u << ownIndex)) != 0 ? 1 : 0;
            other += otherIndex >= 0 && (bits & (1u << otherIndex)) != 0 ? 1 : 0;
        }

        if (words < LeastWords)
            return null;
        bool isOther;
        if (ScriptOf(expected) == ScriptOf(found))
            isOther = ownIndex < 0 || (other >= LeastStopWords && own <= other * OwnShare) || (own == 0 && inOtherScript >= 2 * LeastWords);
        else if (ScriptOf(found) == WritingSystems.Latin)
            isOther = inOwnScript < words * OwnScriptShare && other >= LeastStopWords;
        else
            isOther = inOwnScript < words * OwnScriptShare || inOwnScript * 2 < inOtherScript;
        return isOther ? found : null;
    }

    private static string PrimaryOf(string tag) => tag.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 ? tag[..dash] : tag;

    private static bool IsOf(string script, string language) => script == language || ScriptOf(script) == ScriptOf(language);

    // Japanese writes with Chinese letters, and the languages of one alphabet are told apart by their words.
    private static string ScriptOf(string language) => language switch
    {
        WritingSystems.Cyrillic or "ru" or "uk" => WritingSystems.Cyrillic,
        "ar" or "fa" or "ur" => "ar",
        "zh" or "ja" or "ko" or "th" or "he" or "hi" or "el" or "hy" or "bn" or "gu" or "ta" or "te" or "kn" or "ml" or "si" or "lo" or "my"
            or "ka" or "am" or "km" => language,
        _ => WritingSystems.Latin,
    };
}
