using Strata.Reducing;

namespace Strata.Benchmarks.Reducing;

/// <summary>A made-up output with what has to be there after it was reduced.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Output">The output.</param>
/// <param name="Planted">Texts that must survive word for word.</param>
internal sealed record PlantedCase(string Kind, ToolOutput Output, IReadOnlyList<string> Planted);
