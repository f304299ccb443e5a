using Strata.Conversations.Recalling;

namespace Strata.Conversations;

/// <summary>Everything that the calls of one model go through.</summary>
/// <param name="Compactor">Has the model's window and tokenizer.</param>
/// <param name="Conversations">Shared by models that count alike: a conversation that changes between them keeps its view.</param>
/// <param name="RequestTokens">Shared in the same way.</param>
/// <param name="Views">Chooses what is sent.</param>
/// <param name="Recaller">Null: there is no archive.</param>
internal sealed record ModelLane(
    Compactor Compactor, KnownConversations Conversations, RequestTokenCache RequestTokens, ViewCompactor Views, Recaller? Recaller);
