using Strata.Calls;
using Strata.Planning;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Archives;

/// <summary>The record of one compaction: what happened, measured on what is sent afterwards.</summary>
public sealed record CompactionReceipt
{
    /// <summary>12 letters and digits, as people type handles. The same compaction at the same instant has the same one.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// The receipt of the compaction whose result this one went on from; null for the first, and where no archive could tell.
    /// </summary>
    public string? Parent { get; init; }

    /// <summary>The session it was archived under; null where there is no archive.</summary>
    public string? SessionId { get; init; }

    /// <summary>Fingerprint of the conversation before: names the prefix that this receipt replaces.</summary>
    public required Fingerprint Source { get; init; }

    /// <summary>Fingerprint of the conversation after: a conversation that begins with it went on from here.</summary>
    public required Fingerprint Result { get; init; }

    /// <summary>When, by the compactor's <see cref="TimeProvider"/>.</summary>
    public required DateTimeOffset At { get; init; }

    public required string Strategy { get; init; }

    /// <summary>The model whose window was to be fitted; null when only a window was given.</summary>
    public string? Model { get; init; }

    /// <summary>Whose conversation it is; null when the caller did not tell.</summary>
    public string? AgentId { get; init; }

    /// <summary>Tokens before, counted on the whole request.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>Tokens after, counted on the whole request.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>Rungs that were taken after the strategy's own choice.</summary>
    public required IReadOnlyList<string> Rungs { get; init; }

    /// <summary>Everything that was cut, in order.</summary>
    public required IReadOnlyList<Cut> Cuts { get; init; }

    /// <summary>Who wrote each summary.</summary>
    public required IReadOnlyList<string> WrittenBy { get; init; }

    /// <summary>
    /// The parts that models were asked for, oldest first: who wrote each at which level, what it took, and what failed before; empty where
    /// level 0 wrote all.
    /// </summary>
    public IReadOnlyList<SummaryNode> Nodes { get; init; } = [];

    /// <summary>What models took for this compaction, at all levels, with all that failed and what was written for nothing.</summary>
    public CallUsage Usage { get; init; }
}

/// <summary>One original that left the context, in whole or in part.</summary>
/// <param name="Handle">Recalls it.</param>
/// <param name="Action">What happened.</param>
/// <param name="Reason">Why.</param>
/// <param name="TokensBefore">Tokens of the group as it was.</param>
/// <param name="TokensAfter">Tokens of it that are left, measured.</param>
public sealed record Cut(Handle Handle, GroupAction Action, string Reason, int TokensBefore, int TokensAfter)
{
    /// <summary>
    /// For a shortened group: the handles of the contents that were cut in it, as its markers name them; empty otherwise.
    /// </summary>
    public IReadOnlyList<Handle> Contents { get; init; } = [];
}
