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
        var fitted = new StringBuilder();
        var used = 1;
        foreach (var rune in text.EnumerateRunes())
        {
            used += Width(rune.ToString());
            if (used > width)
                break;
            fitted.Append(rune);
        }

        return fitted.ToString().TrimEnd() + "…";
    }
}
