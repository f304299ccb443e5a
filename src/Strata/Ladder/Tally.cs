using Strata.Calls;

namespace Strata.Ladder;

/// <summary>What all attempts at one node took, and what failed.</summary>
internal sealed class Tally
{
    public List<CallFailure> Failures { get; } = [];

    public CallUsage Usage { get; private set; }

    /// <summary>Whether a piece of the source was not read because models were down.</summary>
    public bool LacksPieces { get; set; }

    public void Add(CallOutcome outcome)
    {
        Failures.AddRange(outcome.Failures);
        foreach (var failure in outcome.Failures)
            Add(failure.Usage);
        if (outcome.Answer is { } answer)
            Add(answer.Usage);
    }

    public void Add(Tally other)
    {
        Failures.AddRange(other.Failures);
        Add(other.Usage);
    }

    private void Add(CallUsage usage) => Usage += usage;
}
