using Microsoft.Extensions.AI;
using Strata.Tokens.Calibration;

namespace Strata.Conversations;

/// <summary>One call of a client: whose conversation it is, and all that is known of it.</summary>
/// <param name="Lane">The compactor of the model that is sent to, and what belongs to it.</param>
/// <param name="Messages">The caller's messages.</param>
/// <param name="Options">The caller's options; never changed.</param>
/// <param name="RequestTokens">Tokens of instructions, tools and framing around the messages.</param>
/// <param name="Conversation">The conversation that they are of.</param>
/// <param name="History">What was found out about the messages.</param>
/// <param name="LastCallAt">When the conversation was sent before; null: never.</param>
/// <param name="Model">The model that is sent to; null when nobody said.</param>
/// <param name="RecalledTokens">Tokens of what was recalled in this turn and is sent again.</param>
/// <param name="Scale">What the provider makes of counted tokens.</param>
internal sealed record ConversationCall(
    ModelLane Lane, ChatMessage[] Messages, ChatOptions? Options, int RequestTokens, Conversation Conversation, History History,
    DateTimeOffset? LastCallAt, string? Model, int RecalledTokens, TokenScale Scale)
{
    /// <summary>The newest view whose prefix these messages begin with; null: none.</summary>
    public ConversationView? View => Conversation.ViewOf(History.Count);

    /// <summary>
    /// Tokens of the whole request when <paramref name="view"/> is sent and the messages since, as the provider reports them.
    /// </summary>
    public long TokensOf(ConversationView? view) => Scale.ToReported(CountedOf(view));

    /// <summary>The same as they are counted.</summary>
    public long CountedOf(ConversationView? view) => RequestTokens + RecalledTokens + MessageTokensOf(view);

    /// <summary>Counted tokens of <paramref name="view"/> and the messages since.</summary>
    public long MessageTokensOf(ConversationView? view) => (view?.Tokens ?? 0) + History.TokensFrom(view?.Covered ?? 0);
}
