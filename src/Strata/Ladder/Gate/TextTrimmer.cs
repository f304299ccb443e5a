using System.Text;
using Strata.Text;
using Strata.Tokens;

namespace Strata.Ladder.Gate;

/// <summary>Shortens a text by whole sentences and lines.</summary>
internal static class TextTrimmer
{
    /// <summary>
    /// The text in at most so many tokens: sentences go from the end; then those that come first below a heading, from the end as well; the
    /// first of the text and the headings stay, those below which nothing is left only where <paramref name="keepsEmptyHeadings"/> says so.
    /// Null when that does not fit.
    /// </summary>
    public static string? Trim(string text, int maxTokens, ITokenCounter counter, bool keepsEmptyHeadings)
    {
        if (counter.CountUpTo(text, Math.Max(0, maxTokens)) <= maxTokens)
            return text;
        var units = UnitsOf(text);
        var costs = units.ConvertAll(unit => counter.Count(text.AsSpan(unit.Start, unit.Length)));
        var order = Enumerable.Range(0, units.Count).Where(i => units[i].Rank == Rank.More).Reverse()
            .Concat(Enumerable.Range(0, units.Count).Where(i => units[i].Rank == Rank.First).Reverse()).ToList();
        var isKept = new bool[units.Count];
        Array.Fill(isKept, true);
        var left = costs.Sum();
        foreach (var next in order)
        {
            if (left <= maxTokens && Kept(text, units, isKept, keepsEmptyHeadings) is var fitting && counter.Count(fitting) <= maxTokens)
                return fitting;
            isKept[next] = false;
            left -= costs[next];
        }

        var rest = Kept(text, units, isKept, keepsEmptyHeadings);
        return rest.Length > 0 && counter.Count(rest) <= maxTokens ? rest : null;
    }

    /// <summary>
    /// The text without its last sentence or line where that has no end, as when the model was cut off; empty when nothing else stands
    /// there.
    /// </summary>
    public static string WithoutUnfinished(string text)
    {
        text = text.TrimEnd();
        var units = UnitsOf(text);
        var last = units.Count - 1;
        if (last < 0 || (units[last].Rank != Rank.Heading && IsFinished(text.AsSpan(units[last].Start, units[last].Length))))
            return text;
        last--;
        while (last >= 0 && units[last].Rank == Rank.Heading)
            last--;
        return last < 0 ? "" : Fences.Closed(text[..(units[last].Start + units[last].Length)].TrimEnd());
    }

    private static bool IsFinished(ReadOnlySpan<char> sentence) =>
        sentence.TrimEnd().TrimEnd("\"'”’»)]*`_") is [.., '.' or '!' or '?' or '。' or '！' or '？' or '．' or '؟' or '۔' or '।' or '…'];

    private static string Kept(string text, List<Unit> units, bool[] isKept, bool keepsEmptyHeadings)
    {
        var kept = new List<Unit>();
        for (var i = 0; i < units.Count; i++)
        {
            if (!isKept[i])
                continue;
            // A heading goes with what stands below it, down to the next heading.
            var last = i + 1;
            while (last < units.Count && units[last].Rank != Rank.Heading && !isKept[last])
                last++;
            if (units[i].Rank != Rank.Heading || keepsEmptyHeadings || (last < units.Count && units[last].Rank != Rank.Heading))
                kept.Add(units[i]);
        }

        var joined = new StringBuilder();
        for (var i = 0; i < kept.Count; i++)
        {
            // A sentence that ended its line took the line's end with it.
            var between =
                i == 0 ? [] : text.AsSpan(kept[i - 1].Start + kept[i - 1].Length, kept[i].Start - kept[i - 1].Start - kept[i - 1].Length);
            if (between.Contains('\n') && joined[^1] != '\n')
            {
                while (joined[^1] is ' ' or '\t')
                    joined.Length--;
                joined.Append('\n');
            }

            joined.Append(text, kept[i].Start, kept[i].Length);
        }

        return Fences.Closed(joined.ToString().Trim());
    }

    // Every char is in one unit, so that what is kept is kept as it was.
    private static List<Unit> UnitsOf(string text)
    {
        var units = new List<Unit>();
        var follows = Rank.Pinned;
        var fence = default(CodeFence);
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var found && found < 0 ? text.Length : found + 1;
            var line = text.AsSpan(start, end - start);
            var trimmed = line.Trim();
            if (trimmed.IsEmpty && units.Count > 0)
            {
                units[^1] = units[^1] with { Length = end - units[^1].Start };
            }
            else if (!trimmed.IsEmpty && !fence.Holds(trimmed) && SectionHeadings.IsHeading(trimmed))
            {
                units.Add(new Unit(start, end - start, Rank.Heading));
                follows = follows == Rank.Pinned ? Rank.Pinned : Rank.First;
            }
            else
            {
                foreach (var (from, length) in SentencesOf(line))
                {
                    units.Add(new Unit(start + from, length, follows));
                    follows = Rank.More;
                }
            }

            start = end;
        }

        return units;
    }

    private static List<(int From, int Length)> SentencesOf(ReadOnlySpan<char> line)
    {
        var sentences = new List<(int, int)>();
        var ranges = SentenceSplitter.Split(line);
        for (var i = 0; i < Math.Max(1, ranges.Count); i++)
        {
            var from = i == 0 ? 0 : ranges[i].Start.Value;
            var to = i + 1 < ranges.Count ? ranges[i + 1].Start.Value : line.Length;
            sentences.Add((from, to - from));
        }

        return sentences;
    }

    private enum Rank
    {
        /// <summary>The first of the text.</summary>
        Pinned,
        Heading,

        /// <summary>The first below a heading.</summary>
        First,
        More,
    }

    private readonly record struct Unit(int Start, int Length, Rank Rank);
}
