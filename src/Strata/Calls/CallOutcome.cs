namespace Strata.Calls;

/// <summary>What became of a question that was put to one model after the other.</summary>
/// <param name="Answer">The first that was accepted; null when there is none.</param>
/// <param name="Failures">What failed before, in order.</param>
public sealed record CallOutcome(CallAnswer? Answer, IReadOnlyList<CallFailure> Failures);

/// <summary>An attempt that came to nothing.</summary>
/// <param name="Model">Who was asked.</param>
/// <param name="Fault">The kind.</param>
/// <param name="Reason">In plain words, without keys and without the text that was sent.</param>
/// <param name="Usage">
/// What it took all the same; zero when nothing was sent or the server turned it away. Of a call that was cut off, the input as counted and
/// the most that it can have cost.
/// </param>
public sealed record CallFailure(string Model, CallFault Fault, string Reason, CallUsage Usage);
