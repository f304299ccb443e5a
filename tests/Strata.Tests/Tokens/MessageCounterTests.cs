using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Tokens;

namespace Strata.Tests.Tokens;

/// <summary>With <c>chars/4</c> as the tokenizer, so every number can be checked by hand.</summary>
public sealed class MessageCounterTests
{
    private static readonly CharsPerTokenCounter Chars = CharsPerTokenCounter.Instance;
    private static readonly MessageCounter Bare = new(Chars, RequestFraming.None);
    private static readonly MessageCounter OpenAI = new(Chars);

    [Fact]
    public void Count_Text_IsTextPlusFraming() =>
        OpenAI.Count(new ChatMessage(ChatRole.User, "12345678")).ShouldBe(new MessageTokens(2, 0, 0, 0, 0, 3));

    [Fact]
    public void Count_AuthorName_CostsOneMoreThanTheName() =>
        OpenAI.Count(new ChatMessage(ChatRole.User, "1234") { AuthorName = "alice123" }).Framing.ShouldBe(3 + 1 + 2);

    [Fact]
    public void Count_ToolCall_IsNameAndCompactArguments()
    {
        var call = new FunctionCallContent("id", "read", new Dictionary<string, object?> { ["path"] = "a/ü.cs", ["line"] = 7 });

        // {"path":"a/ü.cs","line":7} is 26 chars: 7 tokens.
        Bare.Count(new ChatMessage(ChatRole.Assistant, [call])).ShouldBe(new MessageTokens(0, 1 + 7, 0, 0, 0, 0));
    }

    [Fact]
    public void Count_ToolCallWithoutArguments_IsAnEmptyObject() =>
        Bare.CountContent(new FunctionCallContent("id", "read", null)).ShouldBe(1 + 1);

    public static TheoryData<object?, int> Results => new()
    {
        { null, 0 },
        { "plain text", 3 },
        { JsonSerializer.SerializeToElement("plain text"), 3 },
        { JsonSerializer.SerializeToElement(new { a = 1, b = "x" }), 4 },
        { new Dictionary<string, object> { ["a"] = 1, ["b"] = "x" }, 4 },
        { new List<AIContent> { new TextContent("1234"), new TextContent("5678") }, 2 },
        { new TextContent("1234"), 1 },
        { 12345, 2 },
    };

    [Theory]
    [MemberData(nameof(Results))]
    public void Count_ToolResult_IsWhatIsSent(object? result, int expected) =>
        Bare.Count(new ChatMessage(ChatRole.Tool, [new FunctionResultContent("id", result)]))
            .ShouldBe(new MessageTokens(0, 0, expected, 0, 0, 0));

