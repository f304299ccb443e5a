namespace Strata.Facts.Dialogues;

/// <summary>What one speaker said in one go.</summary>
/// <remarks>
/// Text is a slice of the message, line breaks included. Date is null when nothing tells it. A carried one stood in an earlier summary of
/// ours: it is cut no further.
/// </remarks>
internal readonly record struct Utterance(string Speaker, ReadOnlyMemory<char> Text, DateOnly? Date, bool IsCarried);
