using System.Buffers;
using System.Runtime.CompilerServices;

namespace Strata.Text;

/// <summary>
/// Splits prose of any script into sentences, by hand and in one pass: lines first, then the marks that end a sentence in the script at
/// hand. Fenced code is left out; list items, table rows, headings and stack frames are sentences of their own.
/// </summary>
internal static class SentenceSplitter
{
    // Prose without a full stop is cut where it pauses, or one sentence would fill a summary. Runs without a blank stay whole.
    private const int LongestSentence = 400;
    private const int ShortestPart = 160;
    private const int ShortestRest = 40;

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\n\r\u0085\u2028\u2029");
    private static readonly SearchValues<char> Semicolons = SearchValues.Create(";；؛");
    private static readonly SearchValues<char> Commas = SearchValues.Create(",，、،:：");
    private static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\u00A0\u3000");

    /// <summary>
    /// Sentences of a text as slices of it, in order, without list bullets and heading marks, and without blanks at either end.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static List<Range> Split(ReadOnlySpan<char> text)
    {
        var sentences = new List<Range>();
        var fence = default(CodeFence);
        var start = 0;
        while (start < text.Length)
        {
            var length = text[start..].IndexOfAny(LineEnds) is var end && end < 0 ? text.Length - start : end;
            var line = text.Slice(start, length);
            var trimmed = line.Trim();
            if (trimmed.Length > 0 && !fence.Holds(trimmed))
            {
                var from = start + (length - line.TrimStart().Length) + ListMarks.LengthOf(trimmed);
                Line(text, from, start + line.TrimEnd().Length, sentences);
            }

            start += length + 1;
        }

        return sentences;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Line(ReadOnlySpan<char> text, int from, int end, List<Range> sentences)
    {
        var line = text[from..end];
        if (IsVerbatim(line))
        {
            sentences.Add(from..end);
            return;
        }

        var ends = new SentenceEnds(line);
        var start = 0;
        while (ends.MoveNext())
        {
            Add(text, from + start, from + ends.Current, sentences);
            start = ends.Current;
        }

        Add(text, from + start, end, sentences);
    }

    // Table rows, stack frames, statements, JSON: full stops in them end nothing.
    private static bool IsVerbatim(ReadOnlySpan<char> line) =>
        line.Length > 0 && (line[0] is '|' or '{' || line[^1] is ';' or '{' or '}' || line.StartsWith("[{") || line.StartsWith("[[") ||
            (line.StartsWith("at ") && line.Contains('(')) || line.StartsWith("File \""));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<char> text, int from, int end, List<Range> sentences)
    {
        while (from < end && char.IsWhiteSpace(text[from]))
            from++;
        while (end > from && char.IsWhiteSpace(text[end - 1]))
            end--;
        while (end - from > LongestSentence + ShortestRest && Pause(text[from..end]) is var pause and > 0)
        {
            sentences.Add(from..(from + text.Slice(from, pause).TrimEnd().Length));
            from += pause;
            while (char.IsWhiteSpace(text[from]))
                from++;
        }

        if (end > from)
            sentences.Add(from..end);
    }

    // Where a sentence that is too long is cut; 0 where it cannot be.
    private static int Pause(ReadOnlySpan<char> sentence)
    {
        var window = sentence[ShortestPart..LongestSentence];
        if (After(window.LastIndexOfAny(Semicolons), sentence) is var semicolon and > 0)
            return semicolon;
        if (After(window.LastIndexOfAny(Commas), sentence) is var comma and > 0)
            return comma;
        var blank = window.LastIndexOfAny(Blanks);
        if (blank >= 0)
            return ShortestPart + blank;
        blank = sentence[LongestSentence..].IndexOfAny(Blanks);
        return blank < 0 ? 0 : LongestSentence + blank;
    }

    // "1,000", "a;b" and "http://" do not pause.
    private static int After(int mark, ReadOnlySpan<char> sentence)
    {
        if (mark < 0)
            return 0;
        var next = ShortestPart + mark + 1;
        return sentence[next - 1] > '\u2E7F' || char.IsWhiteSpace(sentence[next]) ? next : 0;
    }
}
