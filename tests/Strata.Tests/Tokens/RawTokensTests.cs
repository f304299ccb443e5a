using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tokens;

namespace Strata.Tests.Tokens;

/// <summary>Pictures are counted by their size, ciphertexts by their length, tools as they are sent.</summary>
public sealed class RawTokensTests
{
    private const string Secret = "0123456789abcdef";   // 16 chars stand for three tokens

    private static readonly MessageCounter Bare = new(CharsPerTokenCounter.Instance, RequestFraming.None);
    private static readonly MessageCounter OpenAI = new(CharsPerTokenCounter.Instance, RequestFraming.OpenAI);

    [Theory]
    [InlineData("""{"type":"compaction","encrypted_content":"@"}""")]
    [InlineData("""{"type":"web_search_tool_result","content":[{"type":"web_search_result","encrypted_content":"@"}]}""")]
    [InlineData("""{"type":"bash_code_execution_tool_result","content":{"encrypted_stdout":"@"}}""")]
    [InlineData("""{"type":"redacted_thinking","data":"@"}""")]
    [InlineData("""{"type":"reasoning.encrypted","data":"@"}""")]
    [InlineData("""{"type":"thinking_of_a_new_kind","signature":"@"}""")]
    public void CountContent_ACiphertextOfAnyKind_IsThreeSixteenthsOfAToken(string raw)
    {
        var empty = Bare.CountContent(Raw(raw.Replace("@", "", StringComparison.Ordinal)));

        Bare.CountContent(Raw(raw.Replace("@", Secret, StringComparison.Ordinal))).ShouldBe(empty + 3);
        Bare.CountContent(Raw(raw.Replace("@", string.Concat(Enumerable.Repeat(Secret, 100)), StringComparison.Ordinal)))
            .ShouldBe(empty + 300);
    }

    [Theory]
    [InlineData("""{"type":"image_generation_call","result":"@"}""")]
    [InlineData(
        """
        {"type":"document","source":{"type":"content","content":[{"type":"image","source":{"type":"base64","media_type":"image/png",
        "data":"@"}}]}}
        """)]
    [InlineData("""{"type":"computer_call_output","output":{"type":"computer_screenshot","image_url":"data:image/png;base64,@"}}""")]
    [InlineData("""{"type":"new_picture","b64_json":"@"}""")]
    public void Count_APictureOfAnyKind_IsWhatItsSizeCosts(string raw)
    {
        var picture = Picture(1024, 1024);

        var counted = OpenAI.Count(new ChatMessage(
            ChatRole.Assistant, [Raw(raw.Replace("@", Convert.ToBase64String(picture), StringComparison.Ordinal))]));

        counted.Media.ShouldBe(OpenAI.CountContent(new DataContent(picture, "image/png")));
        counted.Text.ShouldBeLessThan(60);
    }

    [Fact]
    public void CountContent_TextThatIsNeither_IsItsJson()
    {
        var raw = """{"type":"note","result":"all well","data":"plain"}""";

        Bare.CountContent(Raw(raw)).ShouldBe(CharsPerTokenCounter.Instance.Count(raw));
    }

    [Fact]
    public async Task Count_APictureOfLowDetail_CostsLess()
    {
        var picture = Convert.ToBase64String(Picture(1024, 1024));
        string Body(string detail) => $$"""
            {"model":"gpt-4o","messages":[{"role":"user","content":[
            {"type":"image_url","image_url":{"url":"data:image/png;base64,{{picture}}","detail":"{{detail}}"} }]}]}
            """;

        var low = OpenAI.Count((await ReadAsync("openai-chat", Body("low"))).Messages[0]).Media;

        low.ShouldBeLessThan(OpenAI.Count((await ReadAsync("openai-chat", Body("high"))).Messages[0]).Media);
    }

    [Fact]
    public async Task CountRequest_ANamespaceOfTools_IsItsTools()
    {
        const string Inner = """
            {"type":"function","name":"water_bed","description":"Waters one bed",
            "parameters":{"type":"object","properties":{"bed":{"type":"integer"}}}}
            """;
        var flat = await RequestAsync($$"""{"model":"gpt-5","input":[{"role":"user","content":"x"}],"tools":[{{Inner}},{{Inner}}]}""");

        (await RequestAsync(
            $$"""
            {"model":"gpt-5","input":[{"role":"user","content":"x"}],
            "tools":[{"type":"namespace","name":"garden","tools":[{{Inner}},{{Inner}}]}]}
            """)).ShouldBe(flat);
    }

