using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Anthropic;

public sealed partial class AnthropicFormatTests
{
    [Fact]
    public void Write_ToOpenAIChat_IsValidAndLeavesOutWhatItCannotCarry()
    {
        var document = Fixture();
        var written = Write("openai-chat", document, All(document));
        VendorRules.Check("openai-chat", Bytes(written));

        SummariesOf(Read("openai-chat", written)).ShouldBe(
        [
            "system: You are a careful engineer.\n\nAnswer in one sentence.",
            "user: Compare a.txt and b.txt. | image/png:8 | [application/pdf: https://example.org/spec.pdf]",
            """assistant: I read both. | toolu_1=read_file({"path": "a.txt"}) | toolu_2=read_file({"path": "b.txt"})""".Replace(
                "\": \"", "\":\"", StringComparison.Ordinal),
            "tool: toolu_1->no such file",
            "tool: toolu_2->second file\n[image/png, 8 bytes, left out]",
            "user: [media returned by the tool] | image/png:8",
            "user: Be quick.",
            "assistant: Only b.txt exists.",
            "user: Then read c.txt \u2028 please.",
            "assistant: toolu_3=read_file({})",
            "tool: toolu_3->",
            "assistant: It is empty.",
            "user: Thanks",
        ]);
        Parse(written).GetProperty("tools")[0].GetProperty("function").GetProperty("parameters").GetProperty("type").GetString()
            .ShouldBe("object");
    }

    [Fact]
    public void Write_FromClaudeCode_KeepsSignedThinkingAndOneMessagePerAnswer()
    {
        var document = new OtherDocument("claude-code",
        [
            new(ChatRole.User, "go"),
            new(ChatRole.Assistant, [new TextReasoningContent("hm") { ProtectedData = "sig" }]) { MessageId = "m1" },
            new(ChatRole.Assistant, [new FunctionCallContent("a", "f")]) { MessageId = "m1" },
            new(ChatRole.Assistant, [new FunctionCallContent("b", "f")]) { MessageId = "m1" },
            new(ChatRole.Tool, [new FunctionResultContent("b", "2")]),
            new(ChatRole.User, "meanwhile"),
            new(ChatRole.Tool, [new FunctionResultContent("a", "1")]),
            new(ChatRole.Tool, [new FunctionResultContent("lost", "0")]),
            new(ChatRole.Assistant, [new FunctionCallContent("c", "f")]) { MessageId = "m2" },
            new(ChatRole.Assistant, "never mind") { MessageId = "m3" },
            new(ChatRole.Assistant, [new FunctionCallContent("d", "f")]) { MessageId = "m4" },
        ],
        ReasoningVendor.Anthropic);
        var written = Write(Name, document, All(document));
        var again = Read(Name, written);

        SummariesOf(again).ShouldBe(
        [
            "user: go",
            "assistant: <hm>#sig | a=f({}) | b=f({})",
            "tool: a->1 | b->2",
            "user: meanwhile",
            "user: [result of the tool call lost, which is not in the conversation]\n0",
            "assistant: c=f({})",
            "tool: c->[no result was recorded]",
            "assistant: never mind",
            "assistant: d=f({})",
        ]);
        Write(Name, new OtherDocument("pi", document.Messages), All(document)).ShouldNotContain("thinking");
    }

    [Fact]
    public void Write_IdsThatTheVendorRefuses_AreReplacedInCallAndResult()
    {
        var document = new OtherDocument("openai-chat",
        [
            new(ChatRole.User, "go"),
            new(ChatRole.Assistant, [new FunctionCallContent("a:1", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("a:1", "1")]),
            new(ChatRole.Assistant, [new FunctionCallContent("a:1", "f")]),
            new(ChatRole.Tool, [new FunctionResultContent("a:1", "2")]),
        ]);

        SummariesOf(Read(Name, Write(Name, document, All(document))))
            .ShouldBe(["user: go", "assistant: a_1=f({})", "tool: a_1->1", "assistant: a_1_2=f({})", "tool: a_1_2->2"]);
    }

    [Fact]
    public void Write_SystemMessagesOfAnotherFormat_GoToSystemAndLaterOnesToTheUser()
    {
        var document = new OtherDocument("openai-chat",
        [
            new(ChatRole.System, "one"), new(ChatRole.System, "two"), new(ChatRole.Assistant, "hello"), new(ChatRole.System, "three"),
            new(ChatRole.User, " "),
        ]);
        var written = Write(Name, document, All(document));
        VendorRules.Check(Name, Bytes(written));
        var again = Read(Name, written);

        again.Options!.Instructions.ShouldBe("one\n\ntwo");
        SummariesOf(again).ShouldBe(["user: [earlier messages removed]", "assistant: hello", "user: three"]);
    }
}
