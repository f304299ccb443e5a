using System.Globalization;
using System.Text;
using Strata.Tokens;

namespace Strata.Ladder.Prompts;

/// <summary>
/// Writes the source so that it fits: the longest items lose their middles first; where there are too many, whole items are left out and
/// counted.
/// </summary>
internal static class SourceFitter
{
    // Shorter than this an item says nothing: better fewer of them.
    private const int LeastItem = 40;

    // "[… 12 items left out …]"
    private const int GapLine = 12;

    // Tokenizers join across pieces: a sum is not exact. Each try takes off what was too much.
    private const int Tries = 8;

    public static string Fit(List<SourcePart> parts, string boundary, int maxTokens, ITokenCounter counter)
    {
        if (parts.Count == 0)
            return "(nothing)\n";
        var sizes = parts.ConvertAll(part => counter.Count(part.HeadingLine(boundary)) + counter.Count(part.Text) + 1);
        var room = maxTokens;
        for (var i = 0; i < Tries && room > 0; i++)
        {
            var text = Write(parts, sizes, boundary, room, counter);
            var tokens = counter.Count(text);
            if (tokens <= maxTokens)
                return text;
            room -= Math.Max(tokens - maxTokens, room / 20);
        }

        return Gap(parts.Count);
    }

    private static string Write(List<SourcePart> parts, List<int> sizes, string boundary, int room, ITokenCounter counter)
    {
        var kept = Enumerable.Range(0, parts.Count).ToList();
        var cap = Cap(kept.ConvertAll(i => sizes[i]), room);
        if (cap < LeastItem)
        {
            kept = Choose(parts, sizes, room);
            cap = Math.Max(Cap(kept.ConvertAll(i => sizes[i] + GapLine), room) - GapLine, LeastItem);
        }

        var text = new StringBuilder();
        var next = 0;
        foreach (var i in kept)
        {
            if (i > next)
                text.Append(Gap(i - next));
            var heading = parts[i].HeadingLine(boundary);
            text.Append(heading)
                .Append(sizes[i] <= cap ? parts[i].Text : MiddleCut.Of(parts[i].Text, cap - counter.Count(heading) - 1, counter))
                .Append('\n');
            next = i + 1;
        }

        return next < parts.Count ? text.Append(Gap(parts.Count - next)).ToString() : text.ToString();
    }

    // The size to which the larger ones are cut so that all fit together.
    private static int Cap(List<int> sizes, int room)
    {
        sizes.Sort();
        for (var i = 0; i < sizes.Count; i++)
        {
            var share = room / (sizes.Count - i);
            if (sizes[i] > share)
                return share;
            room -= sizes[i];
        }

        return int.MaxValue;
    }

    // By rank, then from both ends inward: how it began and how it stands.
    private static List<int> Choose(List<SourcePart> parts, List<int> sizes, int room)
    {
        var kept = new List<int>();
        foreach (var i in Enumerable.Range(0, parts.Count).OrderBy(i => parts[i].Rank).ThenBy(i => Math.Min(i, parts.Count - 1 - i))
            .ThenByDescending(i => i))
        {
            room -= Math.Min(sizes[i], LeastItem) + GapLine;
            if (room < 0)
                break;
            kept.Add(i);
        }

        kept.Sort();
        return kept;
    }

    private static string Gap(int items) =>
        string.Create(CultureInfo.InvariantCulture, $"[… {items} {(items == 1 ? "item" : "items")} left out …]\n");
}
