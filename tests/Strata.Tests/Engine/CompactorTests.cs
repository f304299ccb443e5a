using Microsoft.Extensions.AI;
using Strata.Models;
using Strata.Planning;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata.Tests.Engine;

public sealed partial class CompactorTests
{

    [Theory]
    [InlineData("default")]
    [InlineData("smart")]
    [InlineData("tiered")]
    [InlineData("plugin")]
    [InlineData("operations")]
    public async Task CompactAsync_EveryProfile_FitsItsTarget(string profile)
    {
        var compactor = new Compactor(CompactionProfiles.All[profile] with { Window = 12_000 });
        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = Session(400), Force = true }, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(compactor.Budget.Target);
    }

    [Fact]
    public async Task CompactAsync_BelowTheThreshold_ReturnsTheSameMessages()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "hello")];
        var result = await Compactor.Create("gpt-4").CompactAsync(messages, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Unchanged);
        result.Messages.ShouldBeSameAs(messages);
        result.Receipt.ShouldBeNull();
    }

    [Fact]
    public async Task CompactAsync_AboveTheThreshold_EndsAtTheTarget()
    {
        var messages = Session(200);
        var compactor = Compactor.Create("gpt-4");
        compactor.ShouldCompact(messages).ShouldBeTrue();
        var result = await compactor.CompactAsync(messages, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(2_211);
        compactor.ShouldCompact(result.Messages).ShouldBeFalse();
        result.Levels.ShouldBe([0]);
        result.Summary.ShouldNotBeNull().ShouldStartWith(SummaryHeader.Prefix);
    }

    [Fact]
    public async Task CompactAsync_Always_LeavesTheCallersMessagesAsTheyWere()
    {
        var messages = Session(200);
        var before = Transcript.Create(messages).Fingerprint;
        var count = messages.Count;
        await Compactor.Create("gpt-4").CompactAsync(messages, TestContext.Current.CancellationToken);
        messages.Count.ShouldBe(count);
        Transcript.Create(messages).Fingerprint.ShouldBe(before);
        messages.ShouldAllBe(message => message.AdditionalProperties == null);
    }

    [Fact]
    public async Task CompactAsync_SameLastMessageTwice_LosesNothing()
    {
        // Microsoft's CompactionProvider drops the two messages before the second "continue" (agent-framework#7395).
        List<ChatMessage> messages = [new(ChatRole.User, "look"), new(ChatRole.Assistant, "found it"), new(ChatRole.User, "continue")];
        var compactor = Compactor.Create("gpt-4");
        await compactor.CompactAsync(messages, TestContext.Current.CancellationToken);
        messages.AddRange([new(ChatRole.Assistant, "the finding"), new(ChatRole.User, "continue")]);
        var result = await compactor.CompactAsync(messages, TestContext.Current.CancellationToken);
        result.Messages.ShouldBe(messages);
        compactor.GetTokenUsage(messages).Current
            .ShouldBe(new Compactor(new CompactionOptions { Model = "gpt-4" }).GetTokenUsage(messages).Current);
    }

    [Fact]
    public async Task CompactAsync_TwoHundredTurns_CompactsSeldom()
    {
        // Without hysteresis there is one summary a turn: 180 in 200 turns were measured elsewhere.
        var summarizer = new CountingSummarizer();
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", MinTokensToCompact = 0 }, summarizer);
        List<ChatMessage> conversation = [];
        foreach (var message in Session(200))
        {
            conversation.Add(message);
            if (message.Role == ChatRole.User)
                conversation = [.. (await compactor.CompactAsync(conversation, TestContext.Current.CancellationToken)).Messages];
        }

        summarizer.Calls.ShouldBeInRange(1, 15);
        conversation[0].Text.ShouldContain("The task");
    }

    [Fact]
    public async Task CompactAsync_Twice_EveryRangeIsRecalledFromWhatWasCompacted()
    {
        var compactor = Compactor.Create("gpt-4");
        var first = Session(200);
        var once = await compactor.CompactAsync(first, TestContext.Current.CancellationToken);
        List<ChatMessage> second = [.. once.Messages, .. Session(200).Skip(1)];
        var twice = await compactor.CompactAsync(second, TestContext.Current.CancellationToken);
        var ranges = SummaryHeader.RangesOf(twice.Summary!);
        ranges.Count.ShouldBe(2);
        TranscriptRecall.Find(Transcript.Create(second), ranges[0]).ShouldNotBeNull();
        TranscriptRecall.Find(Transcript.Create(first), ranges[1]).ShouldNotBeNull();
    }

    [Fact]
    public async Task CompactAsync_ASummaryAndLittleMore_CarriesTheSummaryOn()
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o" });
        var once = await compactor.CompactAsync(
            new CompactionRequest { Messages = Session(400), Force = true, Target = 8_000 }, TestContext.Current.CancellationToken);
        var twice = await compactor.CompactAsync(
            new CompactionRequest { Messages = once.Messages, Force = true, Target = 5_000 }, TestContext.Current.CancellationToken);
        twice.Summaries[0].Tokens.ShouldBeGreaterThan(once.Summaries[0].Tokens / 2);
    }

    [Fact]
    public async Task CompactAsync_Result_SaysWhatWasMeasured()
    {
        var result = await Compactor.Create("gpt-4").CompactAsync(Session(200), TestContext.Current.CancellationToken);
        var compactor = Compactor.Create("gpt-4");
        var summary = compactor.Counter.Count(result.Outgoing.Single(message => message.SourceIndex < 0).Message).Total;
        (result.Plan!.Decisions.Sum(decision => decision.TokensAfter) + summary + compactor.Counter.CountRequest(null))
            .ShouldBe(result.TokensAfter);
    }

    [Fact]
    public async Task CompactAsync_ConversationLikeAnotherOne_SendsTheCallersOwnMessages()
    {
        var compactor = Compactor.Create("gpt-4");
        compactor.GetTokenUsage(Session(200));
        var mine = Session(200);
        var result = await compactor.CompactAsync(mine, TestContext.Current.CancellationToken);
        result.Outgoing.Where(message => message.SourceIndex >= 0 && message.Message.Text == mine[message.SourceIndex].Text)
            .ShouldAllBe(message =>
                ReferenceEquals(message.Message, mine[message.SourceIndex]) || message.Message.RawRepresentation == null);
        result.Outgoing[0].Message.ShouldBeSameAs(mine[0]);
    }

    [Fact]
    public async Task CompactAsync_PinThatCannotBeSent_CannotFit()
    {
        List<ChatMessage> messages =
            [.. Session(200), new(ChatRole.Tool, [new FunctionResultContent("nobody", "orphan")]), new(ChatRole.Assistant, "on")];
        var result = await Compactor.Create("gpt-4").CompactAsync(
            new CompactionRequest { Messages = messages, Pins = [messages.Count - 2] }, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.CannotFit);
        result.Reason.ShouldContain("a result without its call");
    }

    [Fact]
    public async Task CompactAsync_UserPinsAboveTheTarget_CannotFitAndChangesNothing()
    {
        var messages = Session(200);
        var result = await Compactor.Create("gpt-4").CompactAsync(
            new CompactionRequest { Messages = messages, Pins = [.. Enumerable.Range(0, 300)], Target = 2_000 },
            TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.CannotFit);
        result.Reason.ShouldContain("pinned");
        result.Messages.ShouldBeSameAs(messages);
    }

    [Theory]
    [InlineData("selective")]
    [InlineData("hybrid")]
    [InlineData("prune")]
    public async Task CompactAsync_NothingButSignedReasoning_LeavesIt(string strategy)
    {
        var thinking = new TextReasoningContent(string.Join(' ', Enumerable.Range(0, 300).Select(i => $"thought{i}")))
        {
            ProtectedData = "c2ln"
        };
        List<ChatMessage> messages = [new(ChatRole.Assistant, [thinking])];
        var result =
            await new Compactor(new CompactionOptions { Window = 2_000, Strategy = strategy, MinTokensToCompact = 0 }).CompactAsync(
            new CompactionRequest { Messages = messages, Force = true, Target = 400 }, TestContext.Current.CancellationToken);
        result.Outcome.ShouldNotBe(CompactionOutcome.Compacted);
        result.Messages.ShouldBeSameAs(messages);
    }

    [Fact]
    public async Task OnContextCompacted_SubscriberThatThrows_StopsNobody()
    {
        var compactor = Compactor.Create("gpt-4");
        var told = new List<ContextCompacted>();
        using var broken = compactor.OnContextCompacted((_, _) => throw new InvalidOperationException("broken"));
        using (compactor.OnContextCompacted((compacted, _) =>
        {
            told.Add(compacted);
            return ValueTask.CompletedTask;
        }))
        {
            await compactor.CompactAsync(Session(200), TestContext.Current.CancellationToken);
        }

        await compactor.CompactAsync(Session(201), TestContext.Current.CancellationToken);
        var only = told.ShouldHaveSingleItem();
        only.Model.ShouldBe("gpt-4");
        only.TokensAfter.ShouldBeLessThan(only.TokensBefore);
    }

    [Fact]
    public void Constructor_UnknownStrategy_NamesTheKnownOnes() =>
        Should.Throw<ArgumentException>(() => Compactor.Create("gpt-4", "magic")).Message.ShouldContain("sliding-window");

    private static ChatMessage Last(CompactionResult result) => result.Outgoing[^1].Message;

    internal static List<ChatMessage> Session(int turns) =>
    [
        new(ChatRole.User, "The task: write the parser and its tests."),
        .. Enumerable.Range(0, turns).SelectMany(i => new ChatMessage[]
        {
            new(ChatRole.Assistant,
                [new FunctionCallContent($"call_{i}", "read", new Dictionary<string, object?> { ["path"] = $"src/File{i}.cs" })]),
            new(ChatRole.Tool,
                [new FunctionResultContent($"call_{i}", $"class File{i} {{ int value = {i}; }}\nnothing else of note in file {i}")]),
            new(ChatRole.User, $"Good, now look at file {i + 1} and fix what is wrong there."),
        }),
    ];

    private sealed class CountingSummarizer : ISummarizer
    {
        private readonly ExtractiveSummarizer _inner = new();

        public int Calls { get; private set; }

        public int Level => 0;

        public string Name => "counting";

        public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
        {
            Calls++;
            return _inner.SummarizeAsync(request, cancellationToken);
        }
    }
}
