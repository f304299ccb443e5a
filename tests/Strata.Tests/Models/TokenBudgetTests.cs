using FsCheck;
using FsCheck.Fluent;
using Strata.Models;

namespace Strata.Tests.Models;

public sealed class TokenBudgetTests
{
    [Theory]
    [InlineData(128_000, 115_200, 80_640, 34_560)]
    [InlineData(8_192, 7_372, 5_160, 2_211)]
    [InlineData(200_000, 180_000, 126_000, 54_000)]
    [InlineData(1_000_000, 900_000, 630_000, 270_000)]
    [InlineData(32_000, 28_800, 20_160, 8_640)]
    public void Create_Defaults_IsTheArithmeticOfTheSmartProfile(int window, int available, int threshold, int target)
    {
        var budget = TokenBudget.Create(window);

        (budget.Window, budget.Available, budget.Threshold, budget.Target).ShouldBe((window, available, threshold, target));
    }

    [Theory]
    [InlineData("ORCHESTRATOR", 140_000, 180_000)]
    [InlineData("CODING", 89_600, 115_200)]
    [InlineData("REASONING", 44_800, 57_600)]
    [InlineData("GENERAL", 22_400, 28_800)]
    [InlineData("FAST", 22_400, 28_800)]
    public void Create_OfATier_IsTheTableOfTheTieredProfile(string tier, int at70, int at90)
    {
        var window = ModelTiers.Find(tier)!.Window;

        TokenBudget.Create(window, safetyMargin: 0).Threshold.ShouldBe(at70);
        TokenBudget.Create(window, safetyMargin: 0, thresholdRatio: .9).Threshold.ShouldBe(at90);
    }

    [Fact]
    public void Create_AbsoluteLimits_TheSmallerWins()
    {
        var budget = TokenBudget.Create(128_000, maxThreshold: 12_000, maxTarget: 4_000);
        (budget.Threshold, budget.Target).ShouldBe((12_000, 4_000));

        var (unlimited, wide) = (TokenBudget.Create(128_000), TokenBudget.Create(128_000, maxThreshold: 1_000_000, maxTarget: 1_000_000));
        (wide.Threshold, wide.Target).ShouldBe((unlimited.Threshold, unlimited.Target));
    }

    [Theory]
    [InlineData(0, 80_640, 34_560)]
    [InlineData(15_200, 85_200, 45_200)]
    [InlineData(115_200, 115_200, 115_200)]
    [InlineData(500_000, 115_200, 115_200)]
    public void Beside_WhatNoCompactionFrees_SharesTheRest(int fixedTokens, int threshold, int target)
    {
        var budget = TokenBudget.Create(128_000).Beside(fixedTokens);
        (budget.Available, budget.Threshold, budget.Target).ShouldBe((115_200, threshold, target));
    }

    [Fact]
    public void Beside_LargestThresholdAndTarget_StayWhatTheyAre()
    {
        var budget = TokenBudget.Create(128_000, maxThreshold: 50_000, maxTarget: 40_000).Beside(30_000);
        (budget.Threshold, budget.Target).ShouldBe((50_000, 40_000));
    }

    [Fact]
    public void Create_Reserve_LeavesTheRestAvailable() => TokenBudget.Create(200_000, reservedOutput: 64_000).Available.ShouldBe(116_000);

    [Fact]
    public void Create_FromOptions_IsTheSame() =>
        TokenBudget.Create(
            64_000,
            new BudgetOptions { ReservedOutput = 1_000, SafetyMargin = .05, ThresholdRatio = .8, TargetRatio = .4, MaxTarget = 9_000 })
            .ShouldBe(TokenBudget.Create(64_000, 1_000, .05, .8, .4, null, 9_000));

    [Theory]
    [InlineData(0, 0, "at least 1")]
    [InlineData(-5, 0, "-5")]
    [InlineData(8_192, -1, "-1")]
    [InlineData(8_192, 8_192, "8,192")]
    [InlineData(8_192, 7_400, "7,400")]
    public void Create_ImpossibleWindow_NamesTheNumbers(int window, int reserved, string named) =>
        Should.Throw<BudgetException>(() => TokenBudget.Create(window, reserved)).Message.ShouldContain(named);

