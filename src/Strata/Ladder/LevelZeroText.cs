using Strata.LevelZero;
using Strata.Planning.Hierarchy;
using Strata.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Ladder;

/// <summary>What level 0 writes in place of a node that no model wrote.</summary>
internal static class LevelZeroText
{
    /// <summary>The name under which it passes on, cut, what models wrote below the node.</summary>
    public const string Excerpts = "excerpts";

    public static string Name { get; } = new ExtractiveSummarizer().Name;

    public static string NameOver(IReadOnlyList<SummaryNode> children) =>
        children.Any(child => child.Text.Length > 0 && (child.Level > 0 || child.WrittenBy is TreeWriter.Carried or Excerpts)) ? Excerpts
            : Name;

    public static string Of(
        PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request, CancellationToken cancellationToken)
    {
        // What was written once is nearer to the matter than what can be picked from the words again.
        return children.Any(child => child.Text.Length > 0)
            ? OfPieces(Pieces(part, children), part.MaxTokens, request, cancellationToken)
            : OfWords([.. part.AllGroups], part.MaxTokens, request, cancellationToken);
    }

    // Each child has its share, but the words of many turns do not crowd out what is short already.
    private static string OfPieces(
        List<(SummaryNode? Node, PlannedPart Part)> pieces, int maxTokens, SummaryRequest request, CancellationToken cancellationToken)
    {
        var all = Math.Max(1, pieces.Sum(WeightOf));
        return string.Join(
            '\n', pieces.Select(piece => TextOf(piece, (int)(maxTokens * WeightOf(piece) / all))).Where(text => text.Length > 0));

        long WeightOf((SummaryNode? Node, PlannedPart Part) piece) => Math.Min(maxTokens, piece.Node?.Tokens ?? piece.Part.MaxTokens);

        string TextOf((SummaryNode? Node, PlannedPart Part) piece, int tokens)
        {
            if (piece.Node is { } written)
                return Head(written.Text, tokens, request);
            var words = NodeWriter.WordsOf("", piece.Part, request);
            return words.Tokens <= tokens ? words.Text : OfWords(piece.Part.Groups, tokens, request, cancellationToken);
        }
    }

    private static List<(SummaryNode? Node, PlannedPart Part)> Pieces(PlannedPart part, IReadOnlyList<SummaryNode> children)
    {
        var written = new Queue<SummaryNode>(children);
        return [.. part.Children.Select(child => (TreeWriter.IsWritten(child) ? written.Dequeue() : null, child))];
    }

    private static string OfWords(IReadOnlyList<int> groups, int maxTokens, SummaryRequest request, CancellationToken cancellationToken)
    {
        if (groups.Count == 0)
            return "";
        var header = request.Counter.Count(SummaryHeader.Write(
            groups.Count, request.Transcript.Groups[groups[0]].Handle, request.Transcript.Groups[groups[^1]].Handle));
        var own = request with { Groups = groups, Shortened = [], Beside = [], Parts = [], MaxTokens = maxTokens + header };
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
