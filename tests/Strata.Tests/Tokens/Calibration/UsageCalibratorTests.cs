using Microsoft.Extensions.AI;
using Strata.Tests.Calls;
using Strata.Tokens.Calibration;

namespace Strata.Tests.Tokens.Calibration;

public sealed class UsageCalibratorTests
{
    private const string Model = "model-1";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1.35, 0)]
    [InlineData(1.35, 700)]
    [InlineData(1.35, -200)]
    [InlineData(.8, 300)]
    [InlineData(1, 0)]
    public async Task ObserveAsync_TwentyCallsOfAGrowingConversation_EstimatesWithinThreePercent(double ratio, double overhead)
    {
        var calibrator = new UsageCalibrator();
        for (var call = 1; call <= 20; call++)
            await calibrator.ObserveAsync(Model, 1_500 * call, Reported(1_500 * call), Token);
        // The next request of it, the one after a compaction, and one that is twice as long.
        foreach (var counted in new[] { 31_500, 9_000, 60_000 })
            Estimate(calibrator, counted).ShouldBe(Reported(counted), .03);
        calibrator.Find(Model)!.ErrorBand.ShouldBeLessThan(.03);

        long Reported(long counted) => (long)((counted * ratio) + overhead);
    }

    [Fact]
    public async Task ObserveAsync_ConversationThatTurnsToAnotherKindOfText_StaysWithinThreePercent()
    {
        var calibrator = new UsageCalibrator();
        var (counted, reported) = (0L, 250d);
        for (var call = 1; call <= 20; call++)
        {
            counted += 2_000;
            reported += 2_000 * (call <= 10 ? 1.5 : 1.2);
            if (call > 15)
                Estimate(calibrator, counted).ShouldBe((long)reported, .03);
            await calibrator.ObserveAsync(Model, counted, (long)reported, Token);
        }
    }

    [Fact]
    public async Task ObserveAsync_AlternatingKindsOfText_StaysWithinThreePercentAndKnowsHowFarOffItMayBe()
    {
        var calibrator = new UsageCalibrator();
        for (var call = 1; call <= 24; call++)
        {
            long counted = 4_000 + (call * 7 % 12 * 2_500);
            var reported = (long)(counted * (call % 2 == 0 ? 1.37 : 1.33)) + 400;
            if (call > 20)
                Estimate(calibrator, counted).ShouldBe(reported, .03);
            await calibrator.ObserveAsync(Model, counted, reported, Token);
        }

        calibrator.Find(Model)!.ErrorBand.ShouldBeInRange(.01, .05);
    }

    [Fact]
    public async Task ObserveAsync_FirstCall_AlreadyHelps()
    {
        var calibrator = new UsageCalibrator();
        await calibrator.ObserveAsync(Model, 10_000, 13_500, Token);
        Estimate(calibrator, 10_000).ShouldBe(13_500);
        Estimate(calibrator, 20_000).ShouldBe(27_000, .05);
        calibrator.ErrorBandOf(Model, .4).ShouldBe(.4);
    }

    [Fact]
    public async Task ObserveAsync_GreetingWithAHiddenSystemPrompt_DoesNotMakeLongConversationsLookLonger()
    {
        var calibrator = new UsageCalibrator();
        await calibrator.ObserveAsync(Model, 12, 900, Token);
        Estimate(calibrator, 50_000).ShouldBeLessThan(68_000);
        calibrator.Find(Model)!.Ratio.ShouldBeLessThan(1.5);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(7_000)]
    [InlineData(135_000)]
    [InlineData(-5)]
    public async Task ObserveAsync_OneWrongReport_ChangesNothing(long wrong)
    {
        var calibrator = await LearntAsync();
        var before = calibrator.ScaleOf(Model);
        await calibrator.ObserveAsync(Model, 10_000, wrong, Token);
        await calibrator.ObserveAsync(Model, 10_000, new UsageDetails { InputTokenCount = wrong }, Token);
        calibrator.ScaleOf(Model).ShouldBe(before);
    }

    [Fact]
    public async Task ObserveAsync_ServerThatReportsOnlyWhatItsCacheDidNotServe_IsNotBelievedHoweverOften()
    {
        var calibrator = await LearntAsync();
        for (var call = 0; call < 30; call++)
            await calibrator.ObserveAsync(Model, 20_000, 900, Token);
        Estimate(calibrator, 20_000).ShouldBe(27_000, .03);
    }

    [Fact]
    public async Task ObserveAsync_BillingThatChangesForGood_IsLearntAnew()
    {
        var calibrator = await LearntAsync();
        for (var call = 0; call < 6; call++)
            await calibrator.ObserveAsync(Model, 10_000 + (call * 1_000), 24_000 + (call * 2_400), Token);
        Estimate(calibrator, 16_000).ShouldBe(38_400, .03);
    }

    [Fact]
    public async Task ObserveAsync_TwoModels_AreToldApart()
    {
        var calibrator = await LearntAsync();
        await calibrator.ObserveAsync("model-2", 10_000, 8_000, Token);
        Estimate(calibrator, 10_000).ShouldBe(13_500, .01);
        calibrator.ScaleOf("model-2").ToReported(10_000).ShouldBe(8_000);
        calibrator.ScaleOf("model-3").ShouldBe(TokenScale.Identity);
        calibrator.Find("model-3").ShouldBeNull();
    }

    [Fact]
    public async Task ObserveAsync_Store_IsWrittenSeldomAndReadOnce()
    {
        var store = new CalibrationStore();
        var time = new ManualTime();
        var calibrator = new UsageCalibrator(store, time);
        for (var call = 1; call <= 100; call++)
        {
            await calibrator.LoadAsync(Model, Token);
            await calibrator.ObserveAsync(Model, 1_000 + (100 * call), 1_350 + (135 * call), Token);
        }

        store.Reads.ShouldBe(1);
        store.Saves.ShouldBeInRange(1, 12);

        var next = new UsageCalibrator(store, time);
        await next.LoadAsync(Model, Token);
        next.Find(Model)!.Ratio.ShouldBe(1.35, .01);
        next.Find(Model)!.Samples.ShouldBeGreaterThan(60);
        Estimate(next, 10_000).ShouldBe(13_500, .01);
        next.ErrorBandOf(Model, .4).ShouldBeLessThan(.02);
    }

    [Fact]
    public async Task ObserveAsync_StoreThatFails_CostsOnlyTheMemoryOfIt()
    {
        var store = new CalibrationStore { Fails = true };
        var calibrator = new UsageCalibrator(store);
        await calibrator.LoadAsync(Model, Token);
        await calibrator.ObserveAsync(Model, 10_000, 13_500, Token);
        Estimate(calibrator, 10_000).ShouldBe(13_500);
        store.Saves.ShouldBe(1);
    }

    [Fact]
    public async Task ObserveAsync_NoModelKnown_IsNotKept()
    {
        var store = new CalibrationStore();
        var calibrator = new UsageCalibrator(store);
        await calibrator.LoadAsync(null, Token);
        await calibrator.ObserveAsync(null, 10_000, 13_500, Token);
        (store.Reads, store.Saves).ShouldBe((0, 0));
        calibrator.ScaleOf(null).ToReported(10_000).ShouldBe(13_500);
    }

    [Theory]
    [InlineData(13_500L, 9_000L, 0L, 13_500L)]   // OpenAI, and Anthropic's own adapter: the cache's share is inside
    [InlineData(500L, 12_000L, 1_000L, 13_500L)] // the numbers of Anthropic's wire, passed on as they are
    [InlineData(13_500L, null, 0L, 13_500L)]
    public async Task ObserveAsync_CachedTokens_CountOnce(long input, long? cached, long written, long expected)
    {
        var calibrator = new UsageCalibrator();
        var usage = new UsageDetails
        {
            InputTokenCount = input,
            CachedInputTokenCount = cached,
            AdditionalCounts = new() { ["CacheCreationInputTokens"] = written }
        };
        await calibrator.ObserveAsync(Model, 10_000, usage, Token);
        calibrator.ScaleOf(Model).ToReported(10_000).ShouldBe((int)expected);
    }

    [Fact]
    public async Task ObserveAsync_ManyAtOnce_LearnsFromAll()
    {
        var calibrator = new UsageCalibrator(new CalibrationStore());
        await Parallel.ForAsync(
            1, 201, Token,
            async (call, token) => await calibrator.ObserveAsync(Model, 1_000 + (10 * call), 1_350 + (long)(13.5 * call), token));
        calibrator.Find(Model)!.Samples.ShouldBe(200);
        Estimate(calibrator, 3_000).ShouldBe(4_050, .01);
    }

    private static async Task<UsageCalibrator> LearntAsync()
    {
        var calibrator = new UsageCalibrator();
        for (var call = 1; call <= 8; call++)
            await calibrator.ObserveAsync(Model, 3_000 * call, 4_050 * call, Token);
        return calibrator;
    }

    private static int Estimate(UsageCalibrator calibrator, long counted) => calibrator.ScaleOf(Model).ToReported(counted);
}

file static class Closeness
{
    public static void ShouldBe(this int actual, long expected, double share) =>
        ((double)actual).ShouldBe(expected, expected * share);
}
