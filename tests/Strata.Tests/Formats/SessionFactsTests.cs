using System.Text;
using Strata.Formats;
using Strata.Tests.Formats.Json;

namespace Strata.Tests.Formats;

/// <summary>What a format knows of its sessions beside their messages.</summary>
public sealed class SessionFactsTests
{
    [Theory]
    [InlineData("claude-code", "{\"type\":\"file-history-snapshot\"}\nnot json\n{\"sessionId\":\"5e55\",\"type\":\"user\"}\n", "5e55")]
    [InlineData("claude-code", "{\"sessionId\":\"5e55\",\"agentId\":\"a1\",\"isSidechain\":true}\n", "5e55/a1")]
    [InlineData("codex", "{\"type\":\"session_meta\",\"payload\":{\"id\":\"c0de\"}}", "c0de")]
    [InlineData(
        "pi", "{\"type\":\"session\",\"id\":\"31\"}\n"
        + "{\"type\":\"message\",\"id\":\"other\",\"message\":{\"role\":\"user\",\"content\":\"hi\"}}\n", "31")]
    [InlineData("claude-code", "{\"sessionId\":7,\"type\":\"user\"}\n[1]\n", null)]
    [InlineData("openai-chat", "{\"sessionId\":\"5e55\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}", null)]
    public void SessionId_OfAFile_IsTheNameThatTheAgentGave(string format, string file, string? expected) =>
        BodyTesting.Read(format, Encoding.UTF8.GetBytes(file)).SessionId.ShouldBe(expected);

    [Fact]
    public void FileExtension_OfEveryFormat_IsOfLinesOrOfOneDocument() =>
        SessionFormats.All.Select(static format => format.FileExtension).Distinct().Order(StringComparer.Ordinal)
            .ShouldBe([".json", ".jsonl"]);

    [Theory]
    [InlineData("anthropic", "[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"a\"}]}]",
        ReasoningVendor.Anthropic)]
    [InlineData("openai-responses", "{\"model\":\"m\",\"input\":\"hi\"}", ReasoningVendor.OpenAI)]
    [InlineData("openai-chat", "[{\"role\":\"user\",\"content\":\"hi\"}]", null)]
    public void SignedBy_OfABody_IsTheVendorThatReadsIt(string format, string file, ReasoningVendor? expected) =>
        BodyTesting.Read(format, Encoding.UTF8.GetBytes(file)).SignedBy.ShouldBe(expected);

    [Theory]
    [InlineData("claude-code", "{'type':'user','uuid':'a','parentUuid':null,'message':{'role':'user','content':[{'type':'te\\ud83dxt'}]}}")]
    [InlineData("claude-code", "{'type':'us\\ud83der','uuid':'a','parentUuid':null,'message':{'role':'us\\udc00er','content':'x'}}")]
    [InlineData("codex", "{'type':'response_item','payload':{'type':'mess\\ud83dage','role':'user','content':[]}}")]
    [InlineData("pi", "{'type':'message','id':'2','message':{'role':'us\\ud83der','content':[{'type':'te\\ud83dxt'}]}}")]
    public void Read_HalfASurrogatePairInANameOfAKind_LosesNoOtherLine(string format, string line)
    {
        var known = format switch
        {
            "codex" => "{'type':'response_item','payload':{'type':'message','role':'user',"
                + "'content':[{'type':'input_text','text':'Sort the crates.'}]}}",
            "pi" => "{'type':'message','id':'1','message':{'role':'user','content':'Sort the crates.'}}",
            _ => "{'type':'user','uuid':'u','parentUuid':null,'sessionId':'s','message':{'role':'user','content':'Sort the crates.'}}",
        };
        var file = $"{line}\n{known}\n".Replace('\'', '"');

        BodyTesting.Read(format, Encoding.UTF8.GetBytes(file)).Messages.Select(message => message.Text).ShouldContain("Sort the crates.");
    }
}
