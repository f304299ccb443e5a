using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Planning.Hierarchy;
using Strata.Summaries;
using Strata.Ladder;
using Strata.Ladder.Prompts;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

/// <summary>Parts of any shape, written without a compactor.</summary>
public sealed class PartsTests
{
    [Fact]
    public async Task SummarizeAsync_ThousandsBelowOneAnother_Ends()
    {
        var messages = Enumerable.Range(0, 20).Select(i => new ChatMessage(ChatRole.User, $"Turn {i} of the importer.")).ToList();
        var part = Leaf(0, level: 1);
        for (var i = 0; i < 15_000; i++)
            part = Over([part], level: 2);
        var summary = await WriteAsync(messages, part, FakeModel.Honest(), areStopped: true);
        summary.Level.ShouldBe(0);
    }

    [Fact]
    public async Task SummarizeAsync_HigherLevelIsDown_TheWordsOfShortTurnsAreInWhatLevelZeroWritesOfIt()
    {
        var messages = Enumerable.Range(0, 4)
            .Select(i => new ChatMessage(ChatRole.User,
                i == 2 ? "Paint the shed SHORTTURN green."
                    : string.Join(
                        ' ', Enumerable.Range(0, 40).Select(line => $"The importer of module {i} skips empty line {line} every day."))))
            .ToList();
        var down = new FakeModel("fake/two", (_, _) => throw new ModelCallException(CallFault.BadRequest, "down"));
        var one = new FakeModel("fake/one", (prompt, _) => "Written once. " + FakeModel.Digest(prompt));
        var summary = await WriteAsync(messages, Over([Leaf(0, 1), Leaf(1, 1), Leaf(2, 0), Leaf(3, 1)], level: 2), one, down);
        summary.Nodes.Single().Text.ShouldContain("SHORTTURN");
        summary.Nodes.Single().Text.ShouldContain("Written once.");
        summary.Text.ShouldContain("Written once.", customMessage: "level 0 alone would leave out what models were paid for");
    }

    [Fact]
    public async Task SummarizeAsync_ModelDownForOnePieceOfALongSource_NothingIsLeftOutAndTheNodeIsAskedForAgain()
    {
        var down = true;
        var model = new FakeModel("fake/small",
            (prompt, _) => down && prompt.Contains("PIECEMARK", StringComparison.Ordinal)
                && !prompt.Contains("earlier summary", StringComparison.Ordinal)
            ? throw new ModelCallException(CallFault.BadRequest, "down")
            : FakeModel.Digest(prompt));
        var store = new InMemorySummaryStore();
        var messages = Enumerable.Range(0, 400)
            .Select(i => new ChatMessage(ChatRole.User,
                (i == 0 ? "PIECEMARK " : "") + $"The importer of module {i} skips empty lines and counts them in EmptyLines{i}.")).ToList();
        var part = new PlannedPart
        {
            Level = 1,
            MaxTokens = 200,
            CoveredTokens = 8_000,
            Groups = [.. Enumerable.Range(0, 400)],
            FirstGroup = 0,
            LastGroup = 399
        };
        await WriteAsync(messages, part, model, store: store, window: 4_000);
        model.Prompts.ShouldContain(
            prompt => prompt.Contains("PIECEMARK", StringComparison.Ordinal)
                && prompt.Contains("earlier summary", StringComparison.Ordinal), "the piece goes on cut");
        store.Count.ShouldBe(0);
        down = false;
        await WriteAsync(messages, part, model, store: store, window: 4_000);
        store.Count.ShouldBe(1);
    }

    [Fact]
    public async Task SummarizeAsync_TemplateThatLeavesNoRoom_LevelZeroWritesAndTheReceiptSaysWhy()
    {
        var levels = new[] { LevelOptions.PerTurn(FakeModel.Honest().Callable with { Window = 3_000 }) with
        {
            Template = SummaryTemplate.Parse(string.Concat(Enumerable.Repeat("\U0001F9D1\u200D\U0001F680 ", 400)))
        } };
        var messages = new List<ChatMessage> { new(
            ChatRole.User, string.Join(' ', Enumerable.Range(0, 400).Select(i => $"The importer skips empty line {i}."))) };
        var summary = await new LadderSummarizer(new LadderOptions { Levels = levels }, LadderSession.Caller())
            .SummarizeAsync(Request(messages, Leaf(0, 1)), TestContext.Current.CancellationToken);
        summary.Nodes.Single().Failures.Single().Reason.ShouldContain("template");
    }

    private static async Task<Summary> WriteAsync(
        List<ChatMessage> messages, PlannedPart part, FakeModel one, FakeModel? two = null, ISummaryStore? store = null,
        int window = 32_000, bool areStopped = false)
    {
        var options =
            LadderSession.Options(one.Callable with { Window = window }, (two ?? one).Callable with { Window = Math.Max(window, 8_000) });
        options = options with { Levels = [.. options.Levels.Take(2)] };
        var ladder = new LadderSummarizer(options, LadderSession.Caller(), store, stopCalling: new CancellationToken(areStopped));
        return await ladder.SummarizeAsync(Request(messages, part), TestContext.Current.CancellationToken);
    }

    private static SummaryRequest Request(List<ChatMessage> messages, PlannedPart part)
    {
        var transcript = Transcript.Create(messages);
        return new SummaryRequest
        {
            Transcript = transcript,
            Groups = [.. transcript.Groups.Select(group => group.Index)],
            Parts = [part],
            MaxTokens = 2_000,
            Counter = TokenCounters.Find("o200k_base")!
        };
    }

    private static PlannedPart Leaf(int group, int level) =>
        new()
        {
            Level = level,
            MaxTokens = level == 0 ? 20 : 200,
            CoveredTokens = level == 0 ? 20 : 600,
            Groups = [group],
            FirstGroup = group,
            LastGroup = group
        };

    private static PlannedPart Over(IReadOnlyList<PlannedPart> children, int level) => new()
    {
        Level = level, MaxTokens = 500, CoveredTokens = 800, Children = children, FirstGroup = children[0].FirstGroup,
        LastGroup = children[^1].LastGroup,
    };
}
