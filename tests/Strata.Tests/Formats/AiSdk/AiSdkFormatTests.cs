using Microsoft.Extensions.AI;
using Strata.Tests.Contracts;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.AiSdk;

public sealed class AiSdkFormatTests
{
    private const string Name = "ai-sdk";

    [Fact]
    public void Read_ModelMessages_HasCallsAndResults() =>
        SummariesOf(Read(Name, SessionFixture.Bytes("ai-sdk-list.json"))).ShouldBe(
        [
            "system: You tune the greenhouse.",
            "user: Which valve leaks? Keep the \"north\" beds dry. | image/png:8",
            "assistant: <Read both.>#c2ln | I read both logs. | v1=readLog({\"valve\":1}) | v2=readLog({\"valve\":2})",
            "tool: v1->dryü | v2->{\"leak\": true}",
            "assistant: Valve 2 leaks.",
            "user: Photograph it 🌿.",
            "assistant: v3=photo({}) | v4=weigh({})",
            "tool: v3->[one picture, image/png:8] | v4->no scale",
            "assistant: It is closed.",
        ]);

    [Fact]
    public void Read_Version4_HasArgsAndResult() =>
        SummariesOf(Read(Name, SessionFixture.Bytes("ai-sdk-4.json")))[1..3]
            .ShouldBe(["assistant: I look. | v1=readLog({\"valve\":1})", "tool: v1->{\"leak\": false}"]);

    [Theory]
    [InlineData("text")]
    [InlineData("json")]
    [InlineData("error-text")]
    public void Write_ResultShortened_ChangesItsValueAlone(string type)
    {
        var json = "[{\"role\":\"assistant\",\"content\":[{\"type\":\"tool-call\",\"toolCallId\":\"a\",\"toolName\":\"f\",\"input\":{}}]},"
            + "{\"role\":\"tool\",\"content\":[{\"type\":\"tool-result\",\"toolCallId\":\"a\",\"toolName\":\"f\","
            + $"\"output\":{{\"type\":\"{type}\",\"value\":\"long\"}}}}]}}]";
        var document = Read(Name, json);

        Write(Name, document, Replace(document, 1, 0, new FunctionResultContent("a", "short")))
            .ShouldBe(json.Replace("long", "short", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ExpandedCall_ResultNamesItsTool()
    {
        var document = Read(Name, SessionFixture.Bytes("ai-sdk-4.json"));
        OutgoingMessage[] added =
        [
            new(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("n", "water")]), -1),
            new(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("v1", "again")]), -1),
        ];

        Write(Name, document, [.. All(document), .. added]).ShouldContain("\"toolName\": \"readLog\", \"output\"");
    }

    [Fact]
    public void Read_ToolsThatTheVendorRan_StayAsTheyAre()
    {
        const string Json = """
            [{"role":"user","content":"hi"},{"role":"assistant","content":[
            {"type":"tool-call","toolCallId":"w","toolName":"web_search","input":{},"providerExecuted":true},
            {"type":"tool-result","toolCallId":"w","toolName":"web_search","output":{"type":"json","value":[]}}]}]
            """;

        SummariesOf(Read(Name, Json))[1].ShouldBe("assistant: ?tool-call | ?tool-result");
    }
}
