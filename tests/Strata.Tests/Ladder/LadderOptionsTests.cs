using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Calls.Routing;
using Strata.Ladder;
using Strata.Ladder.Prompts;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

public sealed class LadderOptionsTests
{
    private static readonly CallableModel Model = FakeModel.Honest().Callable;

    [Fact]
    public async Task Of_SummarizeSession_IsSeedTwosSummary()
    {
        var fast = FakeModel.Honest("fake/fast");
        var router = new ModelRouter(new Dictionary<string, IReadOnlyList<CallableModel>> { ["FAST"] = [fast.Callable] });
        var level = LevelOptions.Of(router.Resolve("summarize_session"));
        (level.MaxTokens, level.Temperature).ShouldBe((1_024, .3f));
        level.Template.ShouldBeSameAs(SummaryTemplates.ForTask("summarize_session"));

        var options = CompactionProfiles.Tiered with { Window = 32_000, Model = "gpt-4o" };
        var compactor = new Compactor(options, new LadderSummarizer(new LadderOptions { Levels = [level] }, LadderSession.Caller()));
        var result = await compactor.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken);
        result.Levels.ShouldContain(3);
        result.Messages.Single(message => SummaryHeader.Starts(message.Text)).Role.ShouldBe(ChatRole.System);
    }

    [Fact]
    public void Create_LevelsThatExpand_SaysWhichAndHowFar() => Fails(
        [LevelOptions.PerTurn(Model), LevelOptions.PerTenTurns(Model) with { MaxTokens = 2_000 }],
        "Level 2 would expand: 10 summaries of 200 tokens become one of 2,000. Give it fewer than 2,000.");

    [Fact]
    public void Create_LevelsOutOfOrder_SaysSo() => Fails([LevelOptions.PerTenTurns(Model), LevelOptions.PerTurn(Model)], "ascending");

    [Fact]
    public void Create_NoLevel_SaysWhatToGive() => Fails([], "at least one level");

    [Fact]
    public void Create_LevelWithoutModel_NamesIt() => Fails([LevelOptions.PerTurn()], "Level 1 has no model");

    [Fact]
    public void Create_WindowSmallerThanTheTemplate_NamesBothNumbers() =>
        Fails([LevelOptions.PerTurn(Model with { Window = 700 })], "the window of fake/small has 700 tokens");

    [Theory]
    [InlineData(0)]
    [InlineData(-200)]
    public void Create_TokensBelowOne_SaysSo(int tokens) =>
        Fails([LevelOptions.PerTurn(Model) with { MaxTokens = tokens }], $"Level 1: {tokens} tokens");

    [Fact]
    public void Create_TimeoutThatNoTimerTakes_SaysSo() =>
        Fails([LevelOptions.PerTurn(Model) with { Timeout = TimeSpan.FromDays(2) }], "at most a day");

    [Fact]
    public void Create_ModelThatMayAnswerNothing_NamesIt() =>
        Fails([LevelOptions.PerTurn(Model with { OutputLimit = 0 })], "fake/small needs MaxParallel and OutputLimit");

    [Fact]
    public void Create_ChineseTemplateLargerThanTheWindow_SaysSo() => Fails(
        [LevelOptions.PerTurn(Model with { Window = 3_000 }) with { Template = SummaryTemplate.Parse(new string('\u603b', 2_500)) }],
        "the window of fake/small");

    [Fact]
    public void Create_WaitThatNoTimerTakes_SaysSo() =>
        Should.Throw<ArgumentException>(() => new LadderSummarizer(new LadderOptions
        {
            Levels = [LevelOptions.PerTurn(Model)],
            MaxWait = TimeSpan.MaxValue
        })).Message.ShouldContain("at most a day");

    private static void Fails(IReadOnlyList<LevelOptions> levels, string message) =>
        Should.Throw<ArgumentException>(() => new LadderSummarizer(new LadderOptions { Levels = levels })).Message.ShouldContain(message);
}
