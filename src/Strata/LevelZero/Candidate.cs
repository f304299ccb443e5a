using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>A sentence or a line that may enter a summary.</summary>
/// <remarks>
/// Bonus is what it is worth beside the identifiers it holds; Weight what these are worth here (1 is usual); File the path of the file
/// whose line it is; Order its place in the session, below zero for what an earlier summary carried.
/// </remarks>
internal sealed record Candidate(string Text, int[] Identifiers, double Bonus, double Weight, int Order, Handle? Handle, string? File);
