using System.Globalization;
using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>A piece of a template: text, or the name of a placeholder.</summary>
internal readonly record struct TemplatePart(string Text, string? Placeholder);

/// <summary>Takes a template apart.</summary>
internal static class TemplateParser
{
    private static readonly string[] Known = ["language", "max_words", "max_tokens", "what", "task", "sections"];

    // A longer name is a brace that somebody forgot to write twice.
    private const int LongestName = 40;

    public static List<TemplatePart> Parse(string text)
    {
        var parts = new List<TemplatePart>();
        var literal = new System.Text.StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is not ('{' or '}'))
                literal.Append(c);
            else if (i + 1 < text.Length && text[i + 1] == c)
                literal.Append(text[i++]);
            else if (c == '}')
                throw Fault(text, i, "'}' closes no placeholder");
            else
            {
                var name = NameAt(text, i);
                parts.Add(new TemplatePart(literal.ToString(), null));
                parts.Add(new TemplatePart("", name));
                literal.Clear();
                i += name.Length + 1;
            }
        }

        parts.Add(new TemplatePart(literal.ToString(), null));
        return parts;
    }

    private static string NameAt(string text, int open)
    {
        var end = text.AsSpan(open + 1).IndexOfAny("{}\n");
        if (end < 0 || text[open + 1 + end] != '}')
            throw Fault(
                text, open, $"the placeholder '{Shown(text.AsSpan(open, Math.Max(end, 0) + 1), text.Length - open)}' is not closed");
        var name = text.Substring(open + 1, end);
        return Known.Contains(name, StringComparer.Ordinal) ? name
            : throw Fault(text, open, $"there is no placeholder '{{{OneLine.Of(name, LongestName)}}}'");
    }

    private static string Shown(ReadOnlySpan<char> text, int left) =>
        OneLine.Of(text.Length > 1 ? text : "{" + (left > 1 ? "…" : ""), LongestName);

    private static ArgumentException Fault(string text, int at, string what)
    {
        var before = text.AsSpan(0, at);
        var line = before.Count('\n') + 1;
        var column = at - before.LastIndexOf('\n');
        return new ArgumentException(string.Create(CultureInfo.InvariantCulture,
            $"The template, line {line}, column {column}: {what}. Known: {string.Join(", ", Known.Select(name => $"{{{name}}}"))}. Write "
                + $"{{{{ and }}}} for braces."));
    }
}
