using Strata.Reducing.Changes;
using Strata.Reducing.Code;
using Strata.Reducing.Json;
using Strata.Reducing.Logs;
using Strata.Reducing.Pages;
using Strata.Reducing.Searches;
using Strata.Reducing.Tables;
using Strata.Reducing.Tests;
using Strata.Reducing.Shortening;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing;

/// <summary>Every reducer, and how the output of a tool is made to fit with them.</summary>
internal static class ToolOutputReducers
{
    // The most particular kind first: a test run is a log too, and a log is output.
    private static readonly IReducer[] All =
    [
        new TestRunReducer(),
        new StackTraceReducer(),
        new DiffReducer(),
        new SearchReducer(),
        new ListingReducer(),
        new JsonReducer(),
        new HtmlReducer(),
        new FileReducer(),
        new TableReducer(),
        new LogReducer(),
        new BlobReducer(),
        new OutputReducer(),
    ];

    // One call for the natural size, the rest to come below the limit.
    private const int Tries = 4;

    /// <summary>
    /// A text of at most <paramref name="maxTokens"/>, the same instance when it fits already. A reduced text begins with a line that says its kind, how
    /// much was left out, and <paramref name="handle"/>; a text of no kind keeps its head and its tail.
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
        if (Find(plain) is var (reducer, natural))
            return Fit(reducer, natural, plain, total, maxTokens, counter, handle);
        return ReferenceEquals(plain.Text, text)
            ? TextShortener.Shorten(text, maxTokens, counter, handle)
            : Fit(TerminalReducer.Instance, plain.Text, plain, total, maxTokens, counter, handle);
    }

    /// <summary>The first reducer that takes the text and saves something, with its natural size; null when none does.</summary>
    internal static (IReducer Reducer, string Natural)? Find(ToolOutput output)
    {
        foreach (var reducer in All)
        {
            if (reducer.Reduce(output, int.MaxValue) is { } natural && natural.Length * 10L <= output.Text.Length * 9L)
                return (reducer, natural);
        }

        return null;
    }

    private static string Fit(
        IReducer reducer, string natural, ToolOutput output, int total, int maxTokens, ITokenCounter counter, Handle handle)
    {
        var room = maxTokens - counter.Count(CutMarker.Reduced(reducer.Kind, total, handle)) - 2;
        var smallest = natural;
        for (var i = 0; i < Tries && room > 0; i++)
        {
            var reduced = CutMarker.Neutralize(smallest);
            var tokens = counter.Count(reduced);
            if (tokens <= room && total > tokens)
            {
                var marked = $"{CutMarker.Reduced(reducer.Kind, total - tokens, handle)}\n{reduced}";
                if (counter.CountUpTo(marked, maxTokens) <= maxTokens)
                    return marked;
                tokens = room + 1;
            }

            var chars = (int)((long)smallest.Length * room / tokens * 9 / 10);
            if (chars < 1 || reducer.Reduce(output, chars) is not { } smaller)
                break;
            smallest = smaller;
        }

        return TextShortener.Shorten(CutMarker.Neutralize(smallest), maxTokens, counter, handle, total);
    }
}
