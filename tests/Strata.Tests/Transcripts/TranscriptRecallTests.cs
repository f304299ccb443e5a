using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class TranscriptRecallTests
{
    private static readonly Transcript Conversation = Transcript.Create(
    [
        new ChatMessage(ChatRole.User, "Read it."),
        new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "Read", new Dictionary<string, object?> { ["path"] = "a" })]),
        new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "what stands in a")]),
        new ChatMessage(ChatRole.Assistant, "Done."),
        new ChatMessage(ChatRole.User, "Read it."),
        new ChatMessage(ChatRole.Assistant, "Again?"),
    ]);

    [Fact]
    public void Find_HandleOfAContent_IsThatContent()
    {
        var result = Conversation.Messages[2].Contents[0];

        var original = TranscriptRecall.Find(Conversation, ContentHandle.HandleOf(result).ToString()).ShouldNotBeNull();

        original.Content.ShouldBeSameAs(result);
        original.MessageIndex.ShouldBe(2);
        original.Groups.ShouldHaveSingleItem().ShouldBeSameAs(Conversation.Groups[1]);
    }

    [Fact]
    public void Find_HandleOfAGroup_IsTheWholeGroup()
    {
        var original = TranscriptRecall.Find(Conversation, Conversation.Groups[1].Handle.ToString().ToUpperInvariant()).ShouldNotBeNull();

        original.Content.ShouldBeNull();
        original.Groups.ShouldHaveSingleItem().ShouldBeSameAs(Conversation.Groups[1]);
    }

    [Fact]
    public void Find_Range_IsAllBetween()
    {
        var range = $"{Conversation.Groups[1].Handle}..{Conversation.Groups[2].Handle}";

        TranscriptRecall.Find(Conversation, range).ShouldNotBeNull().Groups.ShouldBe([Conversation.Groups[1], Conversation.Groups[2]]);
    }

    [Fact]
    public void Find_RangeWhoseEndOccursTwice_ReachesTheLast()
    {
        var repeated = Conversation.Groups[0].Handle;
        repeated.ShouldBe(Conversation.Groups[3].Handle);

        TranscriptRecall.Find(Conversation, $"{repeated}..{repeated}").ShouldNotBeNull().Groups.Count.ShouldBe(4);
    }

    [Fact]
    public void Find_RangeOfOneGroup_IsThatGroup() =>
        TranscriptRecall.Find(Conversation, $"{Conversation.Groups[2].Handle}..{Conversation.Groups[2].Handle}")
            .ShouldNotBeNull().Groups.Count.ShouldBe(1);

    [Fact]
    public void Find_UnknownHandle_IsNull()
    {
        TranscriptRecall.Find(Conversation, "0123456789ab").ShouldBeNull();
        TranscriptRecall.Find(Conversation, $"{Conversation.Groups[2].Handle}..{Conversation.Groups[1].Handle}").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("0123456789a")]
    [InlineData("0123456789ab..")]
    [InlineData("0123456789u!")]
    public void Find_NoHandle_Throws(string text) => Should.Throw<FormatException>(() => TranscriptRecall.Find(Conversation, text));
}
