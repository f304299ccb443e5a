using Strata.LevelZero;
using Strata.Reducing.Shortening;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Summaries;

public class ExactTokenTests
{
    [Theory]
    [InlineData("o200k_base")]
    [InlineData("cl100k_base")]
    [InlineData("claude-2026")]
    public void ShortestMarker_AnyHandle_FitsTheMinimum(string encoding)
    {
        var counter = TokenCounters.Find(encoding).ShouldNotBeNull();
        var most = 0;
        for (var i = 0UL; i < 20_000; i++)
            most = Math.Max(most, counter.Count(CutMarker.Shortest(Handle.Of(new Fingerprint(i * 0x9e3779b97f4a7c15, 0)))));

        most.ShouldBeLessThanOrEqualTo(ContentShortener.MinTokens);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(4000)]
    public async Task Summarize_CountedExactly_FillsTheLimitAndStaysWithinIt(int maxTokens)
    {
        var counter = TokenCounters.ForEncoding("o200k_base");
        var transcript = Transcript.Create(SessionBuilder.Typical(150).Messages);

        var summary = await new ExtractiveSummarizer().SummarizeAsync(new()
        {
            Transcript = transcript,
            Groups = [.. transcript.Groups.Select(group => group.Index)],
            MaxTokens = maxTokens,
            Counter = counter,
        }, TestContext.Current.CancellationToken);

        counter.Count(summary.Text).ShouldBe(summary.Tokens);
        summary.Tokens.ShouldBeInRange(maxTokens * 8 / 10, maxTokens);
    }
}
