namespace Strata.Conversations;

/// <summary>What a report of input tokens is worth.</summary>
/// <param name="True">Those that may be taken for what their requests have: this one, an earlier one that was in doubt, both or
/// none.</param>
/// <param name="Cut">Tokens of input that the server takes, where it cuts silently; null: it does not seem to.</param>
internal sealed record InputReport(IReadOnlyList<InputSample> True, long? Cut);

/// <summary>One request of a conversation and what was reported for it.</summary>
/// <param name="View">What stood for the messages that were compacted; null: nothing did.</param>
/// <param name="Messages">Messages of the caller's list.</param>
/// <param name="Counted">Tokens as they are counted here.</param>
/// <param name="Surely">The same without reasoning that came since the first request of the comparison.</param>
/// <param name="Reported">Input tokens as they were reported.</param>
internal sealed record InputSample(ConversationView? View, int Messages, long Counted, long Surely, long Reported);
