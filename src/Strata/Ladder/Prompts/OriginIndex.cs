using System.Runtime.InteropServices;
using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>Knows of every run of three words in the source who said it.</summary>
internal sealed class OriginIndex
{
    // Half of a sentence's runs: a model that copies leaves a word out here and there.
    private const double Copied = .5;

    // Two thirds: what a sentence keeps that is copied with every seventh word missing.
    private const double Verbatim = .65;

    // From here on runs of three words tell; in shorter sentences two, and one where there is no more.
    private const int LongSentence = 4;

    private readonly Dictionary<ulong, Origin> _runs = [];

    public OriginIndex(IReadOnlyList<SourceItem> items)
    {
        foreach (var item in items)
        {
            var origin = OriginOf(item.Kind);
            var text = SourceText.Visible(item.Text);
            foreach (var sentence in Sentences.Of(text))
            {
                var words = text.AsSpan()[sentence];
                var said = item.Kind == SourceVoice.Summary && Attribution.IsMarked(text, sentence) ? origin | Origin.Tool : origin;
                Add(words, item.IsUntrusted && OrderCues.IsOverride(words) ? said | Origin.Override : said);
            }
        }
    }

    /// <summary>Who said most of the sentence; <see cref="Origin.User"/> alone where the user did.</summary>
    public Origin Of(ReadOnlySpan<char> sentence)
    {
        var counts = new Dictionary<Origin, int>();
        var runs = 0;
        foreach (var run in Runs(sentence, all: false))
        {
            runs++;
            var origin = _runs.GetValueOrDefault(run);
            foreach (var one in (ReadOnlySpan<Origin>)[Origin.User, Origin.Tool, Origin.Software, Origin.Summary, Origin.Assistant,
                Origin.Override])
            {
                if (origin.HasFlag(one))
                    CollectionsMarshal.GetValueRefOrAddDefault(counts, one, out _)++;
            }
        }

        var found = Origin.None;
        foreach (var (one, count) in counts)
        {
            found |= count >= runs * Copied ? one : Origin.None;
            found |= (one is Origin.Tool or Origin.Software) && count >= runs * Verbatim ? Origin.Verbatim : Origin.None;
        }

        return found.HasFlag(Origin.User) ? Origin.User : found;
    }

    private static Origin OriginOf(SourceVoice kind) => kind switch
    {
        SourceVoice.User => Origin.User,
        SourceVoice.ToolResult => Origin.Tool,
        SourceVoice.Injected => Origin.Software,
        SourceVoice.Summary => Origin.Summary,
        _ => Origin.Assistant,
    };

    private void Add(ReadOnlySpan<char> sentence, Origin origin)
    {
        foreach (var run in Runs(sentence, all: true))
            CollectionsMarshal.GetValueRefOrAddDefault(_runs, run, out _) |= origin;
    }

    // Of the source all lengths of runs are kept, so that what is short in the summary finds its place in what was long there.
    private static List<ulong> Runs(ReadOnlySpan<char> sentence, bool all)
    {
        var runs = new List<ulong>();
        var (first, second, words) = (0UL, 0UL, 0);
        var (ones, twos) = (new List<ulong>(), new List<ulong>());
        foreach (var word in WordSplitter.Split(sentence))
        {
            var key = WordKey.Of(word);
            ones.Add(key);
            if (words > 0)
                twos.Add(Join(second, key));
            if (words > 1)
                runs.Add(Join(Join(first, second), key));
            (first, second) = (second, key);
            words++;
        }

        if (all)
            return [.. ones, .. twos, .. runs];
        return words >= LongSentence ? runs : words > 1 ? twos : ones;
    }

    private static ulong Join(ulong left, ulong right) => ((left * 1099511628211UL) ^ right) * 1099511628211UL;
}
