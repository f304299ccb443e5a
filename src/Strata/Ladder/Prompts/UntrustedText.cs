using System.Text;
using System.Text.RegularExpressions;
using Strata.Transcripts;

namespace Strata.Ladder.Prompts;

/// <summary>Keeps text from tools and the web from gaining a voice in what a model wrote.</summary>
internal static partial class UntrustedText
{
    /// <summary>
    /// The summary with sentences that are copied from untrusted items, or order the reader about, put into the mouth of whoever said them,
    /// unless it was the user; with role tags, tool-call tags, special tokens, recall markers and our header made unlike themselves, and
    /// without what cannot be seen. The same instance where nothing of the kind is in it; what was done once is not done again. Linear in
    /// both.
    /// </summary>
    /// <param name="summaryText">What a model wrote.</param>
    /// <param name="sourceItems">What it was shown.</param>
    public static string Neutralize(string summaryText, IReadOnlyList<SourceItem> sourceItems)
    {
        var text = Attribute(SourceText.Visible(summaryText), new OriginIndex(sourceItems));
        text = Marks(text, sourceItems);

        // Not the first line of a summary that a model wrote, but of one that somebody wants it to pass for.
        return SummaryHeader.Starts(text) ? "- " + text.TrimStart() : text;
    }

    private static string Attribute(string text, OriginIndex index)
    {
        var marked = Attribution.MarkedIn(text);
        StringBuilder? changed = null;
        var (copied, next) = (0, 0);
        Range? pending = null;
        var origin = Origin.None;
        foreach (var sentence in Sentences.Of(text))
        {
            while (next < marked.Count && marked[next].End.Value <= sentence.Start.Value)
                next++;
            if (next < marked.Count && marked[next].Start.Value < sentence.End.Value)
                continue;
            if (WhoSaid(text.AsSpan()[sentence], index) is not { } who)
                continue;

            // Neighbours of one line and one origin share a mark.
            if (pending is { } before && origin == who && string.IsNullOrWhiteSpace(text[before.End..sentence.Start])
                && !text.AsSpan()[before.End..sentence.Start].Contains('\n'))
            {
                pending = before.Start..sentence.End;
                continue;
            }

            Flush();
            (pending, origin) = (sentence, who);
        }

        Flush();
        return changed is null ? text : changed.Append(text, copied, text.Length - copied).ToString();

        void Flush()
        {
            if (pending is not { } said)
                return;
            (changed ??= new StringBuilder(text.Length + 64)).Append(text, copied, said.Start.Value - copied)
                .Append(Attribution.Of(origin, text[said]));
            copied = said.End.Value;
            pending = null;
        }
    }

    /// <summary>Into whose mouth the sentence belongs; null when it may stand as it is.</summary>
    private static Origin? WhoSaid(ReadOnlySpan<char> sentence, OriginIndex index)
    {
        var origin = index.Of(sentence);
        if (origin == Origin.User)
            return null;
        // Wherever it came from: paraphrased, translated, decoded, or in an earlier summary that nobody looked at.
        if (OrderCues.IsOverride(sentence))
            return origin;
        if (!origin.HasFlag(Origin.Tool) && !origin.HasFlag(Origin.Software))
            return null;

        if (origin.HasFlag(Origin.Override) || OrderCues.IsObliging(sentence))
            return origin;

        // What the assistant says too is its own. Else whatever is said in words is a claim, and no list of words knows every order.
        var isMarked = !origin.HasFlag(Origin.Assistant)
            && (OrderCues.IsImperative(sentence) || (origin.HasFlag(Origin.Verbatim) && Prose.Is(sentence)));
        return isMarked ? origin : null;
    }

    private static string Marks(string text, IReadOnlyList<SourceItem> items)
    {
        if (!text.AsSpan().ContainsAny("<[:"))
            return text;
        text = Tag()
            .Replace(
                text, tag => items.Any(item => item.Kind == SourceVoice.User && item.Text.Contains(tag.Value, StringComparison.Ordinal))
                ? tag.Value
                : SourceText.Defuse(tag));
        return RoleLine().Replace(SourceText.Of(text), "${role} -");
    }

    [GeneratedRegex(
        @"(?<!\w)</?\s{0,3}(?:system(?:-reminder|_prompt)?|SYSTEM|assistant|user|human|developer|instructions?|tool(?:_call|_use|_result"
            + @"|_response)?s?|function_(?:calls?|results?)|invoke|parameter|antml:\w{1,40}|think(?:ing)?)\b[^<>\n]{0,200}>"
            + @"|\[Previous conversation summary\]|\[[^\[\]\n]{0,120}\brecall [0-9a-zA-Z]{4,16}[^\[\]\n]{0,60}\]",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tag();

    // The form in which a conversation is written down: a reader takes what follows for that speaker's.
    [GeneratedRegex(
        @"^(?:[#*\s]{0,6})(?<role>System|SYSTEM|system|Developer|DEVELOPER|Human|HUMAN)(?: (?:prompt|message|note))?\s{0,3}(?:\*\*)?:",
        RegexOptions.CultureInvariant | RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RoleLine();
}
