namespace Strata.LevelZero;

/// <summary>A command between backticks, as Markdown has it: one that holds backticks stands between more of them.</summary>
internal static class CodeSpan
{
    public static string Of(string text)
    {
        var fence = new string('`', LongestRun(text) + 1);
        // A blank keeps the fence apart from a backtick at the end of the text.
        return text.Length == 0 || text[0] == '`' || text[^1] == '`' ? $"{fence} {text} {fence}" : fence + text + fence;
    }

    /// <summary>The text of the span that the line begins with, and what follows it; null when it begins with none.</summary>
    public static (string Text, string After)? Read(string line)
    {
        var ticks = line.AsSpan().IndexOfAnyExcept('`');
        if (ticks <= 0)
            return null;
        for (var i = ticks; i < line.Length;)
        {
            if (line[i] != '`')
            {
                i++;
                continue;
            }

            var run = line.AsSpan(i).IndexOfAnyExcept('`');
            run = run < 0 ? line.Length - i : run;
            if (run == ticks)
                return (Unpadded(line[ticks..i]), line[(i + run)..]);
            i += run;
        }

        return null;
    }

    private static string Unpadded(string text) => text is [' ', .. var inner, ' '] ? inner : text;

    private static int LongestRun(string text)
    {
        var longest = 0;
        var run = 0;
        foreach (var c in text)
        {
            run = c == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
