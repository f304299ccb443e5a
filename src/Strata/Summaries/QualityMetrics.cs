namespace Strata.Summaries;

/// <summary>How good an accepted summary is, as far as code can tell.</summary>
/// <param name="CompressionRatio">Tokens of the summary by tokens of what it stands for, 0 to 1.</param>
/// <param name="Coherence">Share of its words and names that occur in the source, times the share of its sentences that share a word with
/// the source or with a neighbour, 0 to 1.</param>
/// <param name="KeptShare">Share of what must be kept that the model itself kept, before code completed it, 0 to 1; 1 when nothing had to
/// be.</param>
public readonly record struct QualityMetrics(double CompressionRatio, double Coherence, double KeptShare);
