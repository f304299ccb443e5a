using Strata.Reducing.Logs;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>Makes the output of a tool fit a number of tokens by its kind.</summary>
internal static class OutputShortener
{
    // One call for the natural size, the rest to come below the limit.
    private const int Tries = 4;

    // What stays of an output of no kind that lost its colours and what it wrote over.
    private const string Terminal = "terminal";

    /// <summary>
    /// A text of at most <paramref name="maxTokens"/>, the same instance when it fits already. A reduced text begins with a line that says
    /// its kind, how much was left out, and <paramref name="handle"/>; a text of no kind keeps its head and its tail.
    /// </summary>
    public static string Shorten(ToolOutput output, int maxTokens, ITokenCounter counter, Handle handle)
    {
        var text = output.Text;
        if (counter.CountUpTo(text, maxTokens) <= maxTokens)
            return text;
        // What was reduced before stays as it reads, and keeps the name of its original.
        if (CutMarker.Parse(text) is not null)
            return TextShortener.Shorten(text, maxTokens, counter, handle);
        var plain = output with { Text = TerminalText.Plain(text) };
        var total = counter.Count(text);
        if (Reducers.Find(plain) is var (reducer, natural))
            return Fit(reducer.Kind, natural, chars => reducer.Reduce(plain, chars), total, maxTokens, counter, handle);
        return ReferenceEquals(plain.Text, text)
            ? TextShortener.Shorten(text, maxTokens, counter, handle)
            : Fit(Terminal, plain.Text, static _ => null, total, maxTokens, counter, handle);
    }

    private static string Fit(
        string kind, string natural, Func<int, string?> reduce, int total, int maxTokens, ITokenCounter counter, Handle handle)
    {
        var room = maxTokens - counter.Count(CutMarker.Reduced(kind, total, handle)) - 2;
        var smallest = natural;
        for (var i = 0; i < Tries && room > 0; i++)
        {
            var reduced = CutMarker.Neutralize(smallest);
            var tokens = counter.Count(reduced);
            if (tokens <= room && total > tokens)
            {
                var marked = $"{CutMarker.Reduced(kind, total - tokens, handle)}\n{reduced}";
                if (counter.CountUpTo(marked, maxTokens) <= maxTokens)
                    return marked;
                tokens = room + 1;
            }

            var chars = (int)((long)smallest.Length * room / tokens * 9 / 10);
            if (chars < 1 || reduce(chars) is not { } smaller)
                break;
            smallest = smaller;
        }

        return TextShortener.Shorten(CutMarker.Neutralize(smallest), maxTokens, counter, handle, total);
    }
}
