using Strata.Planning.Hierarchy;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Ladder;

/// <summary>
/// One part for everything, for strategies that want one summary: the highest level writes it, from the words themselves and what earlier
/// summaries told.
/// </summary>
internal static class WholePart
{
    // A summary is never asked for in so few tokens that its header has no room beside it.
    private const int LeastTokens = 64;

    public static IReadOnlyList<PlannedPart> Of(SummaryRequest request, HierarchyOptions shape)
    {
        var size = shape.Levels[^1];
        var most = (int)(request.MaxTokens * (1 - shape.LedgerShare));
        var raw =
            request.Groups.Where(group => request.Transcript.Groups[group].Kind is not (GroupKind.Summary or GroupKind.System)).ToList();
        var children = request.Groups.SelectMany(group => EarlierParts.Of(group, request.Transcript, size.Level, request.Counter)).ToList();
        var covered = raw.SelectMany(group => request.Transcript.Groups[group].Messages).SelectMany(message => message.Contents)
            .Sum(content => request.Counter.Count(MessageText.Of(content) ?? ""));
        if (raw.Count > 0)
            children.Add(new PlannedPart
            {
                Level = 0,
                MaxTokens = covered,
                CoveredTokens = covered,
                Groups = raw,
                FirstGroup = raw[0],
                LastGroup = raw[^1]
            });
        if (most < LeastTokens || children.Count == 0)
            return [];
        return
        [
            new PlannedPart
            {
                Level = size.Level,
                MaxTokens = Math.Min(size.MaxTokens, most),
                CoveredTokens = children.Sum(child => child.CoveredTokens),
                Children = children,
                FirstGroup = children[0].FirstGroup,
                LastGroup = children[^1].LastGroup,
            },
        ];
    }
}
