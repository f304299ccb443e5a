using Strata.Text;
using Strata.Ladder.Prompts;
using Strata.Tokens;

namespace Strata.Ladder;

/// <summary>Divides a source into pieces that fit a window, at the bounds of its items where possible.</summary>
internal static class SourceChunks
{
    // Labels and delimiters around an item.
    private const int AroundItem = 16;

    /// <summary>The pieces in order; one where all of it fits.</summary>
    public static List<IReadOnlyList<SourceItem>> Split(IReadOnlyList<SourceItem> source, int maxTokens, ITokenCounter counter)
    {
        var most = Math.Max(maxTokens, 4 * AroundItem);
        var chunks = new List<IReadOnlyList<SourceItem>>();
        var (chunk, tokens) = (new List<SourceItem>(), 0);
        foreach (var (item, count) in source.SelectMany(item => Pieces(item, most - AroundItem, counter)))
        {
            if (tokens + count + AroundItem > most && chunk.Count > 0)
            {
                chunks.Add(chunk);
                (chunk, tokens) = ([], 0);
            }

            chunk.Add(item);
            tokens += count + AroundItem;
        }

        if (chunk.Count > 0)
            chunks.Add(chunk);
        return chunks;
    }

    private static IEnumerable<(SourceItem Item, int Tokens)> Pieces(SourceItem item, int most, ITokenCounter counter)
    {
        var text = item.Text;
        while (counter.CountUpTo(text, most) > most)
        {
            var head = TextCut.Head(text, counter.FitHead(text, most));
            if (head <= 0)
                yield break;
            yield return (item with { Text = text[..head] }, most);
            text = text[head..];
        }

        yield return (item with { Text = text }, counter.Count(text));
    }
}
