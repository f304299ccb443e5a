using Microsoft.Extensions.AI;

namespace Strata.Chat;

/// <summary>What is sent for a call.</summary>
/// <param name="Messages">The caller's own list where nothing was compacted.</param>
/// <param name="Options">The caller's options.</param>
/// <param name="Call">What it is sent for.</param>
/// <param name="View">What stands for the messages that were compacted; null: nothing does.</param>
/// <param name="Tokens">Tokens of it as the provider reports them, estimated.</param>
internal sealed record OutgoingRequest(IEnumerable<ChatMessage> Messages, ChatOptions? Options, ChatCall Call, ConversationView? View, long Tokens);
