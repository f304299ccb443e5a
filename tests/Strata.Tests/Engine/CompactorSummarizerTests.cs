using Microsoft.Extensions.AI;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Engine;

/// <summary>What a summarizer of the caller's own may do wrong.</summary>
public sealed class CompactorSummarizerTests
{
    [Fact]
    public async Task CompactAsync_SummarizerThatThrows_HasLevelZeroWrite()
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4" }, new ThrowingSummarizer());
        var result = await compactor.CompactAsync(CompactorTests.Session(200), TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.Receipt!.WrittenBy.ShouldBe(["extractive"]);
    }

    [Fact]
    public async Task CompactAsync_SummaryWithoutAHeader_GetsOne()
    {
        var compactor =
            new Compactor(new CompactionOptions { Model = "gpt-4" }, new FixedSummarizer("The parser is done, its tests pass."));
        var result = await compactor.CompactAsync(CompactorTests.Session(200), TestContext.Current.CancellationToken);
        result.Summary.ShouldNotBeNull().ShouldStartWith(SummaryHeader.Prefix);
        Transcript.Create(result.Messages).Groups.ShouldContain(group => group.Kind == GroupKind.Summary);
    }

    [Theory]
    [InlineData("it says nothing", "")]
    [InlineData("larger than its input", "very long")]
    public async Task CompactAsync_SummaryThatIsRefused_HasLevelZeroWrite(string why, string text)
    {
        var refused = text.Length == 0 ? "" : string.Concat(Enumerable.Repeat(text, 50_000));
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4" }, new FixedSummarizer(refused));
        var result = await compactor.CompactAsync(CompactorTests.Session(200), TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, why);
        result.Receipt!.WrittenBy.ShouldBe(["extractive"]);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(2_211);
    }

    private sealed class FixedSummarizer(string text) : ISummarizer
    {
        public int Level => 1;

        public string Name => "fixed";

        public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new Summary(text, request.Counter.Count(text), Level, Name));
    }

    private sealed class ThrowingSummarizer : ISummarizer
    {
        public int Level => 1;

        public string Name => "down";

        public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default) =>
            throw new HttpRequestException("the model is down");
    }
}
