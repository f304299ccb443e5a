namespace Strata.Conversations;

/// <summary>How the last try to compact a conversation ended.</summary>
/// <param name="Outcome">Null: nothing was tried yet, or it failed.</param>
/// <param name="Reason">In plain words; null when nothing was tried.</param>
/// <param name="NextAt">Tokens from which it is worth another try: without this a conversation that cannot shrink would be planned anew in
/// every call.</param>
/// <param name="Available">Tokens that were available then: where another model or a longer answer leaves others, it is tried at
/// once.</param>
/// <param name="FailedInBackground">The next one is waited for.</param>
internal sealed record LastTry(CompactionOutcome? Outcome, string? Reason, long NextAt, long Available, bool FailedInBackground = false)
{
    public static LastTry None { get; } = new(null, null, 0, 0);
}
