namespace Strata.Conversations;

/// <summary>Something that is likely to be wrong with how conversations are sent, and the way out.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Message">For a person: what was seen and what to do. Holds no text of a conversation.</param>
/// <param name="Model">The model that it is about; null: of none in particular, or its name is not known.</param>
public sealed record ConversationNotice(ConversationNoticeKind Kind, string Message, string? Model);
