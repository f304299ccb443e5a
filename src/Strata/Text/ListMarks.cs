namespace Strata.Text;

/// <summary>What stands before the words of a line: quote marks, heading marks, bullets, numbers, check boxes.</summary>
internal static class ListMarks
{
    /// <summary>
    /// Chars of the marks and the blanks behind them; 0 when the line starts with its words. All of the line is never a mark.
    /// </summary>
    public static int LengthOf(ReadOnlySpan<char> line)
    {
        var at = 0;
        while (at < line.Length && line[at] is '>' or '＞' or ' ')
            at++;
        var hashes = at;
        while (at < line.Length && line[at] == '#')
            at++;
        if (at > hashes && (at - hashes > 6 || (at < line.Length && !IsBlank(line[at]))))
            at = hashes;
        at = Blanks(line, at);
        at = Blanks(line, at + Mark(line[at..]));
        if (line[at..] is ['[', ' ' or 'x' or 'X' or '~' or '-', ']', ' ', ..])
            at = Blanks(line, at + 3);
        return at >= line.Length ? 0 : at;
    }

    private static int Mark(ReadOnlySpan<char> line)
    {
        if (line.Length < 2)
            return 0;
        // A tab behind "-" or "+" is a changed line of code.
        if (line[0] is '-' or '+')
            return line[1] != '\t' && IsBlank(line[1]) ? 1 : 0;
        if (line[0] is '*' or '–' or '—' or '·')
            return IsBlank(line[1]) ? 1 : 0;
        if (line[0] is '•' or '・' or '‣' or '◦' or '▪' or '●' or '○' or '■' or '□' or '◆' or '※' or '\u2043' or (>= '①' and <= '⑳'))
            return 1;
        return Numbered(line);
    }

    // 1. 1) (1) 1、 １． a) a.) (iv) 一、 （一） 가.
    private static int Numbered(ReadOnlySpan<char> line)
    {
        var isOpened = line[0] is '(' or '（';
        var start = isOpened ? 1 : 0;
        var end = start;
        while (end < line.Length && end - start < 3 && IsNumber(line[end]))
            end++;
        var isDigits = end > start;
        if (!isDigits)
        {
            while (end < line.Length && end - start < 4 && line[end] is 'i' or 'v' or 'x')
                end++;
            if (end == start && start < line.Length && (char.IsAsciiLetter(line[start]) || IsHangulNumber(line[start])))
                end++;
        }

        if (end == start || end >= line.Length)
            return 0;
        if (line[end] is '、' or '）' || (line[end] == '．' && isDigits))
            return isOpened != (line[end] == '）') ? 0 : end + 1;
        if (isOpened)
            return line[end] == ')' && end + 1 < line.Length && IsBlank(line[end + 1]) && !line[(end + 2)..].StartsWith("=>") ? end + 1 : 0;
        var close = end;
        if (line[close] == '.')
            close++;
        if (close < line.Length && line[close] == ')')
            close++;
        if (close == end || close >= line.Length)
            return 0;
        if (IsBlank(line[close]))
            return isDigits || line[close - 1] == ')' || char.IsAsciiLetterLower(line[start]) || !char.IsAscii(line[start]) ? close : 0;
        // "1.Fix" and "1.修复" are items; "2.x" and "3.11" are none.
        return isDigits
            && (line[close] > '\u2E7F' || (char.IsUpper(line[close]) && close + 1 < line.Length && char.IsLower(line[close + 1]))) ? close
            : 0;
    }

    private static bool IsNumber(char c) => char.IsDigit(c) || c is '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十';

    private static bool IsHangulNumber(char c) => c is '가' or '나' or '다' or '라' or '마' or '바' or '사' or '아' or '자' or '차';

    private static bool IsBlank(char c) => c is ' ' or '\t' or '\u00A0' or '\u3000';

    private static int Blanks(ReadOnlySpan<char> line, int at)
    {
        while (at < line.Length && IsBlank(line[at]))
            at++;
        return at;
    }
}
