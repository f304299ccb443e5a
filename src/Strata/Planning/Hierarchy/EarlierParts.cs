using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Planning.Hierarchy;

/// <summary>The parts of an earlier summary, which go on as they are.</summary>
internal static class EarlierParts
{
    /// <param name="group">The summary's group; any other has no parts.</param>
    /// <param name="transcript">What it is in.</param>
    /// <param name="foreignLevel">The level that another tool's summary counts as: it is prose as a whole.</param>
    /// <param name="counter">Counts them.</param>
    public static IEnumerable<PlannedPart> Of(int group, Transcript transcript, int foreignLevel, ITokenCounter counter)
    {
        var source = transcript.Groups[group];
        if (source.Kind != GroupKind.Summary)
            return [];
        var text = MessageText.Of(source.Messages[0]);
        IReadOnlyList<SummaryPart> parts = text.TrimStart().StartsWith(SummaryHeader.Prefix, StringComparison.Ordinal)
            ? SummaryHistory.Read(text)
            : [new SummaryPart(foreignLevel, source.Handle, source.Handle, text)];
        return parts.Select(part => PartOf(part, counter.Count(part.Text), group));
    }

    private static PlannedPart PartOf(SummaryPart part, int tokens, int group) =>
        new() { Level = part.Level, MaxTokens = tokens, CoveredTokens = tokens, Carried = part, FirstGroup = group, LastGroup = group };
}
