using Strata.Summaries;

namespace Strata.Ladder.Gate;

/// <summary>What became of an answer.</summary>
/// <param name="Text">The accepted text, completed where it lacked something; null when it is refused.</param>
/// <param name="Refusal">Why, in plain words and without the answer's own; null when it is accepted.</param>
/// <param name="Quality">Null when it is refused.</param>
/// <param name="Appended">Lines of <paramref name="Text"/> that the answer did not have.</param>
internal sealed record GateVerdict(string? Text, string? Refusal, QualityMetrics? Quality, IReadOnlyList<string> Appended)
{
    /// <summary>What a receipt should say although the answer was accepted; null when there is nothing.</summary>
    public string? Note { get; init; }

    public static GateVerdict Refuse(string reason) => new(null, reason, null, []);
}
