namespace Strata.Ranking;

/// <summary>Where a document came.</summary>
/// <param name="Index">Its place among the documents that were given.</param>
/// <param name="Id">What the caller knows it by.</param>
/// <param name="Score">Compares documents of one ranking and nothing else. 0 when nothing speaks for the document.</param>
public readonly record struct RankedDocument(int Index, string Id, double Score);
