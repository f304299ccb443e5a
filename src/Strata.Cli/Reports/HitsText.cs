using System.Text;
using Spectre.Console;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata search</c>: an original takes two lines, so that its excerpt has room.</summary>
internal static class HitsText
{
    private const string Indent = "  ";

    public static void Write(Screen screen, SearchReport report, TimeZoneInfo zone)
    {
        var words = report.Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        foreach (var hit in report.Hits)
        {
            var head = $"  {hit.Role}, {When(hit.At, zone)}, ";
            screen.Whole($"[bold]{Escape(hit.Handle)}[/]{Escape(head + Of(hit, screen.Width - hit.Handle.Length - head.Length))}");
            var excerpt = Printable(hit.Excerpt);
            screen.Whole(Indent + Marked(screen.Width is { } room ? Around(excerpt, words, room - Indent.Length) : excerpt, words));
        }
    }

    // A name may be cut, an id is to be copied.
    private static string Of(SearchRow hit, int? room) =>
        hit.Name is { } name && room is { } width ? CellText.Fit(name, Math.Max(1, width)) : hit.Name ?? hit.Session;

    // As much of the excerpt as the line takes, with the first of the words in it.
    private static string Around(string text, string[] words, int room)
    {
        var (start, length) = Next(text, 0, words);
        if (length > 0 && CellText.Width(text[..(start + length)]) > room - 1)
        {
            var from = Math.Max(0, start - (room / 3));
            text = "…" + text[(from + (char.IsLowSurrogate(text[from]) ? 1 : 0))..].TrimStart();
        }

        return CellText.Fit(text, room);
    }

    private static string Marked(string text, string[] words)
    {
        var marked = new StringBuilder();
        var at = 0;
        while (at < text.Length)
        {
            var (start, length) = Next(text, at, words);
            marked.Append(Markup.Escape(text[at..start]));
            if (length > 0)
                marked.Append("[yellow]").Append(Markup.Escape(text.Substring(start, length))).Append("[/]");
            at = start + length;
        }

        return marked.ToString();
    }

    private static (int Start, int Length) Next(string text, int from, string[] words)
    {
        var best = (Start: text.Length, Length: 0);
        foreach (var word in words)
        {
            var start = text.IndexOf(word, from, StringComparison.OrdinalIgnoreCase);
            if (start >= 0 && (start < best.Start || (start == best.Start && word.Length > best.Length)))
                best = (start, word.Length);
        }

        return best;
    }
}
