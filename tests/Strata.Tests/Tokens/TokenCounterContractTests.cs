using Strata.Tests.Contracts;
using Strata.Tokens;

namespace Strata.Tests.Tokens;

public sealed class CharsPerTokenCounterContractTests : TokenCounterContract
{
    protected override ITokenCounter Counter => CharsPerTokenCounter.Instance;
}

public sealed class ClaudeEstimateContractTests : TokenCounterContract
{
    protected override ITokenCounter Counter => TokenCounters.Find("claude")!;
}

/// <summary>The estimate whose ratios differ most between scripts.</summary>
public sealed class Llama2EstimateContractTests : TokenCounterContract
{
    protected override ITokenCounter Counter => TokenCounters.Find("llama2")!;
}

public sealed class GeminiEstimateContractTests : TokenCounterContract
{
    protected override ITokenCounter Counter => TokenCounters.Find("gemini")!;
}

public sealed class FixedRatioContractTests : TokenCounterContract
{
    protected override ITokenCounter Counter { get; } = new ScaledTokenCounter(CharsPerTokenCounter.Instance, .6, .3, "test");
}
