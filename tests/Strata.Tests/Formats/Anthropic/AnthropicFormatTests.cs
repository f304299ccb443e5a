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
    private const string Name = "anthropic";

    private static SessionDocument Fixture() => Read(Name, SessionFixture.Bytes("anthropic-request.json"));

    [Fact]
    public void Read_Request_OneMessageForEachElement()
    {
        var document = Fixture();

        SummariesOf(document).ShouldBe(
        [
            "user: Compare a.txt and b.txt. | image/png:8 | application/pdf:https://example.org/spec.pdf",
            """assistant: <Both have to be read.>#EqQB | <>#EmwK | I read both. | toolu_1=read_file({"path":"a.txt"}) | """
                + """toolu_2=read_file({"path":"b.txt"})""",
            "tool: toolu_2->[second file, image/png:8] | toolu_1->no such file | Be quick.",
            "assistant: ?server_tool_use | ?web_search_tool_result | Only b.txt exists.",
            "user: Then read c.txt \u2028 please.",
            "assistant: toolu_3=read_file({})",
            "tool: toolu_3->",
            "assistant: It is empty.",
            "user: Thanks",
        ]);
        ((FunctionResultContent)document.Messages[2].Contents[1]).Exception.ShouldNotBeNull();
        ((FunctionResultContent)document.Messages[2].Contents[0]).Exception.ShouldBeNull();
        document.Model.ShouldBe("claude-sonnet-4-5");
        document.Options!.Instructions.ShouldBe("You are a careful engineer.\n\nAnswer in one sentence.");
        document.Options.MaxOutputTokens.ShouldBe(2048);
        var tools = document.Options.Tools!.Cast<AIFunctionDeclaration>().ToList();
        tools.Select(static tool => tool.Name).ShouldBe(["read_file", "web_search"]);
        tools[0].JsonSchema.GetProperty("properties").TryGetProperty("path", out _).ShouldBeTrue();
    }

    [Fact]
    public void Write_ChangedResult_KeepsCacheControlAndError()
    {
        var document = Fixture();

        var written = Write(Name, document, Replace(document, 2, 1, new FunctionResultContent("toolu_1", "gone")));

        written.ShouldBe(System.Text.Encoding.UTF8.GetString(SessionFixture.Bytes("anthropic-request.json"))
            .Replace("\"no such file\"", "\"gone\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_OnePartOfAResultReplaced_LeavesTheOtherPartsAlone()
    {
        var document = Fixture();
        var parts = (IList<AIContent>)((FunctionResultContent)document.Messages[2].Contents[0]).Result!;

        var again = Read(
            Name, Write(
                Name, document,
                Replace(
                    document, 2, 0, new FunctionResultContent("toolu_2", new List<AIContent> { parts[0], new TextContent("[image]") }))));

        Summary(again.Messages[2])
            .ShouldBe("tool: toolu_2->[second file, [image]] | toolu_1->no such file | Be quick.".Replace(
                "[second file, [image]]", "second file\n[image]", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_ChangedBlocksOfEveryKind_ChangeOnlyThemselves()
    {
        var document = Fixture();
        Check(0, 0, new TextContent("short"), "\"Compare a.txt and b.txt.\"", "\"short\"");
        Check(0, 1, new TextContent("[image]"),
            "{\"type\": \"image\", \"source\": {\"type\": \"base64\", \"media_type\": \"image/png\", \"data\": \"iVBORw0KGgo=\"}}\u0001",
            "{\"type\":\"text\",\"text\":\"[image]\"}");
        Check(1, 0, new TextReasoningContent("x"),
            "{\"type\": \"thinking\", \"thinking\": \"Both have to be read.\", \"signature\": \"EqQB\"},\n\t\t\t\t", "");
        Check(1, 3,
            new FunctionCallContent("toolu_1", "read_file", new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = "…" }),
            "{\"path\": \"a.txt\"}\u0001", "{\"path\":\"…\"}");
        Check(3, 0, new TextContent("[search]"),
            "{\"type\": \"server_tool_use\", \"id\": \"srvtoolu_1\", \"name\": \"web_search\", \"input\": {\"query\": \"a.txt\"}}",
            "{\"type\":\"text\",\"text\":\"[search]\"}");
        Check(4, 0, new TextContent("gist"), "\"Then read c.txt \\u2028 please.\"", "\"gist\"");
        Check(6, 0, new FunctionResultContent("toolu_3", "nothing"), "\"tool_use_id\": \"toolu_3\"",
            "\"tool_use_id\": \"toolu_3\",\"content\":\"nothing\"");
        Check(7, 0, new TextContent(""), "\"It is empty.\"", "\"[content removed]\"");

        // A mark behind the old text means: its first occurrence only.
        void Check(int message, int content, AIContent replacement, string before, string after)
        {
            var original = System.Text.Encoding.UTF8.GetString(SessionFixture.Bytes("anthropic-request.json"));
            var at = original.IndexOf(before.TrimEnd('\u0001'), StringComparison.Ordinal);
            var expected = original[..at] + after + original[(at + before.TrimEnd('\u0001').Length)..];
            Write(Name, document, Replace(document, message, content, replacement)).ShouldBe(expected);
        }
    }

    [Fact]
    public void Write_FirstUserMessageGone_PutsOneBeforeTheAnswer()
    {
        var document = Fixture();

        var again = Read(Name, Write(Name, document, Only(document, 7, 8)));

        SummariesOf(again).ShouldBe(["user: [earlier messages removed]", "assistant: It is empty.", "user: Thanks"]);
    }

    [Fact]
    public void Write_SystemMessageInserted_SpeaksAsUser()
    {
        var document = Fixture();

        Read(Name, Write(Name, document, [New(ChatRole.System, "summary"), .. Only(document, 8)])).Messages[0].Role.ShouldBe(ChatRole.User);
    }

    [Fact]
    public void Read_TextOfOddBlocks_KeepsThem()
    {
        var document = Read(Name, """[{"role":"user","content":["plain",{"type":"text"},{"type":"image","source":"""
            + """{"type":"base64","media_type":"image/png","data":"%%"}},{"type":"image","source":{"type":"file","file_id":"f1"}},"""
            + """{"type":"tool_result","tool_use_id":"x","content":{"a":1}},5]}]""");

        Summary(document.Messages[0]).ShouldBe("""tool: plain | ?text | ?image | file:f1 | x->{"a":1} | ?5""");
        ((JsonElement)document.Messages[0].Contents[2].RawRepresentation!).GetProperty("source").GetProperty("data").GetString()
            .ShouldBe("%%");
    }

    [Theory, InlineData("enabled", "toolu_1", true), InlineData("adaptive", "toolu_1", false), InlineData("enabled", null, false)]
    public void Write_LoopThatLostTheThinkingItBeganWith_TurnsThinkingOffForThisCall(string type, string? open, bool off)
    {
        var result = open is null ? """{"role":"user","content":"Next."}"""
            : """{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"seen"}]}""";
        var document = Read("anthropic", $$$"""
            {"model":"claude-opus-5-5","max_tokens":9000,"thinking":{"type":"{{{type}}}","budget_tokens":2000},"messages":[{"role":"user","content":"Sort."},
            {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2ln"},{"type":"tool_use","id":"toolu_1","name":"look","input":{}}]},
            {{{result}}}],"stream":true}
            """);
        var outgoing = All(document).ConvertAll(message => message with { Message = SignedReasoning.Without(message.Message)! });

        var root = Parse(Write("anthropic", document, outgoing));

        root.GetProperty("thinking").GetProperty("type").GetString().ShouldBe(off ? "disabled" : type);
        root.GetProperty("stream").GetBoolean().ShouldBeTrue();
        document.ChangesBeside(outgoing).Count.ShouldBe(off ? 1 : 0);
        document.ChangesBeside(All(document)).ShouldBeEmpty();
    }
}
