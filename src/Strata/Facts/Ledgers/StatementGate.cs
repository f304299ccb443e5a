using System.Text.RegularExpressions;
using Strata.Text;
using Strata.Text.Languages;

namespace Strata.Facts.Ledgers;

/// <summary>
/// Decides what a user's sentence is. It is strict with rules: real coding chat has about one in thirty messages, so a wide gate would fill
/// the ledger with requests of the moment. What is not certain is a fact, which is shown only while room is left for it.
/// </summary>
internal static partial class StatementGate
{
    public const int LongestStatement = 400;
    private const int ShortestStatement = 5;
    private const int LongestDependent = 80;

    private const CueKind Directing = CueKind.Prohibition | CueKind.Preference | CueKind.Obligation | CueKind.Format;

    public static bool IsReadable(string sentence) =>
        sentence.Length is >= ShortestStatement and <= LongestStatement && !NotProse().IsMatch(sentence);

    /// <summary>The cues of a sentence in the languages that it is written in.</summary>
    public static SentenceCues CuesOf(string sentence) => CuesOf(sentence, MessageLanguages.Of(sentence));

    /// <summary>The cues of a sentence in the languages of the message that holds it.</summary>
    public static SentenceCues CuesOf(string sentence, LanguageSet languages) =>
        SentenceCues.Of(sentence, OwnWords.Of(sentence), languages);

    /// <summary>Whether a sentence that stands alone is a rule.</summary>
    public static bool IsRule(string sentence) => IsRule(sentence, CuesOf(sentence));

    public static bool IsRule(string sentence, SentenceCues cues)
    {
        if (cues.Has(CueKind.Talk))
            return false;
        if (cues.Has(CueKind.Limit) && !cues.Has(CueKind.Told | CueKind.Moment))
            return true;
        if (Asks(sentence) && !cues.Has(CueKind.Assent))
            return false;
        return cues.Has(CueKind.Standing)
            || (cues.Has(CueKind.Habit) && !cues.Has(CueKind.Told | CueKind.Moment))
            || (cues.Has(Directing) && !cues.Has(CueKind.Moment) && !CodeOfTheMoment().IsMatch(sentence)
                && (cues.Has(CueKind.Prohibition) || !cues.Has(CueKind.Told)));
    }

    /// <summary>Whether a sentence that is no rule can be a fact; false of what is asked for, offered or felt.</summary>
    public static bool MayBeFact(string said, SentenceCues cues) => !Asks(said) && !cues.Has(CueKind.Talk | CueKind.Request);

    /// <summary>What a statement that <see cref="MayBeFact"/> is worth; 0 when it states nothing that holds on.</summary>
    public static double FactWeight(LedgerStatement statement)
    {
        var hasHard = statement.Values.Any(value => value.IsHard);
        if (statement.Cues.Has(CueKind.Status))
            return 0.2;
        if (statement.Cues.Has(CueKind.Goal))
            return 0.93;
        if (statement.IsUpdate && statement.Values.Count > 0)
            return 0.9;
        var says = statement.Words.Any(word => word.Sort == WordSort.Copula);
        if (says && (hasHard || statement.Values.Count > 1))
            return 0.9;
        // In most languages an order, or close enough for a fact.
        if (!statement.Cues.Has(CueKind.NoOrder))
            return statement.Cues.Has(CueKind.Condition) ? 0.95 : hasHard || statement.IsUpdate ? 0.8 : 0.4;
        return hasHard || (says && statement.Values.Count > 0) ? 0.7 : says || statement.IsUpdate ? 0.3 : 0;
    }

    /// <summary>Whether the sentence forbids: what it names stands beside other things that are forbidden.</summary>
    public static bool Prohibits(string sentence) => CuesOf(sentence).Has(CueKind.Negation);

    /// <summary>Whether it says nothing without the sentence before it.</summary>
    public static bool Depends(string sentence, SentenceCues cues) =>
        sentence.Length <= LongestDependent && !Asks(sentence) && cues.Has(CueKind.Dependent);

    private static bool Asks(string sentence) => SpokenCues.EndsAQuestion(sentence.AsSpan().TrimEnd("\"'”»)」 "));

    // A place in a file or a piece of code: "please fix X in file.go:12".
    [GeneratedRegex(@":\d+\b(?!\d)(?<!\b\d{1,2}:\d\d)|=>|::|\{\}|\(\)\s*\{", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CodeOfTheMoment();

    // Log lines, code, tables, test output, quoted help.
    [GeneratedRegex(
        @"\A\s*(?:\d{4}-\d\d-\d\d[ T]\d|\[\w+\]|\||[{}<>$+]|//|/\*|\w+\(|at \w+\.|(?:import|const|let|var|func|def|class|public|return)\s"
            + @"|-{3}|={3})|[;{}]\s*\z|\t",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NotProse();
}
