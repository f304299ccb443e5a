using Strata.Archives;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata;

/// <summary>Reads the standing instructions back from the summaries in which a compaction wrote them down.</summary>
internal static class LedgerRecords
{
    private const string Rule = "rule";
    private const string Fact = "fact";

    public static IReadOnlyList<LedgerRecord> Of(IReadOnlyList<OutgoingMessage> outgoing) =>
    [
        .. from message in outgoing
           where message.SourceIndex < 0 || Transcripts.SummaryHeader.IsSummary(message.Message.Text)
           let summary = PreviousSummary.Parse(message.Message.Text)
           where summary is not null
           from record in Of(summary, SummaryFormat.Rules, Rule).Concat(Of(summary, SummaryFormat.Facts, Fact))
           select record,
    ];

    private static IEnumerable<LedgerRecord> Of(PreviousSummary summary, string section, string kind) =>
        summary[section].Select(entry => new LedgerRecord(string.Join('\n', entry.Lines.Prepend(entry.Text)), kind, entry.Handle));
}
