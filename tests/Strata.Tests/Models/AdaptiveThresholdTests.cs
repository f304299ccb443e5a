using FsCheck;
using FsCheck.Fluent;
using Strata.Models;

namespace Strata.Tests.Models;

public sealed class AdaptiveThresholdTests
{
    private static readonly AdaptiveThresholdOptions On = new() { IsEnabled = true };

    [Fact]
    public void Ratio_Off_IsTheGivenOne() =>
        AdaptiveThreshold.Ratio(new AdaptiveThresholdOptions(), .9, 1_000, new SessionPace(500, TimeSpan.Zero, TimeSpan.Zero)).ShouldBe(.9);

    [Fact]
    public void Ratio_NothingKnown_IsTheGivenOne() => AdaptiveThreshold.Ratio(On, .7, 100_000, default).ShouldBe(.7, 1e-9);

    [Theory]
    [InlineData(0.0, 0.85)]
    [InlineData(2.5, 0.7)]
    [InlineData(5.0, 0.5)]
    [InlineData(500, 0.5)]
    public void Ratio_CacheAge_WaitsWhileWarmAndGoesWhenCold(double minutes, double expected) => AdaptiveThreshold.Ratio(
        On with { Settling = On.CacheLifetime }, .7, 100_000,
        new SessionPace(0, TimeSpan.FromMinutes(minutes), TimeSpan.FromMinutes(minutes))).ShouldBe(expected, 1e-9);

    [Fact]
    public void Ratio_LargeTurns_LeaveRoomForTheNextThree() =>
        AdaptiveThreshold.Ratio(On, .7, 100_000, new SessionPace(12_000)).ShouldBe(.64, 1e-9);

    [Fact]
    public void Ratio_AnyPace_StaysWithinBoundsAndNeverRisesWithAnInput()
    {
        var cases =
            from low in Gen.Choose(1, 100)
            from high in Gen.Choose(low, 100)
            from ratio in Gen.Choose(1, 100)
            from turn in Gen.Choose(0, 50_000)
            from since in Gen.Choose(0, 2_000)
            from age in Gen.Choose(0, 1_000)
            from more in Gen.Choose(0, 1_000)
            select (low, high, ratio, turn, since, age, more);
        Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var options = On with { MinRatio = c.low / 100d, MaxRatio = c.high / 100d };
            var now = Ratio(c.turn, c.since, c.age);

            now.ShouldBeInRange(options.MinRatio, options.MaxRatio);
            Ratio(c.turn + c.more, c.since, c.age).ShouldBeLessThanOrEqualTo(now);
            Ratio(c.turn, c.since + c.more, c.age).ShouldBeLessThanOrEqualTo(now);
            Ratio(c.turn, c.since, c.age + c.more).ShouldBeLessThanOrEqualTo(now);

            double Ratio(int tokens, int seconds, int cacheSeconds) => AdaptiveThreshold.Ratio(
                options, c.ratio / 100d, 100_000,
                new SessionPace(tokens, TimeSpan.FromSeconds(seconds), TimeSpan.FromSeconds(cacheSeconds)));
        }).Check(Config.QuickThrowOnFailure);
    }

    [Theory]
    [InlineData(0, .8)]
    [InlineData(.8, .5)]
    [InlineData(.5, 1.1)]
    [InlineData(double.NaN, .8)]
    public void Ratio_ImpossibleBounds_AreNamed(double min, double max) => Should.Throw<BudgetException>(() =>
        AdaptiveThreshold.Ratio(On with { MinRatio = min, MaxRatio = max }, .7, 1_000, default)).Message
        .ShouldContain("0 < least ≤ most ≤ 1");

    [Fact]
    public void Ratio_NegativePace_IsAnError() =>
        Should.Throw<BudgetException>(() => AdaptiveThreshold.Ratio(On, .7, 1_000, new SessionPace(-1)));
}
