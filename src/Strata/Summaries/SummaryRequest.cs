using Microsoft.Extensions.AI;
using Strata.Planning.Hierarchy;
using Strata.Secrets;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Summaries;

/// <summary>What a summary has to cover and how long it may be.</summary>
public sealed record SummaryRequest
{
    /// <value>
    /// The conversation. Secrets in it are replaced by placeholders (<see cref="SecretRedactor"/>) when it is set, so that no summary
    /// and no model is told one. Groups, handles and fingerprints are those of the originals.
    /// </value>
    public required Transcript Transcript
    {
        get;
        init => field = SecretGate.Pass(value);
    }

    /// <summary>Indexes of the groups that the summary stands for, ascending, at least one. Earlier summaries may be among them.</summary>
    public required IReadOnlyList<int> Groups { get; init; }

    /// <summary>Indexes of groups that stay with their contents cut; what is cut from them may be told too. None by default.</summary>
    public IReadOnlyList<int> Shortened { get; init; } = [];

    /// <summary>
    /// The messages that stay, as they will be sent but for secrets: what they say needs no saying again. None by default.
    /// </summary>
    public IReadOnlyList<ChatMessage> Beside
    {
        get;
        init => field = [.. value.Select(SecretGate.Pass)];
    } = [];

    /// <summary>What is to be told at which level of detail, oldest first; empty: as the summarizer sees fit.</summary>
    public IReadOnlyList<PlannedPart> Parts { get; init; } = [];

    /// <summary>The most tokens the text may have, its header line included.</summary>
    public required int MaxTokens { get; init; }

    public required ITokenCounter Counter { get; init; }
}
