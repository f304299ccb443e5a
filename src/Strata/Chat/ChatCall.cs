using Microsoft.Extensions.AI;

namespace Strata.Chat;

/// <summary>One call of a client: whose conversation it is, and all that is known of it.</summary>
/// <param name="Messages">The caller's messages.</param>
/// <param name="Options">The caller's options; never changed.</param>
/// <param name="RequestTokens">Tokens of instructions, tools and framing around the messages.</param>
/// <param name="Conversation">The conversation that they are of.</param>
/// <param name="History">What was found out about the messages.</param>
/// <param name="LastCallAt">When the conversation was sent before; null: never.</param>
internal sealed record ChatCall(
    ChatMessage[] Messages, ChatOptions? Options, int RequestTokens, Conversation Conversation, History History, DateTimeOffset? LastCallAt)
{
    /// <summary>The newest view whose prefix these messages begin with; null: none.</summary>
    public ConversationView? View => Conversation.ViewOf(History.Count);

    /// <summary>Tokens of the whole request when <paramref name="view"/> is sent and the messages since.</summary>
    public long TokensOf(ConversationView? view) => RequestTokens + (view?.Tokens ?? 0) + History.TokensFrom(view?.Covered ?? 0);
}
