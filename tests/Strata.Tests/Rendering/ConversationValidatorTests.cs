using Microsoft.Extensions.AI;
using Strata.Rendering;

namespace Strata.Tests.Rendering;

public sealed class ConversationValidatorTests
{
    [Fact]
    public void Check_PairedCalls_FindsNothing() => ConversationValidator.Check([Call("a"), Result("a"), Text("done")]).ShouldBeEmpty();

    [Fact]
    public void Check_CallsAtTheEnd_MayBeOpen() => ConversationValidator.Check([Text("hi"), Call("a", "b"), Result("a")]).ShouldBeEmpty();

    [Fact]
    public void Check_ResultWithoutACall_SaysSo() =>
        ConversationValidator.Check([Text("hi"), Result("a")]).ShouldHaveSingleItem().ShouldBe("message 1: a result without its call a");

    [Fact]
    public void Check_SecondResult_SaysSo() =>
        ConversationValidator.Check([Call("a"), Result("a"), Result("a")]).ShouldHaveSingleItem().ShouldContain("a second result");

    [Fact]
    public void Check_CallThatWasPassedOver_SaysSo() =>
        ConversationValidator.Check([Call("a"), new ChatMessage(ChatRole.User, "never mind"), Text("ok")])
            .ShouldHaveSingleItem().ShouldBe("message 0: call a has no result");

    [Fact]
    public void Check_ParallelCallsAsItemsOfTheirOwn_FindsNothing() =>
        ConversationValidator.Check([Call("a"), Call("b"), Result("b"), Result("a")]).ShouldBeEmpty();

    private static ChatMessage Call(params string[] ids) =>
        new(ChatRole.Assistant, [.. ids.Select(id => new FunctionCallContent(id, "run"))]);

    private static ChatMessage Result(string id) => new(ChatRole.Tool, [new FunctionResultContent(id, "x")]);

    private static ChatMessage Text(string text) => new(ChatRole.Assistant, text);
}
