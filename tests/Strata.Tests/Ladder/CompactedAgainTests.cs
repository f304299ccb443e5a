using Strata.Ladder;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

/// <summary>A conversation whose earlier summary is most of it.</summary>
public sealed class CompactedAgainTests
{
    [Theory]
    [InlineData(.8, true)]
    [InlineData(.6, true)]
    [InlineData(.5, true)]
    [InlineData(.8, false)]
    [InlineData(.5, false)]
    public async Task CompactAsync_WhatWasCompacted_UsesTheTarget(double share, bool hasModels)
    {
        var levelZero = await new Compactor(new CompactionOptions { Model = "gpt-4o", Window = 32_000 })
            .CompactAsync(LadderSession.Of(60), TestContext.Current.CancellationToken);
        levelZero.Outcome.ShouldBe(CompactionOutcome.Compacted);
        var options = new CompactionOptions { Model = "gpt-4o", Window = 32_000, Strategy = "hierarchical" };
        var compactor = hasModels
            ? new Compactor(options, new LadderSummarizer(LadderSession.Options(FakeModel.Honest().Callable), LadderSession.Caller()))
            : new Compactor(options);

        var target = (int)(levelZero.TokensAfter * share);
        var again = await compactor.CompactAsync(levelZero.Messages, target, cancellationToken: TestContext.Current.CancellationToken);

        again.Outcome.ShouldBe(CompactionOutcome.Compacted, again.Reason);
        again.TokensAfter.ShouldBeGreaterThan(target / 2);
    }

    [Fact]
    public async Task CompactAsync_PartsOfAnEarlierCompaction_SayWhereTheyAreRecalledFrom()
    {
        var compactor = LadderSession.Compactor(
            new LadderSummarizer(LadderSession.Options(FakeModel.Honest().Callable), LadderSession.Caller()), window: 32_000);
        var once = await compactor.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        var twice = await compactor.CompactAsync([.. once.Messages, .. LadderSession.Of(40)], TestContext.Current.CancellationToken);
        var parts = SummaryHistory.Read(twice.Summary!);
        parts[0].IsEarlier.ShouldBeTrue();
        parts[^1].IsEarlier.ShouldBeFalse();
    }
}
