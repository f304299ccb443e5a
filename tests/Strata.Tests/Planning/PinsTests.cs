using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Tests.Planning;

public sealed class PinsTests
{
    private const string Frame = "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>\nnone\n<<<END_OPENCLAW_INTERNAL_CONTEXT>>>";

    [Fact]
    public void Find_FrameBehindTheNewestResults_KeepsRequestResultsAndFrame()
    {
        Pins(User("Grind the oats."), Says("Done."), User("Grind the rye."), Call("a"), Result("a"), User(Frame))
            .ShouldBe([Pin.FirstTask, Pin.None, Pin.LatestUser, Pin.UnreadResults, Pin.ClientContext]);
    }

    [Fact]
    public void Find_FrameOfAnEarlierRequest_IsNoPin() =>
        Pins(User("Grind the oats."), User(Frame), Says("Done."), User("Grind the rye."))
            .ShouldBe([Pin.FirstTask, Pin.None, Pin.None, Pin.LatestUser]);

    [Theory]
    [InlineData("# AGENTS.md instructions for /srv/mill\n\n<INSTRUCTIONS>\nKeep names.\n</INSTRUCTIONS>")]
    [InlineData("<environment_context>\n  <cwd>/srv/mill</cwd>\n</environment_context>")]
    [InlineData("<session_context>\nToday is a day.\n</session_context>")]
    public void Find_ContextThatIsSentOnce_IsPinned(string context) =>
        Pins(User(context), User("Grind the oats."), Says("Done."), User("Go on with rye."))
            .ShouldBe([Pin.ClientContext, Pin.FirstTask, Pin.None, Pin.LatestUser]);

    [Fact]
    public void Find_JobThatNoHumanStarted_HasItsTaskFromTheClient() =>
        Pins(User("[cron:4f1 mill] Weigh the flour."), Says("I weigh."), Says("Done."))[0].ShouldBe(Pin.FirstTask);

    [Fact]
    public void Find_HeartbeatPolls_AreNoRequests() =>
        Pins(User("Grind the oats."), Says("Done."), User("[OpenClaw heartbeat poll]"), Says("HEARTBEAT_OK"), User("[OpenClaw cron wake]"),
            Says("NO_REPLY"))
            .ShouldBe([Pin.FirstTask, Pin.LatestAnswer, Pin.None, Pin.None, Pin.None, Pin.None]);

    [Theory]
    [InlineData("Hi there!")]
    [InlineData("hallo")]
    [InlineData("Thanks")]
    public void Find_GreetingBeforeTheTask_IsNobodysTask(string greeting) =>
        Pins(User(greeting), Says("Hello! What shall I do?"), User("Grind the oats."), Says("Done."), User("Grind the rye."))
            .ShouldBe([Pin.None, Pin.None, Pin.FirstTask, Pin.None, Pin.LatestUser]);

    [Fact]
    public void Find_NothingButGreetings_PinsTheNewest() =>
        Pins(User("Hi"), Says("Hello!"), User("Thanks")).ShouldBe([Pin.None, Pin.None, Pin.FirstTask]);

    private static Pin[] Pins(params ChatMessage[] messages) => Strata.Planning.Pins.Find(Transcript.Create(messages), new HashSet<int>());

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private static ChatMessage Says(string text) => new(ChatRole.Assistant, text);

    private static ChatMessage Call(string id) => new(ChatRole.Assistant, [new FunctionCallContent(id, "mill")]);

    private static ChatMessage Result(string id) => new(ChatRole.Tool, [new FunctionResultContent(id, "milled")]);
}
