using Strata.Tokens;

namespace Strata.Tests.Tokens;

public sealed class TokenCountersTests
{
    [Fact]
    public void Find_EveryListedName_IsKnown() => TokenCounters.Names.ShouldAllBe(name => TokenCounters.Find(name) != null);

    [Fact]
    public void Find_AnUnknownName_IsNull() => TokenCounters.Find("gpt2").ShouldBeNull();

    [Fact]
    public void Find_AnEstimate_StatesItsErrorBandAndItsRatio()
    {
        var claude = TokenCounters.Find("Claude")!;

        claude.ErrorBand.ShouldBeGreaterThan(0);
        claude.Name.ShouldContain("claude");
        TokenCounters.Find("claude").ShouldBeSameAs(claude);
    }

    [Fact]
    public void Find_TheNewerClaudeTokenizer_CountsThirtyPercentMore()
    {
        var text = string.Concat(Enumerable.Repeat("The tests pass on both machines. ", 200));

        var ratio = (double)TokenCounters.Find("claude-2026")!.Count(text) / TokenCounters.Find("claude")!.Count(text);

        ratio.ShouldBe(1.3, .01);
    }

    [Fact]
    public void ForEncoding_AnEstimate_IsRefused() =>
        Should.Throw<ArgumentException>(() => TokenCounters.ForEncoding("claude")).Message.ShouldContain("o200k_base");
}
