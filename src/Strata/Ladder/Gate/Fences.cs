using Strata.Text;

namespace Strata.Ladder.Gate;

/// <summary>Sees to it that fenced code ends within a text: what is written below would be code otherwise.</summary>
internal static class Fences
{
    /// <summary>The text itself, or, where a fence stays open, the text with the marks of all its fences taken off.</summary>
    public static string Closed(string text)
    {
        if (!text.Contains("```", StringComparison.Ordinal) && !text.Contains("~~~", StringComparison.Ordinal))
            return text;
        var fence = default(CodeFence);
        foreach (var range in text.AsSpan().Split('\n'))
        {
            var line = text.AsSpan(range).Trim();
            if (!line.IsEmpty)
                fence.Holds(line);
        }

        // A line of words behind the text is held by a fence only when that was never closed.
        return fence.Holds("x") ? string.Join('\n', text.Split('\n').Select(Bare)).Trim() : text;
    }

    // Behind a bullet, so that no line comes to stand at the margin that did not before.
    private static string Bare(string line)
    {
        var trimmed = line.AsSpan().TrimStart();
        if (!trimmed.StartsWith("```") && !trimmed.StartsWith("~~~"))
            return line;
        var rest = trimmed.TrimStart("`~ ").TrimEnd();
        return rest.Contains(' ') ? $"- {rest}" : "";
    }
}
