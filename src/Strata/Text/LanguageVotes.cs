using Strata.Text.Languages;

namespace Strata.Text;

/// <summary>What the words of one text say about its language.</summary>
internal sealed class LanguageVotes
{
    // A stop word of one language alone is worth a whole; of several, its part of it.
    private const int Whole = 12;

    // Of a Cyrillic text this long, Russian would have shown a letter of its own.
    private const int LongCyrillic = 20;

    private readonly Dictionary<string, int> _scripts = new(StringComparer.Ordinal);
    private readonly int[] _scores = new int[KnownLanguages.All.Count];
    private int _latin;
    private int _others;

    public void Script(string script)
    {
        if (script == WritingSystems.Latin)
        {
            _latin++;
            return;
        }

        _others++;
        _scripts[script] = this[script] + 1;
    }

    /// <summary>A word that tells a language: one of <paramref name="languages"/> that have it.</summary>
    public void Word(int index, int languages) => _scores[index] += Whole / Math.Min(Whole, languages);

    public string Winner()
    {
        // Names of things are Latin in every language: a quarter of the words in another script decides, unless the Latin ones make
        // sentences.
        var (language, isSure) = OfStopWords();
        if (_others == 0 || _latin > 3 * _others || (_latin > _others && isSure))
            return language;
        return OfScripts();
    }

    private int this[string script] => _scripts.GetValueOrDefault(script);

    private (string Language, bool IsSure) OfStopWords()
    {
        var best = 0;
        for (var i = 1; i < _scores.Length; i++)
        {
            if (_scores[i] > _scores[best])
                best = i;
        }

        // One stop word may be a name of something; a tie is no answer; a sentence has one stop word in eight words at least.
        var top = _scores[best];
        if (top <= Whole || top * 8 < Whole * _latin || _scores.Count(score => score == top) > 1)
            return (Language.Unknown, false);
        return (KnownLanguages.All[best].Primary, top >= 3 * Whole);
    }

    // The letters that set a language apart are a part of its words only.
    private string OfScripts()
    {
        var best = _scripts.OrderByDescending(script => script.Value).ThenBy(script => script.Key, StringComparer.Ordinal).First().Key;
        return best switch
        {
            "zh" when this["ja"] * 6 > this["zh"] => "ja",
            "ar" or "fa" or "ur" when (this["fa"] + this["ur"]) * 4 > this["ar"] => this["ur"] * 4 > this["fa"] ? "ur" : "fa",
            WritingSystems.Cyrillic or "ru" or "uk" => OfCyrillic(),
            _ => best,
        };
    }

    private string OfCyrillic()
    {
        if (this["uk"] > this["ru"])
            return "uk";
        return this["ru"] == 0 && this[WritingSystems.Cyrillic] > LongCyrillic ? Language.Unknown : "ru";
    }
}
