using System.Text.RegularExpressions;
using Strata.Text;
using Strata.Text.Languages;

namespace Strata.Facts.Ledgers;

/// <summary>
/// A sentence taken apart, so that it can be held against another: its typed values, and the words that say what it is about.
/// </summary>
internal sealed partial class LedgerStatement
{
    private const int LongestDismissed = 60;

    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);

    private LedgerStatement(string text, SentenceCues cues)
    {
        Text = text;
        Cues = cues;
    }

    /// <summary>The user's words.</summary>
    public string Text { get; }

    public SentenceCues Cues { get; }

    /// <summary>In order, words of firmness and change left out.</summary>
    public IReadOnlyList<Word> Words { get; private set; } = [];

    public IReadOnlyList<TypedValue> Values { get; private set; } = [];

    /// <summary>The words that say what it is about, shortened to what they share with other forms; without values.</summary>
    public IReadOnlySet<string> Stems => _stems;

    /// <summary>Single capitalised words inside the sentence: a value or a name, in German any noun.</summary>
    public IEnumerable<string> Names => Words.Where(word => word.Type == "word").Select(word => word.Key);

    /// <summary>The first of the stems; empty when there is none.</summary>
    public string Topic { get; private set; } = "";

    /// <summary>Whether it reports or orders a change.</summary>
    public bool IsUpdate => Cues.Has(CueKind.Switch | CueKind.Change);

    /// <summary>Whether it sets another way from here on: <c>from now on</c>, <c>instead</c>, <c>no longer</c>.</summary>
    public bool IsSwitch => Cues.Has(CueKind.Switch);

    /// <summary>Whether it prefers one thing over what was: <c>rather</c>, <c>instead</c>.</summary>
    public bool IsComparative => Cues.Has(CueKind.Comparative);

    /// <summary>Whether it says that it stands beside what was said.</summary>
    public bool IsAddition => Cues.Has(CueKind.Addition);

    public bool IsProhibition => Cues.Has(CueKind.Negation);

    /// <summary>Whether it tells a taste or a wish.</summary>
    public bool IsPreference => Cues.Has(CueKind.Preference);

    /// <summary>What it says no longer holds; empty where it does not say.</summary>
    public IReadOnlyList<string> Dismissed { get; private set; } = [];

    public static LedgerStatement Of(string sentence) => Of(sentence, MessageLanguages.Of(sentence));

    /// <param name="sentence">The sentence.</param>
    /// <param name="languages">The languages of the message that holds it.</param>
    public static LedgerStatement Of(string sentence, LanguageSet languages) =>
        Of(sentence, languages, StatementGate.CuesOf(sentence, languages));

    public static LedgerStatement Of(string sentence, LanguageSet languages, SentenceCues cues)
    {
        var statement = new LedgerStatement(sentence, cues);
        // Words that say when or how firmly it holds off: what is left can be compared.
        var bare = Heading().Replace(cues.Without(CueKind.Firmness | CueKind.Change | CueKind.Switch), " ");
        statement.Values = TypedValue.Find(bare);
        statement.Words = WordReader.Read(bare, statement.Values, languages);
        foreach (var word in statement.Words)
        {
            if (word.Sort != WordSort.Content || !statement._stems.Add(word.Key))
                continue;
            if (statement.Topic.Length == 0)
                statement.Topic = word.Key;
        }

        var dismissed = cues.Behind(CueKind.Dismissal, LongestDismissed).ToString();
        if (dismissed.Length > 1)
        {
            statement.Dismissed = [.. WordReader.Read(dismissed, TypedValue.Find(dismissed), languages)
                .Where(word => word.Sort is WordSort.Content or WordSort.Value).Select(word => word.Key).Take(3)];
        }

        return statement;
    }

    /// <summary>
    /// The content word that stands directly before the first place of a stem: what narrows it. Null when a function word or nothing does.
    /// </summary>
    public string? NarrowerOf(string stem)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if (Words[i].Sort == WordSort.Content && Words[i].Key == stem)
                return i > 0 && Words[i - 1].Sort == WordSort.Content ? Words[i - 1].Key : null;
        }

        return null;
    }

    /// <summary>The same where it can be no verb: no article stands between, and it is not the first word of an order.</summary>
    public string? SureNarrowerOf(string stem)
    {
        var isOrder = !Words.Any(word => word.Sort == WordSort.Copula) && !Words[0].IsLed;
        for (var i = 0; i < Words.Count; i++)
        {
            if (Words[i].Sort == WordSort.Content && Words[i].Key == stem)
                return i > (isOrder ? 1 : 0) && Words[i - 1].Sort == WordSort.Content && !Words[i].IsLed ? Words[i - 1].Key : null;
        }

        return null;
    }

    [GeneratedRegex(@"\A[A-Z][A-Z _-]{2,30}:\s", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Heading();
}
