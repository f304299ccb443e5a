using Strata.Planning.Hierarchy;
using Strata.Summaries.Extractive;
using Strata.Summaries.Languages;
using Strata.Transcripts;

namespace Strata.Summaries.Ladder;

/// <summary>What level 0 writes in place of a node that no model wrote.</summary>
internal static class LevelZeroText
{
    /// <summary>The name under which it passes on, cut, what models wrote below the node.</summary>
    public const string Excerpts = "excerpts";

    public static string Name { get; } = new ExtractiveSummarizer().Name;

    public static string NameOver(IReadOnlyList<SummaryNode> children) =>
        children.Any(child => child.Text.Length > 0 && (child.Level > 0 || child.WrittenBy is TreeWriter.Carried or Excerpts)) ? Excerpts : Name;

    public static string Of(PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request, CancellationToken cancellationToken)
    {
        // What was written once is nearer to the matter than what can be picked from the words again.
        var texts = children.Where(child => child.Text.Length > 0).ToList();
        if (texts.Count > 0)
            return string.Join('\n', texts.Select(child => Head(child.Text, part.MaxTokens * child.Tokens / Math.Max(1, texts.Sum(text => text.Tokens)), request)));
        List<int> groups = [.. part.AllGroups];
        if (groups.Count == 0)
            return "";
        var header = request.Counter.Count(SummaryHeader.Write(groups.Count, request.Transcript.Groups[groups[0]].Handle, request.Transcript.Groups[groups[^1]].Handle));
        var own = request with { Groups = groups, Shortened = [], Beside = [], Parts = [], MaxTokens = part.MaxTokens + header };
        return SummaryHeader.BodyOf(ExtractiveSummarizer.Write(own, cancellationToken));
    }

    private static string Head(string text, int tokens, SummaryRequest request)
    {
        if (request.Counter.CountUpTo(text, tokens) <= tokens)
            return text;
        var head = text[..TextCut.Head(text, request.Counter.FitHead(text, Math.Max(0, tokens - 1)))];
        var line = head.LastIndexOf('\n');
        return (line > head.Length / 2 ? head[..line] : head).TrimEnd() + "…";
    }
}
