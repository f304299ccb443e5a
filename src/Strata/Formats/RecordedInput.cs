using Strata.Transcripts;

namespace Strata.Formats;

/// <summary>How large a request was, as its vendor reported it and the agent wrote it down.</summary>
/// <param name="Message">The index of the live message that answered the request.</param>
/// <param name="Tokens">All input tokens, those that a cache served or took included.</param>
public sealed record RecordedInput(int Message, int Tokens)
{
    // A request behind a compaction is smaller than the last one before it by at least this share.
    private const double Fall = .9;

    /// <summary>
    /// The newest of <paramref name="records"/> that tells of the conversation as it is. Messages that a summary of Strata's left in place
    /// carry the records of the longer conversation: those behind a summary are believed only where they fall below an earlier one.
    /// </summary>
    internal static int? Newest(SessionDocument document, IReadOnlyList<RecordedInput> records)
    {
        var summary = document.Messages.ToList().FindLastIndex(static message =>
            message.Text.TrimStart().StartsWith(SummaryHeader.Prefix, StringComparison.Ordinal));
        var behind = records.Where(record => record.Message > summary && record.Tokens > 0).ToList();
        if (behind.Count == 0)
            return null;
        return summary < 0 || behind.Zip(behind.Skip(1)).Any(static pair => pair.Second.Tokens < Fall * pair.First.Tokens)
            ? behind[^1].Tokens
            : null;
    }
}
