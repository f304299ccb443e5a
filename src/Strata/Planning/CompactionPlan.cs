using Strata.Tokens.Calibration;

namespace Strata.Planning;

/// <summary>
/// What happens to each group of a transcript and why. A value: it can be printed, compared, tested and carried out later.
/// </summary>
public sealed record CompactionPlan
{
    /// <summary>Name of the strategy that chose.</summary>
    public required string Strategy { get; init; }

    /// <summary>One for each group, in order.</summary>
    public required IReadOnlyList<GroupDecision> Decisions { get; init; }

    /// <summary>Summaries to be written, in the order of their place.</summary>
    public required IReadOnlyList<PlannedSummary> Summaries { get; init; }

    /// <summary>The rungs that were taken after the strategy's own choice, in order: see <see cref="Rungs"/>.</summary>
    public required IReadOnlyList<string> RungsTaken { get; init; }

    /// <summary>Tokens that are sent now, the request around the messages included.</summary>
    public required int TokensBefore { get; init; }

    /// <summary>The most tokens that are sent afterwards, summaries at their full allowance.</summary>
    public required int TokensAfter { get; init; }

    /// <summary>Tokens that compaction has to end at or below.</summary>
    public required int Target { get; init; }

    /// <summary>Why no plan reaches the target; null when this one does.</summary>
    public string? CannotFit { get; init; }

    /// <summary>True when every group stays as it is.</summary>
    public bool ChangesNothing => Decisions.All(decision => decision.Action == GroupAction.Keep);

    /// <summary>The same plan told in the tokens that the provider reports.</summary>
    internal CompactionPlan In(TokenScale scale) => scale.IsIdentity ? this : this with
    {
        TokensBefore = scale.ToReported(TokensBefore),
        TokensAfter = scale.ToReported(TokensAfter),
        Target = scale.ToReported(Target),
        Decisions =
        [
            .. Decisions.Select(decision => decision with
            {
                TokensBefore = scale.PartToReported(decision.TokensBefore),
                TokensAfter = scale.PartToReported(decision.TokensAfter),
            }),
        ],
    };
}
