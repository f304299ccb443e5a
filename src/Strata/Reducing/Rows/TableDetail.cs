namespace Strata.Reducing.Rows;

/// <summary>How much of a table is shown.</summary>
/// <param name="All">A table of so few rows is shown whole.</param>
/// <param name="Ends">Rows at the beginning; one less at the end.</param>
/// <param name="Outliers">The most rows that stand out by a value.</param>
/// <param name="Failures">The most rows that tell of a failure, or that the call asked for.</param>
/// <param name="CellChars">The most UTF-16 chars of a cell.</param>
internal sealed record TableDetail(int All, int Ends, int Outliers, int Failures, int CellChars)
{
    /// <summary>From the natural size down.</summary>
    public static readonly TableDetail[] Steps =
    [
        new(All: 12, Ends: 2, Outliers: 24, Failures: 60, CellChars: 400),
        new(All: 6, Ends: 2, Outliers: 12, Failures: 24, CellChars: 120),
        new(All: 2, Ends: 1, Outliers: 5, Failures: 8, CellChars: 60),
        new(All: 0, Ends: 0, Outliers: 0, Failures: 2, CellChars: 40),
    ];
}
