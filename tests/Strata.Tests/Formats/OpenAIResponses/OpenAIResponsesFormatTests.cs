using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.OpenAIResponses;

public sealed class OpenAIResponsesFormatTests
{
    private const string Name = "openai-responses";

    private static SessionDocument Fixture() => Read(Name, SessionFixture.Bytes("responses-request.json"));

    [Fact]
    public void Read_Request_OneMessageForEachItem()
    {
        var document = Fixture();

        SummariesOf(document).ShouldBe(
        [
            "system: Use metric units.",
            "user: Compare a.txt and b.txt. | image/png:8 | file:file-77",
            "assistant: <Read both files.\n\nThen compare.>#gAAAAB",
            """assistant: call_1=read_file({"path":"a.txt"})""",
            """assistant: call_2=read_file({"$raw":"{\"path\":"})""",
            "tool: call_2->error: \"path\" is cut",
            "tool: call_1->[first file, image/*:https://example.org/a.png]",
            "assistant: Only a.txt can be read.",
            "assistant: ?web_search_call",
            "user: Patch it.",
            """assistant: call_3=apply_patch({"$raw":"*** Begin Patch\n*** End Patch"})""",
            "tool: call_3->Done!",
            """assistant: call_4=local_shell({"type":"exec","command":["ls", "-l"],"env":{}})""".Replace(
                "[\"ls\", ", "[\"ls\",", StringComparison.Ordinal),
            "tool: call_4->total 2",
            """assistant: call_5=shell({"commands":["pwd"],"timeout_ms":100})""",
            "tool: call_5->/home",
            "assistant: ?item_reference",
            "assistant: ?mcp_call",
            "assistant: Patched.",
        ]);
        document.Messages[7].MessageId.ShouldBe("msg_1");
        document.Options!.Instructions.ShouldBe("Be exact.");
        document.Options.Tools!.Select(static tool => tool.Name).ShouldBe(["read_file", "web_search"]);
        document.PlaceOf(4).ShouldBe("input[4]");
    }