    [Theory]
    [InlineData(1, .7, .3, "margin")]
    [InlineData(-.1, .7, .3, "margin")]
    [InlineData(double.NaN, .7, .3, "margin")]
    [InlineData(.1, 0, .3, "threshold ratio")]
    [InlineData(.1, 1.01, .3, "threshold ratio")]
    [InlineData(.1, double.NaN, .3, "threshold ratio")]
    [InlineData(.1, double.PositiveInfinity, .3, "threshold ratio")]
    [InlineData(.1, .7, 0, "target ratio")]
    [InlineData(.1, .7, -1, "target ratio")]
    [InlineData(.1, .3, .3, "not below the threshold")]
    [InlineData(.1, .3, .7, "not below the threshold")]
    public void Create_ImpossibleShares_NamesThem(double margin, double threshold, double target, string named) =>
        Should.Throw<BudgetException>(() => TokenBudget.Create(10_000, 0, margin, threshold, target)).Message.ShouldContain(named);

    [Theory]
    [InlineData(0, null)]
    [InlineData(null, 0)]
    [InlineData(-1, null)]
    [InlineData(3_000, null)]
    public void Create_ImpossibleLimits_Throws(int? maxThreshold, int? maxTarget) =>
        Should.Throw<BudgetException>(() => TokenBudget.Create(128_000, maxThreshold: maxThreshold, maxTarget: maxTarget));

    [Fact]
    public void Create_ThresholdBelowTarget_SaysTheWayOut() =>
        Should.Throw<BudgetException>(() => TokenBudget.Create(128_000, maxThreshold: 7_000)).Message.ShouldContain("3,000");

    [Fact]
    public void Create_AnyNumbers_EitherKeepsTheLawsOrThrows()
    {
        var numbers =
            from window in Gen.Choose(1, 3_000_000)
            from reserved in Gen.Choose(0, 200_000)
            from margin in Gen.Choose(0, 99)
            from threshold in Gen.Choose(1, 100)
            from target in Gen.Choose(1, 100)
            from max in Gen.Choose(0, 500_000)
            select (window, reserved, margin, threshold, target, max);

        Prop.ForAll(numbers.ToArbitrary(), n =>
        {
            int? max = n.max == 0 ? null : n.max;
            TokenBudget budget;
            try
            {
                budget = TokenBudget.Create(n.window, n.reserved, n.margin / 100d, n.threshold / 100d, n.target / 100d, max, max);
            }
            catch (BudgetException)
            {
                return;
            }

            budget.Target.ShouldBeGreaterThan(0);
            budget.Target.ShouldBeLessThan(budget.Threshold);
            budget.Threshold.ShouldBeLessThanOrEqualTo(budget.Available);
            (budget.Available + budget.ReservedOutput).ShouldBeLessThanOrEqualTo(budget.Window);

            // Whole-number arithmetic as the reference.
            budget.Available.ShouldBe((int)((long)n.window * (100 - n.margin) / 100) - n.reserved);
            budget.Threshold.ShouldBe(Math.Min((int)((long)budget.Available * n.threshold / 100), max ?? int.MaxValue));
            budget.Target.ShouldBe(Math.Min((int)((long)budget.Available * n.target / 100), max ?? int.MaxValue));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));
    }

    [Fact]
    public void Find_ATier_IgnoresCaseAndAnswersNullForOthers()
    {
        ModelTiers.Find(" fast ")!.Window.ShouldBe(32_000);
        ModelTiers.Find("HUGE").ShouldBeNull();
        ModelTiers.Find(null).ShouldBeNull();
        ModelTiers.All.Select(tier => tier.Window).ShouldBe([200_000, 128_000, 64_000, 32_000, 32_000]);
    }
}
