using Microsoft.Extensions.AI;
using Strata.Chat.Recalling;

namespace Strata.Chat;

/// <summary>One request as the inner client gets it.</summary>
/// <param name="Messages">With what was recalled in this turn.</param>
/// <param name="Options">The caller's own, or a copy with the recall tools.</param>
/// <param name="Offer">The tools that were added; null: none.</param>
/// <param name="Counted">Tokens of it as they are counted here.</param>
internal sealed record SentRequest(IEnumerable<ChatMessage> Messages, ChatOptions? Options, RecallOffer? Offer, long Counted);
