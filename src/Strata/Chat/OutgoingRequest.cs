using Microsoft.Extensions.AI;

namespace Strata.Chat;

/// <summary>What is sent for a call.</summary>
/// <param name="Messages">The caller's own list where nothing was compacted.</param>
/// <param name="Options">The caller's options.</param>
/// <param name="Call">What it is sent for.</param>
/// <param name="Tokens">Tokens of it by our count.</param>
internal sealed record OutgoingRequest(IEnumerable<ChatMessage> Messages, ChatOptions? Options, ChatCall Call, long Tokens);
