using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Summaries;

/// <summary>What a summary has to cover and how long it may be.</summary>
public sealed record SummaryRequest
{
    public required Transcript Transcript { get; init; }

    /// <summary>Indexes of the groups that the summary stands for, ascending, at least one. Earlier summaries may be among them.</summary>
    public required IReadOnlyList<int> Groups { get; init; }

    /// <summary>The most tokens the text may have, its header line included.</summary>
    public required int MaxTokens { get; init; }

    public required ITokenCounter Counter { get; init; }
}
