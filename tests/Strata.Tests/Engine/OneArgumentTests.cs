using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Diagnostics;
using Strata.Ladder;
using Strata.Ladder.Prompts;
using Strata.Tests.Shared;

namespace Strata.Tests.Engine;

/// <summary>The commonest wishes in one argument each.</summary>
public sealed class OneArgumentTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Constructor_SummarizeWith_ThatClientWritesTheSummary()
    {
        using var client = new FakeChatClient(FakeChatClient.Say("The billing jobs 1 to 40 were moved to the new queue in src/Queue.cs."));
        var compactor = new Compactor("gpt-4", client, "Say in {curly} words what was done.");

        var result = await compactor.CompactAsync(Session(160), Cancel);

        result.Levels.ShouldContain(3);
        result.Summary.ShouldNotBeNull().ShouldContain("moved to the new queue");
        client.Last[0].Text.ShouldContain("Say in {curly} words what was done.");
    }

    [Fact]
    public async Task Constructor_ModelAlone_IsLevelZero()
    {
        var result = await new Compactor("gpt-4").CompactAsync(Session(160), Cancel);

        (result.Outcome, result.Levels.Count).ShouldBe((CompactionOutcome.Compacted, 1));
        new Compactor("gpt-4").Budget.Window.ShouldBe(Compactor.WindowOf("gpt-4"));
    }

    [Fact]
    public void FourSections_OfSeed1_AreRequiredInTheirOrder() => SummaryTemplates.FourSections.RequiredSections
        .ShouldBe(["<current_task>", "<completed>", "<code_state>", "<important>"]);

    [Fact]
    public void Count_OfMessages_IsWhatTheWindowHolds()
    {
        var compactor = new Compactor("gpt-4");
        var messages = Session(12);

        compactor.Count(messages).ShouldBe(compactor.GetTokenUsage(messages).Current);
        compactor.EstimateTokens(messages).ShouldBe(compactor.Count(messages));
        compactor.Count([]).ShouldBe(compactor.GetTokenUsage([]).Current);
    }

    [Fact]
    public void WindowOf_AModel_IsTheCatalogues()
    {
        Compactor.WindowOf("gpt-4-turbo").ShouldBe(128_000);
        Compactor.WindowOf("claude-3-opus").ShouldBe(200_000);
    }

    [Fact]
    public async Task Observe_Metrics_CountWhatTheLevelsOfThisCompactorDo()
    {
        using var client = new FakeChatClient(FakeChatClient.Say("Jobs were moved."));
        var compactor = new Compactor("gpt-4", client);
        var metrics = new CompactionMetrics();

        using (compactor.Observe(metrics))
            await compactor.CompactAsync(Session(160), Cancel);
        var calls = metrics.Snapshot().Rows.Sum(row => row.Calls);
        await compactor.CompactAsync(Session(161), Cancel);

        calls.ShouldBeGreaterThan(0);
        metrics.Snapshot().Rows.Sum(row => row.Calls).ShouldBe(calls);
        new Compactor("gpt-4").Observe(metrics).ShouldBeNull();
    }

    [Theory]
    [InlineData(30, false)]
    [InlineData(300, true)]
    public async Task CompactAsync_CallOfSeed0_ReachesLevel3WhereTheResultIsStillTooLargeAndSaysSoWhereNot(int turns, bool reaches)
    {
        using var small = new FakeChatClient(FakeChatClient.Say("The jobs of the billing queue were talked about."));
        using var middle = new FakeChatClient(FakeChatClient.Say("Several billing jobs came up."));
        using var large = new FakeChatClient(FakeChatClient.Say(
            "## Goal\nQueue.\n## Decisions\n-\n## Done\nBilling jobs.\n## Errors and cures\n-\n## Facts\n-\n## Open\n-"));
        static CallableModel Model(IChatClient client) => new() { Name = $"model-{client.GetHashCode()}", Client = client };
        var compactor = new Compactor(
            new CompactionOptions { Window = 400_000 },
            new LadderSummarizer(new LadderOptions
            {
                Levels =
                [
                    LevelOptions.PerTurn(Model(small)), LevelOptions.PerTenTurns(Model(middle)), LevelOptions.Whole(Model(large)),
                ],
            }));

        var result = await compactor.CompactAsync(Session(turns * 2, 250), maxOutputTokens: reaches ? 4_000 : 12_000, "damon", Cancel);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.Levels.Contains(3).ShouldBe(reaches, $"{result.Reason}: {string.Join(' ', result.Levels)}");
        result.Reason.Contains("level 3 was not asked", StringComparison.Ordinal).ShouldBe(!reaches);
        (large.Calls > 0).ShouldBe(reaches);
        small.Requests.ShouldAllBe(request => request.Options!.MaxOutputTokens <= 200);
        middle.Requests.ShouldAllBe(request => request.Options!.MaxOutputTokens <= 500);
        large.Requests.ShouldAllBe(request => request.Options!.MaxOutputTokens <= 4_000);
    }

    [Fact]
    public async Task CompactAsync_ModelThatThinksFirst_IsAskedAgainWithRoomForIt()
    {
        using var client = new FakeChatClient((_, request, _) => Task.FromResult(request.Options!.MaxOutputTokens <= 200
            ? new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("Hm.")]))
            {
                FinishReason = ChatFinishReason.Length,
            }
            : FakeChatClient.Say("Jobs were moved to the queue.")));
        var level = LevelOptions.PerTurn(new CallableModel { Name = "thinker", Client = client });
        var compactor = new Compactor(
            new CompactionOptions { Window = 30_000 }, new LadderSummarizer(new LadderOptions { Levels = [level] }));

        var result = await compactor.CompactAsync(Session(120, 250), Cancel);

        result.Levels.ShouldContain(1);
    }

    private static List<ChatMessage> Session(int count, int words = 40) =>
    [
        .. Enumerable.Range(0, count).Select(i => new ChatMessage(
            i % 2 == 0 ? ChatRole.User : ChatRole.Assistant,
            $"Job {i} of the billing queue: {string.Join(' ', Enumerable.Range(0, words).Select(w => $"part{w * (i + 3)}"))}.")),
    ];
}
