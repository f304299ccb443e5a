namespace Strata.Summaries.Extractive;

/// <summary>
/// Splits prose into sentences by hand: lines first, then <c>. ! ?</c> before a space and a new beginning, and <c>。！？</c> anywhere.
/// Fenced code is left out; list items and table rows are sentences of their own.
/// </summary>
internal static class SentenceSplitter
{
    /// <summary>Sentences of a text as slices of it, list bullets and heading marks taken off.</summary>
    public static List<Range> Split(ReadOnlySpan<char> text)
    {
        var sentences = new List<Range>();
        var inFence = false;
        var start = 0;
        while (start < text.Length)
        {
            var length = text[start..].IndexOf('\n') is var end && end < 0 ? text.Length - start : end;
            var line = text.Slice(start, length);
            var trimmed = line.Trim();
            if (trimmed.StartsWith("```") || trimmed.StartsWith("~~~"))
                inFence = !inFence;
            else if (!inFence && trimmed.Length > 0)
            {
                var at = start + (length - line.TrimStart().Length) + Bullet(trimmed);
                Sentences(text, at, start + line.TrimEnd().Length, sentences);
            }

            start += length + 1;
        }

        return sentences;
    }

    // "- ", "* ", "• ", "# ", "> ", "12. ", "3) "
    private static int Bullet(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && line[i] is '#' or '>')
            i++;
        if (i == 0 && line.Length > 1 && line[0] is '-' or '*' or '•' or '+' && line[1] == ' ')
            i = 1;
        if (i == 0)
        {
            while (i < line.Length && i < 3 && char.IsAsciiDigit(line[i]))
                i++;
            i = i > 0 && i + 1 < line.Length && line[i] is '.' or ')' && line[i + 1] == ' ' ? i + 1 : 0;
        }

        while (i > 0 && i < line.Length && line[i] == ' ')
            i++;
        return i;
    }

    private static void Sentences(ReadOnlySpan<char> text, int start, int end, List<Range> sentences)
    {
        var from = start;
        for (var i = start; i < end; i++)
        {
            var c = text[i];
            bool ends;
            if (c is '。' or '！' or '？')
                ends = true;
            else
                ends = c is '.' or '!' or '?' && i + 2 < end && text[i + 1] == ' ' && Begins(text[i + 2]) && !IsAbbreviation(text[from..i]);
            if (!ends)
                continue;
            Add(from, i + 1);
            from = i + 1;
            while (from < end && text[from] == ' ')
                from++;
            i = from - 1;
        }

        Add(from, end);

        void Add(int first, int last)
        {
            if (last > first)
                sentences.Add(first..last);
        }
    }

    private static bool Begins(char c) => char.IsLetterOrDigit(c) || c is '`' or '"' or '“' or '*' or '(' or '[' || c > '\u2e7f';

    private static bool IsAbbreviation(ReadOnlySpan<char> before)
    {
        var word = before[(before.LastIndexOf(' ') + 1)..];
        return word is "eg" or "ie" or "approx" or "incl" or "e.g" or "i.e" or "Dr" or "Mr" or "Mrs" or "vs" or "etc" or "z.B" or "No" or "cf" || word.Length <= 1 || (word.Length <= 2 && int.TryParse(word, out _));
    }
}
