namespace Strata.Settings.Tests;

public sealed class StrataSettingsTests
{
    [Theory]
    [InlineData("l1 l2 l3", "200 500 4000")]
    [InlineData("l1 l3", "200 1600")]
    [InlineData("l2 l3", "500 4000")]
    [InlineData("l3", "4000")]
    public void ToHierarchy_SizesNobodyStated_AreThoseOfSeed0AndNeverExpand(string levels, string sizes)
    {
        var settings = SettingsEnvironment.Read(name =>
            levels.Split(' ').Contains(name.Replace("STRATA_", "", StringComparison.Ordinal).ToLowerInvariant()) ? "ollama/a" : null);

        string.Join(' ', settings.ToHierarchy().Levels.Select(level => level.MaxTokens)).ShouldBe(sizes);
    }

    [Theory]
    [InlineData(null, null, 63_000, 27_000)]
    [InlineData("50%", null, 45_000, 19_285)]
    [InlineData("20k", null, 20_000, 8_571)]
    [InlineData("50%", "10%", 45_000, 9_000)]
    [InlineData(null, "5k", 63_000, 5_000)]
    public void ToCompactionOptions_ThresholdAndTarget_AreSharesOfTheAvailableWindow(
        string? threshold, string? target, int thresholdTokens, int targetTokens)
    {
        var settings = new StrataSettings { Window = 100_000, Threshold = Amount(threshold), Target = Amount(target) };

        var budget = new Compactor(settings.ToCompactionOptions()).Budget;

        budget.Threshold.ShouldBe(thresholdTokens);
        budget.Target.ShouldBeInRange(targetTokens - 1, targetTokens);
    }

    [Fact]
    public void ToString_ArchiveWithPassword_NamesItOnly() =>
        new StrataSettings { Archive = "Host=db;Password=hunter2", Window = 9 }.ToString().ShouldBe("StrataSettings { archive, window }");

    private static TokenAmount? Amount(string? text) => text is null ? null : TokenAmount.Read(text, shares: true, out _);
}
