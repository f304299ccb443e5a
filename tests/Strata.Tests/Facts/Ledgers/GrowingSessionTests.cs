using Microsoft.Extensions.AI;
using Strata.Benchmarks.Synthetic;
using Strata.Transcripts;

namespace Strata.Tests.Facts.Ledgers;

/// <summary>An agent session with tools through many compactions, and through one hard one.</summary>
public class GrowingSessionTests
{
    private static Compactor CreateCompactor() => new(new CompactionOptions { Window = 10_000_000, Strategy = "hybrid" });

    private static async Task<IReadOnlyList<ChatMessage>> CompactAsync(IReadOnlyList<ChatMessage> messages, int target)
    {
        var result = await CreateCompactor().CompactAsync(
            new CompactionRequest { Messages = messages, Threshold = target, Target = target, Force = true },
            TestContext.Current.CancellationToken);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(target);
        return result.Messages;
    }

    private static string TextOf(IEnumerable<ChatMessage> messages) =>
        string.Join('\n', messages.SelectMany(message => message.Contents).Select(MessageText.Of));

    [Fact]
    public async Task CompactAsync_TwelveRounds_KeepsRulesTasksAndFilesOfTheNewestWork()
    {
        const int target = 5_000;
        var session = new GrowingSession();
        IReadOnlyList<ChatMessage> messages = [];
        for (var round = 0; round < 12; round++)
        {
            messages = await CompactAsync([.. messages, .. session.Next()], target);
            var summary = string.Join('\n', messages.Where(message => SummaryHeader.Starts(message.Text)).Select(message => message.Text));
            var context = TextOf(messages);

            foreach (var rule in session.RulesInForce)
                context.ShouldContain(rule);
            session.StaleIn(summary, TextOf(messages.Where(message => !SummaryHeader.Starts(message.Text)))).ShouldBeEmpty();
            foreach (var (task, _) in session.Tasks)
                context.ShouldContain(task);
            foreach (var path in session.EditedFiles.TakeLast(8))
                context.ShouldContain(string.Join('/', path.Split('/')[^2..]));
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(10)]
    public async Task CompactAsync_LongSessionWithToolsOnce_KeepsEveryRuleInForce(int percent)
    {
        var session = new GrowingSession();
        var messages = Enumerable.Range(0, 30).SelectMany(_ => session.Next()).ToList();
        var before = CreateCompactor().GetTokenUsage(messages).Current;

        var compacted = await CompactAsync(messages, before * percent / 100);

        var context = TextOf(compacted);
        foreach (var rule in session.RulesInForce)
            context.ShouldContain(rule);
        var summary = compacted.Single(message => SummaryHeader.Starts(message.Text)).Text;
        session.StaleIn(summary, TextOf(compacted.Where(message => !SummaryHeader.Starts(message.Text)))).ShouldBeEmpty();
    }
}
