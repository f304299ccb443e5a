using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Tests.Properties;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class TranscriptTests
{
    [Fact]
    public void Create_ParallelCallsOutOfOrder_AreOneGroup()
    {
        var transcript = Transcript.Create([Calls("a", "b"), Result("b"), Result("a")]);
        transcript.Groups.ShouldHaveSingleItem().Kind.ShouldBe(GroupKind.ToolCall);
        transcript.Groups[0].OpenCalls.ShouldBeEmpty();
    }

    [Fact]
    public void Create_ResultsSplitByUser_StayWithTheirCall()
    {
        var transcript = Transcript.Create([Calls("a", "b"), Result("a"), User("wait"), Result("b")]);
        transcript.Groups.Select(group => group.Kind).ShouldBe([GroupKind.ToolCall, GroupKind.User]);
        transcript.Groups[0].MessageIndexes.ShouldBe([0, 1, 3]);
    }

    [Fact]
    public void Create_OrphanResult_IsAGroupOfItsOwn() =>
        Transcript.Create([User("hi"), Result("nobody")]).Groups[1].Kind.ShouldBe(GroupKind.OrphanResult);

    [Fact]
    public void Create_SecondResultForACall_IsAnOrphan() =>
        Transcript.Create([Calls("a"), Result("a"), Result("a")]).Groups.Select(group => group.Kind)
            .ShouldBe([GroupKind.ToolCall, GroupKind.OrphanResult]);

    [Fact]
    public void Create_ReusedCallId_MeansTheNewestCall()
    {
        var transcript = Transcript.Create([Calls("call_0"), Result("call_0"), Calls("call_0"), Result("call_0")]);
        transcript.Groups.Select(group => group.MessageIndexes).ShouldBe([[0, 1], [2, 3]]);
    }

    [Fact]
    public void Create_ReasoningBeforeACall_BelongsToIt()
    {
        var reasoning = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("think")]);
        Transcript.Create([reasoning, Calls("a"), Result("a")]).Groups.ShouldHaveSingleItem().Messages.Count.ShouldBe(3);
    }

    [Fact]
    public void Create_ReasoningAfterResults_BelongsToWhatFollows()
    {
        var reasoning = new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("think")]);
        var groups = Transcript.Create([Calls("a"), Result("a"), reasoning, Assistant("done")]).Groups;
        groups.Select(group => group.MessageIndexes).ShouldBe([[0, 1], [2, 3]]);
    }

    [Fact]
    public void Create_EmptyAssistantMessage_JoinsNothing() =>
        Transcript.Create([new ChatMessage(ChatRole.Assistant, []), Assistant("done")]).Groups.Count.ShouldBe(2);

    [Fact]
    public void Create_OneMessageLoggedInSeveralEntries_IsOneGroup()
    {
        ChatMessage Part(AIContent content) => new(ChatRole.Assistant, [content]) { MessageId = "msg_1" };
        var groups = Transcript.Create(
        [
            Part(new TextReasoningContent("think")), Part(new TextContent("I look.")), Part(Call("a")), Result("a"), Part(Call("b")),
            Result("b"),
        ]).Groups;
        groups.ShouldHaveSingleItem().OpenCalls.ShouldBeEmpty();
    }

    [Fact]
    public void Create_MissingResult_LeavesTheCallOpen() =>
        Transcript.Create([Calls("a", "b"), Result("a")]).Groups[0].OpenCalls.ShouldBe(["b"]);

    [Fact]
    public void Turns_InjectedUserMessage_StartsNone()
    {
        var transcript = Transcript.Create(
            [new ChatMessage(ChatRole.System, "be good"), User("one"), Assistant("1"), User("<system-reminder>x</system-reminder>"),
                User("two")]);
        transcript.Turns.Select(turn => (turn.FirstGroup, turn.GroupCount)).ShouldBe([(0, 4), (4, 1)]);
    }

    [Fact]
    public void Fingerprint_AfterAJsonRoundTrip_IsTheSame() => ForAll(messages =>
    {
        var json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        var copies = JsonSerializer.Deserialize<List<ChatMessage>>(json, AIJsonUtilities.DefaultOptions)!;
        Transcript.Create(copies).Fingerprint.ShouldBe(Transcript.Create(messages).Fingerprint);
    });

    [Fact]
    public void Fingerprint_OfObjectsAndTheirJson_IsTheSame()
    {
        ChatMessage Message(object? value) => new(
            ChatRole.Assistant, [new FunctionCallContent("a", "f", new Dictionary<string, object?> { ["z"] = value, ["a"] = 1.5 })]);
        var live = Message(new Dictionary<string, object?> { ["y"] = new[] { 1, 2 }, ["x"] = "text" });
        var parsed = Message(JsonDocument.Parse("""{ "x": "text", "y": [1, 2] }""").RootElement);
        Transcript.Create([parsed]).Fingerprint.ShouldBe(Transcript.Create([live]).Fingerprint);
    }

    [Fact]
    public void PrefixFingerprint_SameMessageTwice_DiffersByPosition()
    {
        var transcript = Transcript.Create([User("continue"), Assistant("ok"), User("continue")]);
        transcript.MessageFingerprint(0).ShouldBe(transcript.MessageFingerprint(2));
        transcript.PrefixFingerprint(1).ShouldNotBe(transcript.PrefixFingerprint(3));
    }

    [Fact]
    public void Append_InAnyPieces_EqualsCreate() =>
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(1, 7).ToArbitrary(), (steps, piece) =>
        {
            var messages = GeneratedConversations.Build(steps);
            var grown = messages.Chunk(piece).Aggregate(Transcript.Empty, (transcript, chunk) => transcript.Append(chunk));
            Describe(grown).ShouldBe(Describe(Transcript.Create(messages)));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Total));

    [Fact]
    public void Create_AnyConversation_PutsEveryMessageIntoOneGroup() => ForAll(messages =>
    {
        var transcript = Transcript.Create(messages);
        transcript.Groups.SelectMany(group => group.MessageIndexes).Order().ShouldBe(Enumerable.Range(0, messages.Count));
        transcript.Groups.Select(group => group.MessageIndexes[0]).ShouldBeInOrder();
        transcript.Turns.Sum(turn => turn.GroupCount).ShouldBe(transcript.Groups.Count);
        for (var i = 0; i < messages.Count; i++)
            transcript.Groups[transcript.GroupOfMessage[i]].MessageIndexes.ShouldContain(i);
    });

    [Fact]
    public void IsPrefixOf_MessageThatWasAddedTo_IsFalse()
    {
        var messages = new List<ChatMessage> { User("one") };
        var transcript = Transcript.Create(messages);
        messages[0].Contents.Add(new TextContent("more"));
        transcript.IsPrefixOf(messages).ShouldBeFalse();
    }

    private static void ForAll(Action<List<ChatMessage>> check) =>
        Prop.ForAll(GeneratedConversations.Steps(), steps => check(GeneratedConversations.Build(steps)))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(4)));

    private static string Describe(Transcript transcript) => string.Join('\n', transcript.Groups.Select(group =>
        $"{group.Index} {group.Kind} turn {group.TurnIndex} [{string.Join(' ', group.MessageIndexes)}] open "
            + $"[{string.Join(' ', group.OpenCalls)}] {group.Handle}"))
        + $"\n{transcript.Fingerprint}\n{string.Join(' ', transcript.Turns)}\n{string.Join(' ', transcript.GroupOfMessage)}\n"
        + $"{string.Join(' ', transcript.OpenGroups)}";

    private static ChatMessage User(string text) => new(ChatRole.User, text);

    private static ChatMessage Assistant(string text) => new(ChatRole.Assistant, text);

    private static FunctionCallContent Call(string id) => new(id, "read", new Dictionary<string, object?> { ["path"] = "a.cs" });

    private static ChatMessage Calls(params string[] ids) => new(ChatRole.Assistant, [.. ids.Select(Call)]);

    private static ChatMessage Result(string id) => new(ChatRole.Tool, [new FunctionResultContent(id, "result")]);
}
