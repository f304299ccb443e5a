namespace Strata.Chat;

/// <summary>The newest call of a conversation.</summary>
internal sealed record SentCall(ChatCall Call, DateTimeOffset At);
