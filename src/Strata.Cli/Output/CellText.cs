using System.Text;
using Spectre.Console.Rendering;

namespace Strata.Cli.Output;

/// <summary>Text measured in terminal cells: a CJK letter takes two.</summary>
internal static class CellText
{
    public static int Width(string text) => new Segment(text).CellCount();

    /// <summary>The text, or its beginning and <c>…</c> where it is wider than <paramref name="width"/>.</summary>
    public static string Fit(string text, int width)
    {
        if (text.Length * 2 <= width || Width(text) <= width)
            return text;
        return Head(text, width).TrimEnd() + "…";
    }

    /// <summary>The text, or <c>…</c> and its end where it is wider than <paramref name="width"/>: a path's end says most.</summary>
    public static string FitEnd(string text, int width)
    {
        if (Width(text) <= width)
            return text;
        var reversed = string.Concat(text.EnumerateRunes().Reverse());
        return "…" + string.Concat(Head(reversed, width).EnumerateRunes().Reverse());
    }

    private static string Head(string text, int width)
    {
        var fitted = new StringBuilder();
        var used = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune.ToString());
            if (used > width)
                break;
            fitted.Append(rune);
        }

        return fitted.ToString();
    }
}