    [Fact]
    public void Write_ChangedBlocksOfEveryKind_ChangeOnlyThemselves()
    {
        var document = Fixture();
        var original = System.Text.Encoding.UTF8.GetString(SessionFixture.Bytes("responses-request.json"));
        Check(2, new TextReasoningContent("brief"), "\"Read both files.\"}, {\"type\": \"summary_text\", \"text\": \"Then compare.\"}",
            "\"brief\"}");
        Check(2, new TextReasoningContent(""),
            "{\"type\": \"summary_text\", \"text\": \"Read both files.\"}, {\"type\": \"summary_text\", \"text\": \"Then compare.\"}", "");
        Check(3, new FunctionCallContent("call_1", "read_file", new Dictionary<string, object?>(StringComparer.Ordinal) { ["p"] = 1 }),
            "\"{\\\"path\\\":\\\"a.txt\\\"}\"", "\"{\\\"p\\\":1}\"");
        Check(5, new FunctionResultContent("call_2", "cut"), "\"error: \\\"path\\\" is cut\"", "\"cut\"");
        Check(6, new FunctionResultContent("call_1", "cut"),
            "\"first file\"}, {\"type\": \"input_image\", \"image_url\": \"https://example.org/a.png\"}", "\"cut\"}");
        Check(10,
            new FunctionCallContent("call_3", "apply_patch", new Dictionary<string, object?>(StringComparer.Ordinal) { ["$raw"] = "*" }),
            "\"*** Begin Patch\\n*** End Patch\"", "\"*\"");
        Check(12, new FunctionCallContent("call_4", "local_shell", new Dictionary<string, object?>(StringComparer.Ordinal)),
            "{\"type\": \"exec\", \"command\": [\"ls\", \"-l\"], \"env\": {}}", "{}");
        Check(15, new FunctionResultContent("call_5", "cut"), "\"/home\"", "\"cut\"");
        Check(17, new TextContent("left alone"), "mcp_call", "mcp_call");

        void Check(int message, AIContent replacement, string before, string after) =>
            Write(Name, document, Replace(document, message, 0, replacement))
                .ShouldBe(original.Replace(before, after, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_InputAsString_OneUserMessageThatBecomesAListWhenMoreIsWritten()
    {
        var document = Read(Name, "{\"model\":\"gpt-5\",\"input\":\"hello\",\"store\":false}");

        SummariesOf(document).ShouldBe(["user: hello"]);
        document.PlaceOf(0).ShouldBe("input");
        Write(Name, document, Replace(document, 0, 0, new TextContent("bye")))
            .ShouldBe("{\"model\":\"gpt-5\",\"input\":\"bye\",\"store\":false}");
        Write(Name, document, [.. All(document), New(ChatRole.User, "n")]).ShouldBe(
            "{\"model\":\"gpt-5\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"hello\"},{\"type\":\"message\",\"role\":\"user\",\"content\":\"n\"}],\"store\":false}");
    }

    [Fact]
    public void Read_Response_TakesItsOutput()
    {
        var document = Read(Name, """{"id":"resp_1","object":"response","model":"gpt-5","output":"""
            + """[{"id":"m","type":"message","role":"assistant","content":[{"type":"output_text","text":"a"},"""
            + """{"type":"refusal","refusal":"b"}]},{"type":"computer_call","call_id":"c","action":{"type":"click","x":1}},"""
            + """{"type":"computer_call_output","call_id":"c","output":{"type":"computer_screenshot","image_url":"data:image/png;base64,"""
            + """AQID"}}]}""");

        SummariesOf(document)
            .ShouldBe(["assistant: a | !b", """assistant: c=computer({"type":"click","x":1})""", "tool: c->[image/png:3]"]);
        document.PlaceOf(1).ShouldBe("output[1]");
    }

    [Fact]
    public void Write_ToOpenAIChat_JoinsParallelCallsBeforeTheirResults()
    {
        var document = Fixture();
        var written = Write("openai-chat", document, All(document));
        VendorRules.Check("openai-chat", Bytes(written));

        SummariesOf(Read("openai-chat", written)).Skip(2).Take(6).ShouldBe(
        [
            "user: Compare a.txt and b.txt. | image/png:8 | [file file-77, left out]",
            """assistant: call_1=read_file({"path":"a.txt"}) | call_2=read_file({"$raw":"{\"path\":"})""",
            "tool: call_1->first file\n[image/*: https://example.org/a.png]",
            "tool: call_2->error: \"path\" is cut",
            "user: [media returned by the tool] | image/*:https://example.org/a.png",
            "assistant: Only a.txt can be read.",
        ]);
    }

    [Fact]
    public void Write_FromCodex_KeepsEncryptedReasoning()
    {
        List<ChatMessage> messages = [new(ChatRole.User, "go"),
            new(ChatRole.Assistant, [new TextReasoningContent("plan") { ProtectedData = "enc" }, new TextContent("ok")])];

        var codex = new OtherDocument("codex", messages, ReasoningVendor.OpenAI);
        var anthropic = new OtherDocument("anthropic", messages, ReasoningVendor.Anthropic);
        SummariesOf(Read(Name, Write(Name, codex, All(codex)))).ShouldBe(["user: go", "assistant: <plan>#enc", "assistant: ok"]);
        SummariesOf(Read(Name, Write(Name, anthropic, All(anthropic)))).ShouldBe(["user: go", "assistant: ok"]);
    }

    [Fact]
    public void Read_ItemWithoutType_IsKeptAndReported()
    {
        var document = Read(Name, """[{"role":"user","content":"a"},{"foo":1}]""");

        document.Problems.Single().Place.ShouldBe("[1].type");
        ((JsonElement)document.Messages[1].Contents[0].RawRepresentation!).GetProperty("foo").GetInt32().ShouldBe(1);
    }
}
