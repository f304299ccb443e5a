using Strata.Costs;
using Strata.Models;

namespace Strata.Tests.Costs;

public sealed class CallCostTests
{
    private static readonly ModelPrices Plain = new(3m, 15m, null, null);
    private static readonly ModelPrices Cached = new(3m, 15m, .3m, 3.75m);
    private static readonly ModelPrices Long = Cached with { LongPrompt = new LongPromptPrices(200_000, 6m, 22.5m, .6m, 7.5m) };

    public static TheoryData<ModelPrices, long, long, long, long, decimal> ByHand => new()
    {
        { Plain, 0, 0, 0, 0, 0m },
        { Plain, 1_000_000, 0, 0, 0, 3m },

        // 10 000 × 3 + 500 × 15 = 37 500
        { Plain, 10_000, 500, 0, 0, .0375m },

        // No cache price: the cache saves nothing.
        { Plain, 10_000, 500, 8_000, 0, .0375m },

        // 2 000 × 3 + 8 000 × 0.3 + 500 × 15 = 15 900
        { Cached, 10_000, 500, 8_000, 0, .0159m },

        // 1 000 × 3 + 5 000 × 0.3 + 4 000 × 3.75 = 19 500
        { Cached, 10_000, 0, 5_000, 4_000, .0195m },

        // More from the cache than there is: all of it.
        { Cached, 1_000, 0, 5_000, 5_000, .0003m },
        { Long, 200_000, 1_000, 0, 0, .615m },

        // 200 001 × 6 + 1 000 × 22.5 = 1 222 506: the whole request is long, not only what is above.
        { Long, 200_001, 1_000, 0, 0, 1.222506m },

        // 100 001 × 6 + 200 000 × 0.6 = 720 006
        { Long, 300_001, 0, 200_000, 0, .720006m },
    };

    [Theory]
    [MemberData(nameof(ByHand))]
    public void Of_ComputedByHand_IsTheSame(ModelPrices prices, long input, long output, long cached, long written, decimal usd) =>
        CallCost.Of(prices, input, output, cached, written).ShouldBe(usd);

    [Fact]
    public void Of_SeedTwosExample_IsWhatItSays()
    {
        // Seed 2: about 0.00027 USD a compaction with Qwen 32B at OpenRouter: 0.06 in, 0.18 out, 1 500 + 1 000 tokens.
        CallCost.Of(new ModelPrices(.06m, .18m, null, null), 1_500, 1_000).ShouldBe(.00027m);
    }

    [Fact]
    public void AtMost_CacheWritesCostMore_CountsThem()
    {
        CallCost.AtMost(Plain, 10_000, 500).ShouldBe(.0375m);

        // 10 000 × 3.75 + 500 × 15 = 45 000
        CallCost.AtMost(Cached, 10_000, 500).ShouldBe(.045m);
    }
}
