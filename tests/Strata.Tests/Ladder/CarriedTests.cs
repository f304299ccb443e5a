using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Ladder;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

/// <summary>What earlier summaries told goes on, whatever becomes of the models.</summary>
public sealed class CarriedTests
{
    [Fact]
    public async Task CompactAsync_ModelsDownAndHistoryMerged_WhatModelsOnceWroteGoesOn()
    {
        var down = false;
        var model = new FakeModel("fake/small",
            (prompt, _) => down ? throw new ModelCallException(CallFault.BadRequest, "down") : "Written once. " + FakeModel.Digest(prompt));
        var compactor =
            LadderSession.Compactor(new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller()), window: 12_000);
        var earlier = await compactor.CompactAsync(LadderSession.Of(30), TestContext.Current.CancellationToken);
        SummaryHistory.Read(earlier.Summary!).ShouldContain(part => part.Text.StartsWith("Written once.", StringComparison.Ordinal));
        down = true;
        var session = new SessionBuilder();
        for (var turn = 30; turn < 70; turn++)
            LadderSession.AddTurn(session, turn, 300);
        var result = await compactor.CompactAsync([.. earlier.Messages, .. session.Messages], TestContext.Current.CancellationToken);
        result.Summary!.ShouldContain("Written once.");
        result.Levels.ShouldBe([0]);
    }
}