    [Fact]
    public void Count_ImageInAToolResult_IsMedia()
    {
        var image = new DataContent(Convert.FromHexString("89504E470D0A1A0A0000000D494844520000040000000400080600"), "image/png");
        var message = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("id", new AIContent[] { new TextContent("1234"), image })]);

        OpenAI.Count(message).ShouldBe(new MessageTokens(0, 0, 1, 0, 765, 3));
        new MessageCounter(Chars, RequestFraming.Anthropic).Count(message).Media.ShouldBe(1399);
        new MessageCounter(Chars, RequestFraming.Google).Count(message).Media.ShouldBe(1032);
    }

    [Fact]
    public void Count_SeveralToolResults_AreSeveralMessagesForOpenAIOnly()
    {
        var message = new ChatMessage(ChatRole.Tool, [new FunctionResultContent("a", "x"), new FunctionResultContent("b", "y")]);

        OpenAI.Count(message).Framing.ShouldBe(2 * 3);
        new MessageCounter(Chars, RequestFraming.Google).Count(message).Framing.ShouldBe(1 + 2 * RequestFraming.Google.PerToolResult);
    }

    [Fact]
    public void Count_Reasoning_IsTheLargerOfReadableAndEncrypted()
    {
        Bare.Count(new(ChatRole.Assistant, [new TextReasoningContent("12345678")])).Reasoning.ShouldBe(2);
        Bare.Count(new(ChatRole.Assistant, [new TextReasoningContent("") { ProtectedData = new string('x', 160) }])).Reasoning.ShouldBe(30);
        Bare.Count(new(ChatRole.Assistant, [new TextReasoningContent(new string('y', 400)) { ProtectedData = "sig" }])).Reasoning
            .ShouldBe(100);
    }

    [Fact]
    public void Count_Usage_IsNotSent() => Bare.CountContent(new UsageContent(new UsageDetails { InputTokenCount = 1 })).ShouldBe(0);

    [Fact]
    public void Count_ImageByAddress_IsTheWorstCaseUnlessLowDetail()
    {
        var image = new UriContent("https://example.com/a.png", "image/png");
        OpenAI.CountContent(image).ShouldBe(1445);
        image.AdditionalProperties = new() { ["detail"] = "low" };
        OpenAI.CountContent(image).ShouldBe(85);
    }

    [Fact]
    public void Count_TextFile_IsItsText() =>
        Bare.Count(new(ChatRole.User, [new DataContent("12345678"u8.ToArray(), "text/plain")])).Text.ShouldBe(2);

    [Fact]
    public void Count_Recording_IsCountedBySeconds() =>
        OpenAI.CountContent(new DataContent(new byte[40_000], "audio/mpeg")).ShouldBe(100);

    [Fact]
    public void Count_Pdf_IsCountedByPages() =>
        new MessageCounter(Chars, RequestFraming.Google)
            .CountContent(new DataContent("%PDF /Type /Page /Type /Page "u8.ToArray(), "application/pdf")).ShouldBe(516);

    [Fact]
    public void Count_UnknownContent_IsItsJson()
    {
        Bare.CountContent(new HostedFileContent("file-12345678")).ShouldBeGreaterThan(4);
        Bare.CountContent(new Strange { Text = "12345678" }).ShouldBe((int)Math.Ceiling("{\"text\":\"12345678\"}".Length / 4d));
    }

    [Fact]
    public void Count_AfterAJsonRoundTrip_IsTheSame()
    {
        var message = new ChatMessage(ChatRole.Tool, [
            new TextContent("text"),
            new FunctionCallContent("id", "f", new Dictionary<string, object?> { ["a"] = new[] { 1, 2 }, ["b"] = "ü" }),
            new FunctionResultContent("id", "a result"),
            new TextReasoningContent("hm") { ProtectedData = "c2VjcmV0" }]);
        var again = JsonSerializer.Deserialize<ChatMessage>(
            JsonSerializer.Serialize(message, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

        OpenAI.Count(again).ShouldBe(OpenAI.Count(message));
    }

    [Fact]
    public void Count_AHugeResult_LeavesTheNextCountRight()
    {
        var huge = new Dictionary<string, object?> { ["a"] = new string('x', 3_000_000) };
        var small = new Dictionary<string, object?> { ["a"] = 1 };
        var expected = Bare.CountContent(new FunctionCallContent("i", "f", small));

        Bare.CountContent(new FunctionCallContent("i", "f", huge)).ShouldBeGreaterThan(700_000);

        Bare.CountContent(new FunctionCallContent("i", "f", small)).ShouldBe(expected);
    }

    [Fact]
    public void Count_AResultThatCannotBeWritten_CountsWhatIsLeftOfIt()
    {
        var loop = new List<object?>();
        loop.Add(loop);

        Bare.CountContent(new FunctionResultContent("i", loop)).ShouldBeLessThan(50);
        Bare.CountContent(new FunctionResultContent("i", new[] { 1, 2 })).ShouldBe(2);
    }

    [Fact]
    public void CountRequest_Nothing_IsTheConstant()
    {
        OpenAI.CountRequest(null).ShouldBe(3);
        OpenAI.CountRequest(new ChatOptions()).ShouldBe(3);
    }

    [Fact]
    public void CountRequest_Instructions_AreAMessage() =>
        OpenAI.CountRequest(new ChatOptions { Instructions = "12345678" }).ShouldBe(3 + 3 + 2);

    [Fact]
    public void CountRequest_Tools_FollowTheCookbook()
    {
        var schema = JsonDocument.Parse("""
            {"type":"object","properties":{"city":{"type":"string","description":"The city."},"unit":{"type":"string","enum":["c","f"]}}}
            """).RootElement;
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("weather1", "12345678", schema)] };

        // 7 + name 2 + description 2; 3 for having properties; city 3 + "city:string:The city" 5; unit 3 − 3 + 2 × (3 + 1) + "unit:string:"
        // 3.
        OpenAI.CountRequest(options).ShouldBe(3 + 12 + 7 + 2 + 2 + 3 + (3 + 5) + (3 - 3 + 8 + 3));
    }

    [Fact]
    public void CountRequest_ToolsInsideObjectsAndArrays_AreCounted()
    {
        static ChatOptions With(string properties) => new()
        {
            Tools = [AIFunctionFactory.CreateDeclaration(
                "f", "", JsonDocument.Parse("{\"type\":\"object\",\"properties\":{" + properties + "}}").RootElement)],
        };
        var flat = OpenAI.CountRequest(With("\"list\":{\"type\":\"array\"}"));

        OpenAI.CountRequest(
            With("\"list\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"abcd\":{\"type\":\"string\"}}}}"))
            .ShouldBe(flat + 3 + 3 + 3);
    }

    [Fact]
    public void CountRequest_ToolsForAnthropic_AreJsonSchemaAndASystemPrompt()
    {
        var schema = JsonDocument.Parse("""{ "type": "object" }""").RootElement;
        var options = new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("abcd", "", schema)] };

        new MessageCounter(Chars, RequestFraming.Anthropic).CountRequest(options)
            .ShouldBe(RequestFraming.Anthropic.PerRequest + 346 + RequestFraming.Anthropic.PerTool + 1 + 5);
    }

    [Fact]
    public void CountRequest_ResponseFormat_IsItsSchema() =>
        Bare.CountRequest(new ChatOptions
        {
            ResponseFormat = ChatResponseFormat.ForJsonSchema(JsonDocument.Parse("""{"type":"object"}""").RootElement, "abcd", "efgh")
        })
            .ShouldBe(5 + 1 + 1);

    [Fact]
    public void Add_TwoCounts_AddsEveryKind() =>
        (new MessageTokens(1, 2, 3, 4, 5, 6) + new MessageTokens(10, 20, 30, 40, 50, 60))
            .ShouldBe(new MessageTokens(11, 22, 33, 44, 55, 66));

    [Fact]
    public void Total_IsTheSumOfTheKinds() => new MessageTokens(1, 2, 4, 8, 16, 32).Total.ShouldBe(63);

    private sealed class Strange : AIContent
    {
        public string? Text { get; set; }
    }
}
