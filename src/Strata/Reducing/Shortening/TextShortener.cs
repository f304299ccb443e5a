using Strata.Text;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>Keeps the head and the tail of a text and puts a marker between them.</summary>
internal static class TextShortener
{
    // Two tokenizations of neighbours can take a few tokens more than their sum; three tries absorb that on every tokenizer measured.
    private const int Tries = 3;

    // Less than this around a marker is a shred of a word that tells nobody anything.
    private const int LeastKept = 8;

    /// <summary>
    /// A text of at most <paramref name="maxTokens"/>; the same instance when it fits already. <paramref name="handle"/> names the
    /// original, but a text that was shortened before keeps the name it has. <paramref name="original"/> are the tokens of the original
    /// where the text was taken from a longer one: then something is missing even where it fits.
    /// </summary>
    public static string Shorten(string text, int maxTokens, ITokenCounter counter, Handle handle, int? original = null)
    {
        if (original is null && counter.CountUpTo(text, maxTokens) <= maxTokens)
            return text;
        var before = CutMarker.Parse(text);
        var name = before?.Handle ?? handle;
        var total = original ?? counter.Count(text);
        var room = maxTokens - counter.Count(CutMarker.Cut(total, name)) - 2;
        for (var i = 0; i < Tries && room >= LeastKept; i++)
        {
            var (head, tail) = before is { } parts ? Keep(parts, room, counter) : Keep(text, room, counter);
            var kept = counter.Count(head) + counter.Count(tail);
            var cut = before is { } shortened
                ? shortened.Tokens + counter.Count(shortened.Head) + counter.Count(shortened.Tail) - kept
                : total - kept;
            var result = Join(head, CutMarker.Cut(Math.Max(1, cut), name), tail);
            var over = counter.Count(result) - maxTokens;
            if (over <= 0)
                return result;
            room -= over;
        }

        var bare = CutMarker.Cut(total, name);
        return counter.Count(bare) <= maxTokens ? bare : CutMarker.Shortest(name);
    }

    private static (string Head, string Tail) Keep(string text, int room, ITokenCounter counter)
    {
        var head = Head(text, room / 2, counter);
        var rest = text[head.Length..];
        var tail = Tail(rest, room - counter.Count(head), counter);
        return (CutMarker.Neutralize(head), CutMarker.Neutralize(tail));
    }

    private static (string Head, string Tail) Keep(ShortenedText before, int room, ITokenCounter counter)
    {
        // A reduced text has its marker before it: all of it is one body.
        if (before.Head.Length == 0)
            return Keep(before.Tail, room, counter);
        var head = Head(before.Head, room / 2, counter);
        var tail = Tail(before.Tail, room - counter.Count(head), counter);
        if (tail.Length == before.Tail.Length)
            head = Head(before.Head, room - counter.Count(tail), counter);
        return (head, tail);
    }

    private static string Head(string text, int maxTokens, ITokenCounter counter)
    {
        var length = maxTokens <= 0 ? 0 : TextCut.Before(text, counter.FitHead(text, maxTokens));
        if (length == text.Length)
            return text;
        var line = text.AsSpan(0, length).LastIndexOf('\n');
        return text[..(IsCheap(length - line - 1, length) ? line + 1 : length)];
    }

    private static string Tail(string text, int maxTokens, ITokenCounter counter)
    {
        var length = maxTokens <= 0 ? 0 : text.Length - TextCut.After(text, text.Length - counter.FitTail(text, maxTokens));
        if (length == text.Length)
            return text;
        var line = text.AsSpan(text.Length - length).IndexOf('\n') + 1;
        return text[^(line > 0 && IsCheap(line, length) ? length - line : length)..];
    }

    // A whole line is worth up to a quarter of what could be kept.
    private static bool IsCheap(int lost, int length) => lost * 4 <= length;

    private static string Join(string head, string marker, string tail) =>
        (head.Length == 0 || head[^1] == '\n' ? head : head + "\n") + marker + (tail.Length == 0 ? "" : "\n" + tail);
}
