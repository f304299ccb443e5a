using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>Sentences of all lines, those of fenced code too: a fence keeps no model from reading.</summary>
internal static class Sentences
{
    public static IEnumerable<Range> Of(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) is var stop && stop < 0 ? text.Length : stop;
            foreach (var sentence in SentenceSplitter.Split(text.AsSpan(start, end - start)))
                yield return (start + sentence.Start.Value)..(start + sentence.End.Value);
            start = end + 1;
        }
    }
}
