using Strata.Reducing;

namespace Strata.Benchmarks.Reducing;

/// <summary>A made-up tool output and what must still be in it when it is reduced.</summary>
/// <param name="Name">The row of the table.</param>
/// <param name="Output">What the tool printed.</param>
/// <param name="Planted">Errors, outliers and asked ids that were hidden in it.</param>
internal sealed record ReducerCase(string Name, ToolOutput Output, IReadOnlyList<string> Planted)
{
    public static IEnumerable<ReducerCase> All() => [.. JsonCases.All(), .. LogCases.All(), .. TestRunCases.All(), .. OtherCases.All()];
}
