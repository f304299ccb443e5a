using Strata.Planning;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata compact</c> did. Numbers are tokens unless named otherwise.</summary>
internal sealed record CompactReport
{
    public required string File { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsFromPipe { get; init; }

    public required string Format { get; init; }

    /// <summary>Null when no file was written; <c>-</c> for standard output.</summary>
    public string? Output { get; init; }

    public required string OutputFormat { get; init; }

    public long? OutputBytes { get; init; }

    public required CompactionOutcome Outcome { get; init; }

    public required string Reason { get; init; }

    public required ModelReport Model { get; init; }

    public required CounterReport Counter { get; init; }

    public required int Window { get; init; }

    public required bool WindowIsKnown { get; init; }

    public required int Available { get; init; }

    public required int Threshold { get; init; }

    public required int Target { get; init; }

    public required int Before { get; init; }

    public required int After { get; init; }

    /// <summary>Input tokens that the file records for its last request; null when it records none.</summary>
    public int? Recorded { get; init; }

    public required string Strategy { get; init; }

    /// <summary>Null when there is no plan.</summary>
    public ActionTotals? Groups { get; init; }

    public required MessageTotals Messages { get; init; }

    public required IReadOnlyList<string> Rungs { get; init; }

    /// <summary>Tokens around the messages: instructions, tools, framing of the request.</summary>
    public required int Request { get; init; }

    /// <summary>Levels of the summaries.</summary>
    public required IReadOnlyList<int> Levels { get; init; }

    public required int SummaryTokens { get; init; }

    /// <summary>What models wrote and what it took; null where none was named.</summary>
    public Ladders.LadderReport? Ladder { get; init; }

    /// <summary>Where the originals are; null where nothing was archived.</summary>
    public KeptReport? Archive { get; init; }

    /// <summary>Whose conversation it is; null when that was not said.</summary>
    public string? AgentId { get; init; }

    public required IReadOnlyList<ProblemReport> Problems { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required double Milliseconds { get; init; }
}

/// <summary>Messages before and after.</summary>
internal sealed record MessageTotals(int Before, int After, int Removed, int Preserved);

/// <summary>What happened to the groups.</summary>
internal sealed record ActionTotals(ActionTotal Keep, ActionTotal Shorten, ActionTotal Summarize, ActionTotal Drop)
{
    /// <param name="plan">The plan as it was carried out.</param>
    /// <param name="messagesOfGroup">Messages of a group.</param>
    /// <param name="stand">Tokens of the summaries or notices that stand for what left.</param>
    public static ActionTotals Of(CompactionPlan plan, Func<int, int> messagesOfGroup, int stand)
    {
        var summarized = Total(GroupAction.Summarize);
        var dropped = Total(GroupAction.Drop);
        return summarized.Groups > 0
            ? new(Total(GroupAction.Keep), Total(GroupAction.Shorten), summarized with { After = stand }, dropped)
            : new(Total(GroupAction.Keep), Total(GroupAction.Shorten), summarized, dropped with { After = stand });

        ActionTotal Total(GroupAction action)
        {
            var decisions = plan.Decisions.Where(decision => decision.Action == action).ToList();
            return new(
                decisions.Count,
                decisions.Sum(decision => messagesOfGroup(decision.Group)),
                decisions.Sum(decision => (long)decision.TokensBefore),
                decisions.Sum(decision => (long)decision.TokensAfter));
        }
    }
}

/// <summary>The groups that one thing happened to, with their messages and tokens.</summary>
internal sealed record ActionTotal(int Groups, int Messages, long Before, long After);
