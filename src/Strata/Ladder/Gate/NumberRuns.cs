namespace Strata.Ladder.Gate;

/// <summary>Finds numbers and versions of three digits and more: 12,345; 0.837; 2.14.0.</summary>
internal static class NumberRuns
{
    private const int LeastDigits = 3;
    private const int LongestNumber = 40;

    /// <summary>As they stand in the text, those that are part of a word left out.</summary>
    public static IEnumerable<string> In(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var skip = text.AsSpan(at).IndexOfAnyInRange('0', '9');
            if (skip < 0)
                yield break;
            var start = at + skip;
            var (end, digits) = (start, 0);
            while (end < text.Length
                && (char.IsAsciiDigit(text[end])
                    || (text[end] is '.' or ',' or '\'' or '’' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
                digits += char.IsAsciiDigit(text[end++]) ? 1 : 0;
            at = end;
            var isPart = (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] == '_'))
                || (end < text.Length && text[end] == '_');
            if (digits >= LeastDigits && end - start <= LongestNumber && !isPart)
                yield return text[start..end];
        }
    }

    /// <summary>The digits alone; null of what is no number.</summary>
    public static string? Bare(string number)
    {
        if (number.Length == 0 || number.AsSpan().ContainsAnyExcept("0123456789.,'’"))
            return null;
        return string.Concat(number.Where(char.IsAsciiDigit));
    }
}
