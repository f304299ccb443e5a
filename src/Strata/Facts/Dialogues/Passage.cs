namespace Strata.Facts.Dialogues;

/// <summary>Something said that a summary may quote: an utterance, or a sentence of one. Order is its place in the dialogue.</summary>
internal readonly record struct Passage(int Order, string Speaker, string Text, DateOnly? Date);
