namespace Strata.Conversations;

/// <summary>The newest call of a conversation.</summary>
internal sealed record SentCall(ConversationCall Call, DateTimeOffset At);