    [Fact]
    public async Task CountRequest_AToolWithAGrammar_HasTheGrammarInIt()
    {
        async Task<int> Of(string grammar) => await RequestAsync(
            $$"""
            {"model":"gpt-5","input":[{"role":"user","content":"x"}],"tools":[{"type":"custom","name":"patch","description":"Changes files",
            "format":{"type":"grammar","syntax":"lark","definition":"{{grammar}}"} }]}
            """);

        (await Of(string.Concat(Enumerable.Repeat("begin end ", 40)))).ShouldBe(await Of("") + 100);
    }

    [Theory]
    [InlineData("""{"role":"user","content":"Hello."}""", false)]
    [InlineData("""{"role":"assistant","content":[{"type":"tool_reference","tool_name":"water_bed"}]}""", true)]
    [InlineData("""{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"water_bed","input":{}}]}""", true)]
    public async Task CountRequest_ADeferredTool_IsCountedOnceItWasFound(string message, bool isFound)
    {
        async Task<int> Of(string member) => new MessageCounter(CharsPerTokenCounter.Instance, RequestFraming.Anthropic).CountRequest(
            (await ReadAsync("anthropic", $$"""
                {"model":"claude-opus-4-5","max_tokens":10,"tools":[{"name":"water_bed","description":"Waters one bed.",
                "input_schema":{"type":"object"}{{member}}}],"messages":[{{message}}]}
                """)).Options);

        var (deferred, always) = (await Of(""","defer_loading":true"""), await Of(""));
        if (isFound)
            deferred.ShouldBe(always);
        else
            deferred.ShouldBeLessThan(always);
    }

    public static TheoryData<bool, AIContent> Exactness => new()
    {
        { true, new TextContent("x") },
        { true, new FunctionResultContent("1", "plain") },
        { false, new FunctionResultContent("1", new List<AIContent> { new DataContent(new byte[] { 1 }, "image/png") }) },
        { false, new TextReasoningContent("") { ProtectedData = Secret } },
        { false, new DataContent(new byte[] { 1 }, "image/png") },
        { false, Raw("""{"type":"compaction","encrypted_content":"x"}""") },
    };

    [Theory]
    [MemberData(nameof(Exactness))]
    public void IsExact_OnlyWhereEachPartIsCountedByTheTokenizer(bool expected, AIContent content) =>
        new MessageCounter(TokenCounters.ForEncoding("o200k_base")).IsExact([new ChatMessage(ChatRole.User, [content])]).ShouldBe(expected);

    [Fact]
    public void IsExact_AnEstimatedTokenizerOrTools_IsFalse()
    {
        ChatMessage[] messages = [new(ChatRole.User, "x")];

        new MessageCounter(CharsPerTokenCounter.Instance).IsExact(messages).ShouldBeFalse();
        new MessageCounter(TokenCounters.ForEncoding("o200k_base"))
            .IsExact(messages, new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] }).ShouldBeFalse();
    }

    private static AIContent Raw(string json) => new() { RawRepresentation = JsonSerializer.Deserialize<JsonElement>(json) };

    private static async Task<int> RequestAsync(string body) => OpenAI.CountRequest((await ReadAsync("openai-responses", body)).Options);

    private static async Task<SessionDocument> ReadAsync(string format, string body)
    {
        using var input = new MemoryStream(Encoding.UTF8.GetBytes(body));
        return await SessionFormats.Find(format)!.ReadAsync(input, TestContext.Current.CancellationToken);
    }

    // The head of a PNG, which holds its size, and enough behind it to be no mere mark.
    private static byte[] Picture(int width, int height) =>
    [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
        (byte)(width >> 24), (byte)(width >> 16), (byte)(width >> 8), (byte)width,
        (byte)(height >> 24), (byte)(height >> 16), (byte)(height >> 8), (byte)height, 8, 2, 0, 0, 0, .. new byte[600],
    ];
}
