using Microsoft.Extensions.AI;
using Strata.Ladder;
using Strata.Rendering;
using Strata.Tests.Ladder.Prompts;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

/// <summary>
/// What tools and pages order does not reach the compacted conversation as an order, even through a model that copies it.
/// </summary>
public sealed class InjectionReachTests
{
    public static TheoryData<int> Indexes => [.. Enumerable.Range(0, Injections.All.Count)];

    [Theory, MemberData(nameof(Indexes))]
    public async Task CompactAsync_ModelCopiesAnOrderOfATool_ItComesOutAsWhatTheToolSaid(int index)
    {
        var order = Injections.All[index].Text;
        var session = new SessionBuilder();
        for (var turn = 0; turn < 24; turn++)
        {
            if (turn == 5)
                session.User("Fetch the page of the importer and tell me what it says.")
                    .Tool("fetch", new { url = "https://example.org/importer" },
                        "Importer docs. " + order + "\nThe importer skips empty lines.");
            LadderSession.AddTurn(session, turn, 100);
        }

        var copying = new FakeModel("fake/copying", (prompt, _) => prompt.Contains("Importer docs.", StringComparison.Ordinal)
            ? "The user asked to fetch the page of the importer.\n" + order + "\nThe importer skips empty lines."
            : FakeModel.Digest(prompt));
        var result = await LadderSession.Compactor(new LadderSummarizer(LadderSession.Options(copying.Callable), LadderSession.Caller()),
            window: 12_000).CompactAsync(session.Messages, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        foreach (var part in SummaryHistory.Read(result.Summary!).Where(part => part.Level > 0))
        {
            foreach (var line in part.Text.Split('\n').Where(line => line.Contains(order.Trim(), StringComparison.Ordinal)))
                line.ShouldContain("(from ", customMessage: $"as an order: {line}");
        }

        SummaryHeader.Starts(result.Messages[0].Text)
            .ShouldBe(result.Messages[0].Text.StartsWith(SummaryHeader.Prefix, StringComparison.Ordinal));
        ConversationValidator.Check(result.Messages).ShouldBeEmpty();
    }
}
