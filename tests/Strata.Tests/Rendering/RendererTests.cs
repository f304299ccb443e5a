using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Rendering;
using Strata.Summaries;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Rendering;

public sealed class RendererTests
{
    private static readonly Summary Written = new("summary", 1, 0, "test");

    [Fact]
    public void Render_KeptMessages_AreTheCallersOwn()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "task"), new(ChatRole.Assistant, "work"), new(ChatRole.User, "go on")];
        var rendered = Render(messages, (1, GroupAction.Summarize));
        rendered.Select(message => message.SourceIndex).ShouldBe([0, -1, 2]);
        rendered[0].Message.ShouldBeSameAs(messages[0]);
        rendered[1].Message.Text.ShouldBe("summary");
        rendered[1].Replaces.ShouldBe([1]);
    }

    [Fact]
    public void Render_SummaryPlaceInsideACall_GoesBehindTheCall()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.Assistant, [new FunctionCallContent("a", "run"), new FunctionCallContent("b", "run")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "1")]),
            new(ChatRole.User, "wait"),
            new(ChatRole.Tool, [new FunctionResultContent("b", "2")]),
        ];
        Render(messages, (1, GroupAction.Summarize)).Select(message => message.SourceIndex).ShouldBe([0, 1, 3, -1]);
    }

    [Fact]
    public void Render_ShortenedResult_ChangesOnlyThatContent()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.Assistant, [new TextContent("Let me read."), new FunctionCallContent("a", "read")]),
            new(ChatRole.Tool,
                [new FunctionResultContent("a", string.Join('\n', Enumerable.Range(0, 2000).Select(i => $"{i * 7919:x} {i}")))]),
        ];
        var rendered = Render(messages, (0, GroupAction.Shorten));
        rendered[0].Message.ShouldBeSameAs(messages[0]);
        var result = rendered[1].Message.Contents.ShouldHaveSingleItem().ShouldBeOfType<FunctionResultContent>();
        result.CallId.ShouldBe("a");
        var text = result.Result.ShouldBeOfType<string>();
        text.ShouldStartWith("0 0\n");
        text.ShouldContain("tokens cut; recall ");
        text.ShouldEndWith(" 1999");
        messages[1].Contents[0].ShouldBeOfType<FunctionResultContent>().Result.ShouldBeOfType<string>().ShouldNotContain("recall");
    }

    [Fact]
    public void Render_SignedReasoning_IsNeverShortened()
    {
        var reasoning = new TextReasoningContent(string.Join(' ', Enumerable.Repeat("thinking", 500))) { ProtectedData = "c2ln" };
        var message = new ChatMessage(ChatRole.Assistant, [reasoning, new FunctionCallContent("a", "run")]);
        var rendered = Render([message, new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a", "x")])], (0, GroupAction.Shorten));
        rendered[0].Message.Contents[0].ShouldBeSameAs(reasoning);
    }

    private static IReadOnlyList<Strata.Transcripts.OutgoingMessage> Render(
        List<ChatMessage> messages, params (int Group, GroupAction Action)[] changes)
    {
        var transcript = Transcript.Create(messages);
        var decisions = transcript.Groups.Select(group => new GroupDecision(group.Index, GroupAction.Keep, "", 0, 0)).ToArray();
        foreach (var (group, action) in changes)
            decisions[group] = decisions[group] with { Action = action, Caps = action == GroupAction.Shorten ? ContentCaps.Of(100) : null };
        var gone = decisions.Where(decision => decision.Action == GroupAction.Summarize).Select(decision => decision.Group).ToList();
        var plan = new CompactionPlan
        {
            Strategy = "test",
            Decisions = decisions,
            Summaries = gone.Count == 0 ? [] : [new PlannedSummary(gone, 100)],
            RungsTaken = [],
            TokensBefore = 0,
            TokensAfter = 0,
            Target = 0,
        };
        return Renderer.Render(transcript, plan, [.. plan.Summaries.Select(_ => Written)], ChatRole.User,
            TokenMap.Measure(transcript, new MessageCounter(CharsPerTokenCounter.Instance)));
    }
}
