using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Json;

public sealed class BodyStyleTests
{
    private const string Name = "openai-chat";

    [Fact]
    public void Write_InsertedIntoIndentedDocument_TakesItsIndentation()
    {
        const string Json = "{\r\n    \"messages\": [\r\n        {\r\n            \"role\": \"user\",\r\n            \"content\": "
            + "\"a\"\r\n        },\r\n        {\r\n            \"role\": \"assistant\",\r\n            \"content\": \"b\"\r\n        }\r\n "
            + "   ],\r\n    \"n\" : 1\r\n}";
        var document = Read(Name, Json);
        var note = new OutgoingMessage(new ChatMessage(ChatRole.User, [new TextContent("x"), new TextContent("y")]), -1);

        Write(Name, document, [note, .. Only(document, 1)]).ShouldBe(
            "{\r\n    \"messages\": [\r\n        {\r\n            \"role\": \"user\",\r\n            \"content\": [\r\n                "
                + "{\r\n                    \"type\": \"text\",\r\n                    \"text\": \"x\"\r\n                },\r\n           "
                + "     {\r\n                    \"type\": \"text\",\r\n                    \"text\": \"y\"\r\n                }\r\n       "
                + "     ]\r\n        },\r\n        {\r\n            \"role\": \"assistant\",\r\n            \"content\": \"b\"\r\n        "
                + "}\r\n    ],\r\n    \"n\" : 1\r\n}");
    }

    [Theory]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"}]", "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"n\"}]")]
    [InlineData("[{\"role\": \"user\", \"content\": \"a\"}]",
        "[{\"role\": \"user\", \"content\": \"a\"},{\"role\": \"user\", \"content\": \"n\"}]")]
    [InlineData("[\n  {\"role\": \"user\", \"content\": \"a\"}\n]\n",
        "[\n  {\"role\": \"user\", \"content\": \"a\"},\n  {\"role\": \"user\", \"content\": \"n\"}\n]\n")]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"} ,  {\"role\":\"user\",\"content\":\"b\"}]",
        "[{\"role\":\"user\",\"content\":\"a\"} ,  {\"role\":\"user\",\"content\":\"b\"} ,  {\"role\":\"user\",\"content\":\"n\"}]")]
    [InlineData("{\"messages\":[ ]}", "{\"messages\":[{\"role\":\"user\",\"content\":\"n\"} ]}")]
    public void Write_Appended_LooksLikeItsNeighbours(string json, string expected)
    {
        var document = Read(Name, json);

        Write(Name, document, [.. All(document), New(ChatRole.User, "n")]).ShouldBe(expected);
    }

    [Theory]
    [InlineData("", "[\n]")]
    [InlineData("0", "[\n {\"role\":\"user\",\"content\":\"0\"}\n]")]
    [InlineData("1", "[\n {\"role\":\"user\",\"content\":\"1\"}\n]")]
    [InlineData("2", "[\n {\"role\":\"user\",\"content\":\"2\"}\n]")]
    [InlineData("02", "[\n {\"role\":\"user\",\"content\":\"0\"},\n\t{\"role\":\"user\",\"content\":\"2\"}\n]")]
    [InlineData("12", "[\n {\"role\":\"user\",\"content\":\"1\"},\n\t{\"role\":\"user\",\"content\":\"2\"}\n]")]
    public void Write_SomeRemoved_TakesOneSeparatorWithEach(string kept, string expected)
    {
        var document = Read(Name, "[\n {\"role\":\"user\",\"content\":\"0\"} "
            + ",\n{\"role\":\"user\",\"content\":\"1\"},\n\t{\"role\":\"user\",\"content\":\"2\"}\n]");

        Write(Name, document, Only(document, [.. kept.Select(static digit => digit - '0')]))
            .ShouldBe(expected.Replace("[\n]", "[]", StringComparison.Ordinal));
    }

    [Fact]
    public void Write_FewerContents_RemovesTheBlocksThatAreGone()
    {
        const string Json =
            """[{"role":"user","content":[ {"type":"text","text":"a"} , {"type":"text","text":"b","x":1},{"type":"text","text":"c"} ]}]""";
        var document = Read(Name, Json);
        var contents = document.Messages[0].Contents;

        Keep([contents[1]]).ShouldBe("""[{"role":"user","content":[ {"type":"text","text":"b","x":1} ]}]""");
        Keep([contents[0], contents[2]])
            .ShouldBe("""[{"role":"user","content":[ {"type":"text","text":"a"},{"type":"text","text":"c"} ]}]""");
        Keep([contents[0], new TextContent("d")])
            .ShouldBe("""[{"role":"user","content":[ {"type":"text","text":"a"} , {"type":"text","text":"d","x":1} ]}]""");
        Keep([]).ShouldBe("""[{"role":"user","content":""}]""");

        string Keep(List<AIContent> kept) => Write(Name, document, [new OutgoingMessage(new ChatMessage(ChatRole.User, kept), 0)]);
    }

    [Fact]
    public void Write_MoreContents_WritesTheElementNew()
    {
        var document = Read(Name, """[{"role":"user","content":"a","x":1}]""");
        var longer = new ChatMessage(ChatRole.User, [.. document.Messages[0].Contents, new TextContent("b")]);

        Write(Name, document, [new OutgoingMessage(longer, 0)])
            .ShouldBe("""[{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}]""");
    }

    [Fact]
    public void Write_SummaryBetweenCallAndResult_StandsBehindTheResult()
    {
        var document = Read(Name, """
            [{"role":"assistant","content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"b","content":"2"},{"role":"tool","tool_call_id":"a","content":"1"},{"role":"user","content":"u"}]
            """);
        var all = All(document);

        var again = Read(Name, Write(Name, document, [all[0], New(ChatRole.User, "s1"), all[1], New(ChatRole.User, "s2"), .. all[2..]]));

        SummariesOf(again).ShouldBe(["assistant: a=f({}) | b=f({})", "tool: b->2", "tool: a->1", "user: s1", "user: s2", "user: u"]);
    }
}
