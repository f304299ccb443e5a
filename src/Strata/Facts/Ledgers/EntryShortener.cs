using System.Text.RegularExpressions;

namespace Strata.Facts.Ledgers;

/// <summary>
/// Shorter forms of an entry for when not all fit, longest first: without its heading, without small words, in telegraphic style, its first
/// sentence. A form that was taken once is the entry from then on, and is shortened again only when there is less room than before.
/// </summary>
internal static partial class EntryShortener
{
    /// <summary>The entry's forms and what share of its worth each keeps; the first is the entry itself.</summary>
    public static List<(string Text, double Worth)> FormsOf(string entry)
    {
        var forms = new List<(string Text, double Worth)> { (entry, 1) };
        Add(WithoutHeader(entry), 0.999);
        Add(Light(forms[^1].Text), 0.985);
        Add(Tight(forms[^1].Text), 0.96);
        Add(Contrast().Replace(forms[^1].Text, ""), 0.93);
        if (FirstSentence().Match(forms[^1].Text) is { Success: true } first && !StatementGate.Prohibits(forms[^1].Text[first.Length..]))
            Add(first.Groups["first"].Value, 0.8);
        return forms;

        void Add(string text, double worth)
        {
            if (text.Length > 0 && text.Length < forms[^1].Text.Length)
                forms.Add((text, worth));
        }
    }

    /// <summary>"HARD CONSTRAINT: …" and "Quick update: …" without what stands before the colon.</summary>
    public static string WithoutHeader(string entry) => Header().Replace(entry, "");

    private static string Light(string text)
    {
        text = Small().Replace(text, "");
        text = Wanting().Replace(text, match => Capital(match.Groups["verb"].Value));
        text = Next().Replace(text, match => match.Value[0] == 'N' ? "Next:" : "next:");
        return Capital(text.TrimStart());
    }

    private static string Tight(string text)
    {
        text = Padding().Replace(text, "");
        text = Being().Replace(text, "");
        text = Wish().Replace(text, "");
        return Capital(text.TrimEnd('.', ' '));
    }

    private static string Capital(string text) =>
        text.Length == 0 || char.IsUpper(text[0]) ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\A(?:[A-Z][A-Z _-]{2,30}|(?i:quick update|update|correction|note|reminder)):\s+", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Header();

    [GeneratedRegex(
        @"\b[Tt]he (?=\S)|\b[Aa]n? (?=\p{Ll})|,? ?\bfrom now on\b,?(?: (?=\S))?|\b[Pp]lease ", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Small();

    [GeneratedRegex(@"\A[Uu]ser(?:'s|s)? (?<verb>wants?|prefers?|\p{Ll}+)(?= )", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Wanting();

    [GeneratedRegex(@"\b[Nn]ext step is\b", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Next();

    [GeneratedRegex(@"\b(?:really|very|explicit|total|currently|strictly|completely|simply|just|quite) | (?:total|currently|please)(?=[.,;]"
        + @"|\z)|\brunning (?=in\b)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Padding();

    // "is" and "are" between two words; a negation keeps its verb.
    [GeneratedRegex(@"(?<=\w )(?:is|are) (?!not\b|no\b|never\b|to\b)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Being();

    // Under the user's name "wants" says nothing.
    [GeneratedRegex(@"\AWants? (?!to\b)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Wish();

    // What is not to be done is said by what is.
    [GeneratedRegex(@",? (?:instead of|rather than|as opposed to) [^.,;:]{3,60}\z|(?<=\A.{0,20}\b[Pp]refers? .{3,80}) over [^.,;:]{3,60}\z",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Contrast();

    [GeneratedRegex(@"\A(?<first>.{12,}?\p{L}\p{L}|.{12,}?\d)\. \p{Lu}", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FirstSentence();
}
