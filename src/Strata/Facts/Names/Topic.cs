namespace Strata.Facts.Names;

/// <summary>Names that stood beside the same words.</summary>
internal sealed record Topic(string Words, IReadOnlyList<int> Names);
