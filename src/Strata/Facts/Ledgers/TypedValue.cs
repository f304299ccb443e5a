using System.Text;
using System.Text.RegularExpressions;

namespace Strata.Facts.Ledgers;

/// <summary>
/// A value in a sentence: a date, an amount, a code, a name. Two values of one type can take each other's place. The type says what kind of
/// thing it is, and for codes its shape: <c>date</c>, <c>money</c>, <c>code:A-9</c>.
/// </summary>
internal readonly partial record struct TypedValue(string Type, string Text, int Start, int End)
{
    /// <summary>Whether the type alone tells what the value is about; a bare number, a capital letter or a name in code does not.</summary>
    public bool IsHard => Type is not ("number" or "word" or "quote" or "identifier");

    /// <summary>Finds values from left to right, each char used once.</summary>
    public static List<TypedValue> Find(string sentence)
    {
        var values = new List<TypedValue>();
        foreach (Match match in Pattern().Matches(sentence))
        {
            foreach (Group group in match.Groups)
            {
                if (group is { Success: true, Name: not "0" })
                    values.Add(new TypedValue(TypeOf(group.Name, match.Value), match.Value, match.Index, match.Index + match.Length));
            }
        }

        return values;
    }

    private static string TypeOf(string name, string text) => name is "code" or "path" ? $"{name}:{Shape(text)}" : name;

    // "KL-201" is "A-9", "spike/ldtzv-56" is "a/a-9": runs of a class count once.
    private static string Shape(string text)
    {
        var shape = new StringBuilder();
        foreach (var c in text)
        {
            var sort = char.IsAsciiDigit(c) ? '9' : char.IsUpper(c) ? 'A' : char.IsLetter(c) ? 'a' : c;
            if (shape.Length == 0 || shape[^1] != sort)
                shape.Append(sort);
        }

        return shape.Length > 12 ? "long" : shape.ToString();
    }

    private const string Months = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?" +
        "|januar|februar|märz|mai|juni|juli|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre" +
        "|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro";

    private const string Numbers = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million";

    [GeneratedRegex(
        @"(?<url>https?://[^\s""'<>)]{3,300}(?<![.,;:]))" +
        @"|(?<mail>[\w.+-]{1,60}@[\w-]{1,60}(?:\.\w{2,12}){1,3})" +
        @"|(?<date>\b\d{4}-\d\d-\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b|\b\d\d-\d\d\b(?!-)|\b\d{1,2}(?:st|nd|rd|th|\.)?(?: de | of | )(?i:"
        + Months + @")\b(?:,? (?:de )?\d{4})?|\b(?i:" + Months
        + @") \d{1,2}(?:st|nd|rd|th)?\b(?:,? \d{4})?|\d{1,2}月\d{1,2}[日号]|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)" +
        @"|(?<time>\b\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m\b)?|\b\d{1,2} ?[ap]m\b)" +
        @"|(?<money>[$€£¥] ?\d[\d.,]{0,15}\d?[kKmM]?\b|\b\d[\d.,]{0,15} ?(?:€|(?i:euros?|dollars?|usd|eur|pounds?|dólares|yen)\b)"
        + @"|\b(?i:(?:(?:" + Numbers + @")[ -]){1,6}(?:dollars|euros|pounds|cents))\b|\d[\d.,]{0,12}(?:元|円|万円))" +
        @"|(?<percent>\b\d+(?:[.,]\d+)? ?(?:%|percent\b|per cent\b|Prozent\b))" +
        @"|(?<zone>\b(?:UTC|GMT|CES?T|[ECMP][SD]T)(?:[+-]\d{1,2})?\b|\b(?i:pacific|eastern|central|mountain) time\b"
        + @"|\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b)" +
        @"|(?<path>(?<![\w/])(?:[~.]{0,2}/)?(?:[\w.-]+/)+[\w.-]*\w/?)" +
        @"|(?<code>\b[0-9a-f]{7,40}\b|#\d+\b|\b(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[A-Za-z0-9]+(?:[-_.][A-Za-z0-9]+)+\b|\b[A-Z]{1,5}\d{2,}\b)" +
        @"|(?<version>\bv?\d+(?:\.\d+){2,3}\b|\bv\d+(?:\.\d+)?\b|\b[A-Z]\w+ \d+(?:\.\d+){0,2}\b(?! (?i:" + Months + @"))(?![\d:]))" +
        @"|(?<identifier>`[^`]{1,80}`|(?<!\w)--?[a-z][\w-]+|\b[a-z]+(?:_[a-z0-9]+)+\b|\b[a-z]+(?:[A-Z][a-z0-9]+)+\b"
        + @"|\b\w+\.[a-z]{1,4}\b(?!\.))" +
        @"|(?<quote>""[^""]{1,80}""|“[^”]{1,80}”|«[^»]{1,80}»|「[^」]{1,80}」)" +
        @"|(?<name>\b(?!(?:The|My|Our|Your|This|That|In|On|At|For|Send|Ask|Use|Call|Der|Die|Das|Den|Dem|Ein|Eine|Unser|Mein|Meine|Im|El|La"
        + @"|Los|Las|Le|Les|Il|Un|Une|Una)\b)\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+){1,3}\b)" +
        @"|(?<number>(?<![A-Za-z0-9_.])\d[\d.,]*\d|(?<![A-Za-z0-9_.])\d)" +
        @"|(?<word>(?<=[\p{L},;] )\p{Lu}[\w-]*\w)",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Pattern();
}
