using System.Net;
using System.Text;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Pages;

/// <summary>
/// Web pages: the text that a reader sees, with headings, lists, table cells and links; no scripts, styles or attributes.
/// </summary>
internal sealed class HtmlReducer : IReducer
{
    private const int MostBefore = 500;

    private static readonly string[] Unseen = ["script", "style", "svg", "noscript", "template", "iframe", "object"];

    private static readonly string[] Blocks =
        ["p", "div", "br", "section", "article", "header", "footer", "main", "nav", "ul", "ol", "table", "tr", "form", "pre", "blockquote",
            "dl", "dt", "dd", "hr", "body", "html", "head", "aside", "figure", "option"];

    public string Kind => "html";

    // A document in Markdown may begin with a tag for its layout.
    public double Detect(ToolOutput output)
    {
        var head = output.Text.AsSpan(0, Math.Min(output.Text.Length, MostBefore)).TrimStart();
        if (head.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || head.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<head>", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("<body", StringComparison.OrdinalIgnoreCase))
            return .9;
        return head.StartsWith("<div", StringComparison.OrdinalIgnoreCase) ? .6 : 0;
    }

    public string? Reduce(ToolOutput output, int maxChars)
    {
        if (Detect(output) == 0)
            return null;
        var page = Read(output.Text);
        if (page.Length <= maxChars)
            return output.Smaller(page, maxChars);
        // Headings and the beginning of each paragraph tell what a page has.
        var lines = new TextLines(page);
        var kept = new LineSelection(lines);
        for (var i = 0; i < lines.Count; i++)
            kept.Keep(i, lines[i].StartsWith("#") || FailureWords.IsFailure(lines[i]) ? LineRank.Verdict : LineRank.Sample);
        return output.Smaller(kept.Write(maxChars), maxChars);
    }

    private static string Read(string html)
    {
        var page = new StringBuilder();
        var link = "";
        // What a shell printed before the page.
        var first = Math.Max(0, html.IndexOf('<', StringComparison.Ordinal));
        page.Append(html.AsSpan(0, first));
        for (var at = first; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            open = open < 0 ? html.Length : open;
            Text(page, html.AsSpan(at..open));
            if (open == html.Length)
                break;
            var close = html.AsSpan(open).StartsWith("<!--") ? EndOf(html, "-->", open) : EndOf(html, ">", open);
            var tag = html.AsSpan(open..close);
            var name = NameOf(tag);
            at = close;
            if (Unseen.Contains(name) && !tag.EndsWith("/>"))
                at = EndOf(html, $"</{name}", close);
            else
                Tag(page, name, tag, ref link);
        }

        return Tidy(page);
    }

    private static void Tag(StringBuilder page, string name, ReadOnlySpan<char> tag, ref string link)
    {
        switch (name)
        {
            case "a":
                link = Attribute(tag, "href");
                break;
            case "/a":
                if (link.Length > 1 && !link.StartsWith('#') && !link.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase))
                    page.Append(" (").Append(link).Append(')');
                link = "";
                break;
            case "img":
                if (Attribute(tag, "alt") is { Length: > 2 } alt)
                    page.Append('[').Append(alt).Append(']');
                break;
            case "title":
                page.Append("\n# ");
                break;
            case ['h', >= '1' and <= '6']:
                page.Append('\n').Append('#', name[1] - '0').Append(' ');
                break;
            case "li":
                page.Append("\n- ");
                break;
            case "/td" or "/th":
                page.Append(" | ");
                break;
            default:
                var bare = name.TrimStart('/');
                if (name is "/title" or "/li" or ['/', 'h', >= '1' and <= '6'] || Array.Exists(Blocks, block => block == bare))
                    page.Append('\n');
                break;
        }
    }

    private static void Text(StringBuilder page, ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
            return;
        var decoded = text.Contains('&') ? WebUtility.HtmlDecode(text.ToString()) : text;
        foreach (var letter in decoded)
        {
            if (!char.IsWhiteSpace(letter))
                page.Append(letter);
            else if (page.Length > 0 && !char.IsWhiteSpace(page[^1]))
                page.Append(' ');
        }
    }

    // A page may leave a comment or a tag open at its end.
    private static int EndOf(string html, string end, int from)
    {
        var found = html.IndexOf(end, from, StringComparison.OrdinalIgnoreCase);
        return found < 0 ? html.Length : found + (end[0] == '<' ? 0 : end.Length);
    }

    private static string NameOf(ReadOnlySpan<char> tag)
    {
        var name = tag[1..];
        var end = name.IndexOfAny(" \t\r\n>");
        return name[..Math.Min(end < 0 ? name.Length : end, 12)].TrimEnd('>').ToString().ToLowerInvariant();
    }

    private static string Attribute(ReadOnlySpan<char> tag, string name)
    {
        var at = tag.IndexOf($" {name}=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return "";
        var value = tag[(at + name.Length + 2)..];
        if (value is ['"' or '\'', ..] && value[1..].IndexOf(value[0]) is >= 0 and var close)
            return WebUtility.HtmlDecode(value[1..(close + 1)].ToString());
        var end = value.IndexOfAny(" >");
        return value[..(end < 0 ? value.Length : end)].Trim("\"'").ToString();
    }

    // Blank lines and marks without text go.
    private static string Tidy(StringBuilder page)
    {
        var tidy = new StringBuilder(page.Length);
        var text = page.ToString();
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (line.TrimEnd(" |").Length > 0 && line.ContainsAnyExcept("#-| ()"))
                tidy.Append(line.TrimEnd(" |")).Append('\n');
        }

        return tidy.ToString().TrimEnd('\n');
    }
}
