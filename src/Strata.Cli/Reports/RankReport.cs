namespace Strata.Cli.Reports;

/// <summary>What <c>strata rank</c> prints.</summary>
/// <param name="Documents">How many were ranked.</param>
/// <param name="Ranked">Those that match, the best first.</param>
internal sealed record RankReport(string Query, int Documents, IReadOnlyList<RankRow> Ranked);

/// <summary>A document that matches.</summary>
/// <param name="Document">A file as it was named, or the line of standard input.</param>
/// <param name="Score">The best of a query has about 1; 0 is nothing.</param>
/// <param name="Passage">What says most about the query, word for word.</param>
internal sealed record RankRow(int Rank, string Document, double Score, string Passage);
