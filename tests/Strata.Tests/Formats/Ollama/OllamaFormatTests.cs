using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Ollama;

public sealed class OllamaFormatTests
{
    private const string Name = "ollama";

    private const string WithoutIds = """
        {"model":"llama3.1","messages":[
          {"role":"user","content":"weather?"},
          {"role":"assistant","content":"","tool_calls":[{"function":{"name":"weather","arguments":{"city":"Oslo"}}},{"function":{"name":"time","arguments":{}}},{"function":{"name":"weather","arguments":{"city":"Rome"}}}]},
          {"role":"tool","tool_name":"time","content":"noon"},
          {"role":"tool","tool_name":"weather","content":"snow"},
          {"role":"tool","content":"sun"},
          {"role":"tool","tool_name":"weather","content":"too many"},
          {"role":"assistant","content":"Cold.","tool_calls":[{"function":{"name":"weather","arguments":"not an object"}}]},
          {"role":"tool","name":"weather","content":["odd"]}
        ]}
        """;

    [Fact]
    public void Read_NoCallIds_MadeFromPositionAndMatchedByNameAndOrder()
    {
        var document = Read(Name, WithoutIds);

        SummariesOf(document).ShouldBe(
        [
            "user: weather?",
            """assistant: call_1_0=weather({"city":"Oslo"}) | call_1_1=time({}) | call_1_2=weather({"city":"Rome"})""",
            "tool: call_1_1->noon",
            "tool: call_1_0->snow",
            "tool: call_1_2->sun",
            "tool: call_5_unknown->too many",
            """assistant: Cold. | call_6_0=weather({"$raw":"not an object"})""",
            """tool: call_6_0->["odd"]""",
        ]);
        SummariesOf(Read(Name, WithoutIds)).ShouldBe(SummariesOf(document));
        Write(Name, document, All(document)).ShouldBe(WithoutIds);
    }

    [Fact]
    public void Write_CallsTakenOut_TakesTheListWithTheLastOne()
    {
        var document = Read(Name, WithoutIds);
        var message = document.Messages[6];

        Write(Name, document, [new OutgoingMessage(new ChatMessage(ChatRole.Assistant, [message.Contents[0]]), 6)]).ShouldBe(
            "{\"model\":\"llama3.1\",\"messages\":[\n  {\"role\":\"assistant\",\"content\":\"Cold.\"}\n]}");
    }

    [Fact]
    public void Read_Request_OneMessageForEachElement()
    {
        var document = Read(Name, SessionFixture.Bytes("ollama-request.json"));

        SummariesOf(document)[1..4].ShouldBe(
        [
            "user: What is on it, and how is the weather in Oslo and Rome? | image/png:8 | image/jpeg:6",
            """assistant: <Two calls.> | I look. | w1=weather({"city":"Oslo"}) | w2=weather({"city":"Rome"})""",
            "tool: w2->sun",
        ]);
        document.Options!.MaxOutputTokens.ShouldBe(256);
        document.Options.Tools!.Single().Name.ShouldBe("weather");
    }

    [Fact]
    public void Write_ImageReplacedByText_TakesTheImageOut()
    {
        var document = Read(Name, SessionFixture.Bytes("ollama-request.json"));

        Write(Name, document, Replace(document, 1, 1, new TextContent("[logo]"))).ShouldContain("\"images\": [\"/9j/4AAQ\"]");
    }

    [Fact]
    public void Write_FromAnthropic_CarriesImagesOfResultsAndToolNames()
    {
        var document = Read("anthropic", SessionFixture.Bytes("anthropic-request.json"));
        var written = Parse(Write(Name, document, All(document)));

        var result = written.GetProperty("messages").EnumerateArray()
            .First(static message => message.TryGetProperty("tool_call_id", out var id) && id.ValueEquals("toolu_2"));
        result.GetProperty("tool_name").GetString().ShouldBe("read_file");
        result.GetProperty("images")[0].GetString().ShouldBe("iVBORw0KGgo=");
        result.GetProperty("content").GetString().ShouldBe("second file");
        written.GetProperty("messages")[0].GetProperty("role").GetString().ShouldBe("system");
    }
}
