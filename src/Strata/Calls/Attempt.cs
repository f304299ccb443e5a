namespace Strata.Calls;

/// <summary>What became of one attempt: an answer that was accepted, or a failure; and how long the server asks to be left alone.</summary>
internal sealed record Attempt(CallAnswer? Answer, CallFailure? Failure, TimeSpan? RetryAfter = null);
