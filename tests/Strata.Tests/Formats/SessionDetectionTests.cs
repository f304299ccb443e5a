using System.Text;
using Strata.Formats;

namespace Strata.Tests.Formats;

/// <summary>Formats are told from the shape of the whole input, and what no format reads is named with the way out.</summary>
public sealed class SessionDetectionTests
{
    private static readonly string Long = new('x', 3 * SessionFormats.HeadLength);

    private static readonly string Tools = string.Join(',', Enumerable.Range(0, 900).Select(static i =>
        "{\"name\":\"tool_" + i + "\",\"description\":\"" + new string('d', 120) + "\",\"parameters\":{\"type\":\"object\"}}"));

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"LONG"},{"role":"assistant","content":"""
        + """[{"type":"tool_use","id":"a","name":"f","input":{}}]}]}""", "anthropic")]
    [InlineData(
        """{"model":"m","tools":[TOOLS],"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"a"}]}]}""", "anthropic")]
    [InlineData("""{"model":"m","tools":[TOOLS],"messages":[{"role":"tool","tool_name":"f","content":"x"}]}""", "ollama")]
    [InlineData("""{"messages":[{"role":"user","content":"LONG"}],"options":{"num_ctx":4096}}""", "ollama")]
    [InlineData(
        """[{"role":"user","content":"LONG"},{"role":"assistant","tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]"""
        + """}]""", "openai-chat")]
    [InlineData("""{"model":"m","tools":[TOOLS],"input":[{"type":"function_call","call_id":"a","name":"f","arguments":"{}"}]}""",
        "openai-responses")]
    [InlineData("""[{"role":"user","contents":[{"$type":"text","text":"LONG"}]}]""", "meai")]
    [InlineData("""[{"role":"user","content":"LONG"},{"role":"tool","content":[{"type":"tool-result","toolCallId":"a"}]}]""", "ai-sdk")]
    [InlineData("""{"info":{"title":"LONG"},"messages":[{"info":{"role":"user"},"parts":[]}]}""", "opencode")]
    public async Task DetectAsync_TellingPlaceBehindTheHead_IsFound(string shape, string format)
    {
        var bytes =
            Encoding.UTF8.GetBytes(shape.Replace("LONG", Long, StringComparison.Ordinal).Replace("TOOLS", Tools, StringComparison.Ordinal));
        using var input = new MemoryStream(bytes);

        (await SessionFormats.DetectAsync(input, TestContext.Current.CancellationToken)).Format?.Name.ShouldBe(format);
        SessionFormats.Detect(bytes)?.Name.ShouldBe(format);
    }

    [Theory]
    [InlineData("anthropic/claude-opus-5-5")]
    [InlineData("claude-sonnet-4-5")]
    [InlineData("gpt-4o")]
    [InlineData("llama3")]
    public void Detect_ModelsName_DecidesNothing(string model)
    {
        var body =
            $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"yo","reasoning":"hm"}]}""";

        SessionFormats.Detect(Encoding.UTF8.GetBytes(body))?.Name.ShouldBe("openai-chat");
    }

    [Theory]
    [InlineData("""[{"id":"1","role":"user","parts":[{"type":"text","text":"hi"}]},{"id":"2","role":"assistant","parts":"""
        + """[{"type":"tool-read","state":"output-available"}]}]""", "convertToModelMessages")]
    [InlineData("""{"id":"chat","messages":[{"role":"assistant","parts":[{"type":"step-start"}]}]}""", "convertToModelMessages")]
    [InlineData(
        """[{"type":"human","content":"hi"},{"type":"ai","content":"","tool_calls":[{"name":"f","args":{},"id":"a"}]}]""", "LangChain")]
    [InlineData("""[{"type":"human","data":{"content":"hi"}}]""", "LangChain")]
    [InlineData("""[{"lc":1,"type":"constructor","id":["langchain","HumanMessage"],"kwargs":{"content":"hi"}}]""", "LangChain")]
    [InlineData("""{"values":{"messages":[{"type":"human","content":"hi"},{"type":"ai","content":"yo"}]},"next":[]}""", "LangGraph")]
    [InlineData("""[{"Role":{"Label":"user"},"Items":[{"$type":"TextContent","Text":"hi"}]}]""", "Semantic Kernel")]
    [InlineData("""[{"role":{"label":"user"},"items":[{"$type":"TextContent","text":"hi"}]}]""", "Semantic Kernel")]
    [InlineData("""{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""", "Gemini API")]
    [InlineData("""[{"role":"model","parts":[{"text":"hi"}]}]""", "Gemini API")]
    [InlineData("""[{"messages":[{"role":"user","content":"a"}]},{"messages":[{"role":"user","content":"b"}]}]""", "jq '.[0]'")]
    [InlineData(
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}\n{\"messages\":[{\"role\":\"user\",\"content\":\"b\"}]}\n", "head -n 1")]
    public async Task DetectAsync_ShapeThatNobodyReads_SaysWhatItIsAndTheWayOut(string text, string hint)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(text));

        var detection = await SessionFormats.DetectAsync(input, TestContext.Current.CancellationToken);

        detection.Format?.Name.ShouldBeNull();
        detection.Hint.ShouldNotBeNull().ShouldContain(hint);
    }

    [Fact]
    public async Task DetectAsync_InputInSmallPieces_IsTheSame()
    {
        using var input = new DripStream(Encoding.UTF8.GetBytes("""{"messages":[{"role":"user","content":"LONG"}],"system":"x"}""".Replace(
            "LONG", Long, StringComparison.Ordinal)));

        (await SessionFormats.DetectAsync(input, TestContext.Current.CancellationToken)).Format?.Name.ShouldBe("anthropic");
    }

    private sealed class DripStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1000)], cancellationToken);
    }
}
