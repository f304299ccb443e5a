namespace Strata.Ranking;

/// <summary>A document to be ranked.</summary>
/// <param name="Id">What the caller knows it by; two documents may share one.</param>
/// <param name="Text">What it says.</param>
/// <param name="Title">Its name or heading; its words count as one more time each. Null: it has none.</param>
public sealed record RankableDocument(string Id, string Text, string? Title = null);
