using System.Globalization;

namespace Strata.Tests.Properties;

/// <summary>How many cases the properties run: 10 000 in CI, fewer while one works. STRATA_PROPERTY_CASES sets another number.</summary>
internal static class PropertyRuns
{
    private const int InCi = 10_000;
    private const int WhileWorking = 1_000;

    public static int Total { get; } =
        Environment.GetEnvironmentVariable("STRATA_PROPERTY_CASES") is { Length: > 0 } cases
            ? int.Parse(cases, CultureInfo.InvariantCulture)
            : Environment.GetEnvironmentVariable("CI") is "true" ? InCi
            : WhileWorking;

    /// <summary>Cases for each of <paramref name="parts"/> tests that share one property.</summary>
    public static int Each(int parts) => Math.Max(1, (Total + parts - 1) / parts);
}
