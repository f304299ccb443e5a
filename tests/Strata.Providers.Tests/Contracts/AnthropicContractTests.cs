using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Providers.Tests.Contracts;

public sealed class AnthropicContractTests : ProviderContract
{
    private const int Fresh = 34, Written = 200, Served = 1000;

    protected override string Reference => "anthropic/claude-sonnet-4-5";

    protected override string ContentType => "application/json";

    protected override string StreamType => "text/event-stream; charset=utf-8";

    protected override string WithoutUsage => Message("""[{"type":"text","text":"A summary."}]""", "end_turn", usage: null);

    protected override string ThinkingOnly =>
        Message("""[{"type":"thinking","thinking":"Let me think.","signature":"EqQB"}]""", "max_tokens");

    protected override string CutByLength => Message("""[{"type":"text","text":"A summ"}]""", "max_tokens");

    protected override (int Status, string Body) ModelMissing => (404, ErrorBody("not_found_error", "model: claude-sonnet-4-5"));

    protected override (int Status, string Body) TooLong =>
        (400, ErrorBody("invalid_request_error", "prompt is too long: 204800 tokens > 200000 maximum"));

    private static string Usage => $$"""{"input_tokens":{{Fresh}},"cache_creation_input_tokens":{{Written}},"cache_read_input_tokens":"""
        + $$"""{{Served}},"output_tokens":{{OutputTokens}},"service_tier":"standard"}""";

    protected override string Answer(string text) => Message($$"""[{"type":"text","text":"{{text}}"}]""");

    protected override string StreamOf(params string[] pieces) =>
        Event("message_start", $$"""{"type":"message_start","message":"""
            + $$"""{"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],"stop_reason":"""
            + $$"""null,"stop_sequence":null,"usage":"""
            + $$"""{"input_tokens":{{Fresh}},"cache_creation_input_tokens":{{Written}},"cache_read_input_tokens":"""
            + $$"""{{Served}},"output_tokens":1} } }""")
        + Event("content_block_start", """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""")
        + Event("ping", """{"type":"ping"}""")
        + string.Concat(pieces.Select(piece => Event(
            "content_block_delta", $$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{piece}}"} }""")))
        + Event("content_block_stop", """{"type":"content_block_stop","index":0}""")
        + Event("message_delta", $$"""{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":"""
            + $$"""{"output_tokens":{{OutputTokens}}} }""")
        + Event("message_stop", """{"type":"message_stop"}""");

    protected override string ErrorBody(string type, string message) =>
        $$"""{"type":"error","error":{"type":"{{type}}","message":"{{message}}"},"request_id":"req_1"}""";

    protected override string MaxTokensIn(JsonElement body) => body.GetProperty("max_tokens").GetRawText();

    private static string Message(string content, string reason = "end_turn") => Message(content, reason, Usage);

    private static string Message(string content, string reason, string? usage) =>
        $$"""{"id":"msg_01","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":"""
            + $$"""{{content}},"stop_reason":"{{reason}}","stop_sequence":null{{(usage is null ? "" : $",\"usage\":{usage}")}}}""";

    private static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";

    /// <summary>The API always sends it, and the SDK insists on it.</summary>
    [Fact]
    public override async Task GetResponse_UsageAbsent_IsAnAnswerAllTheSame()
    {
        Server.Then(200, WithoutUsage, ContentType);
        (await FaultAsync()).Fault.ShouldBe(CallFault.ServerError);
    }

    [Fact]
    public async Task GetStreamingResponse_EndsWithoutAnEnd_IsTheServersFault()
    {
        var whole = StreamOf("A sum");
        Server.Then(200, whole[..whole.IndexOf("event: message_delta", StringComparison.Ordinal)], StreamType);
        (await Should.ThrowAsync<ModelCallException>(StreamAsync())).Fault.ShouldBe(CallFault.ServerError);
    }

    [Fact]
    public async Task GetResponse_SystemPrompt_IsMarkedForTheCache()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        List<ChatMessage> messages =
            [new(ChatRole.System, "You summarize."), new(ChatRole.System, "In their language."), new(ChatRole.User, Prompt)];
        await Client.GetResponseAsync(messages, new() { MaxOutputTokens = 30_000 }, Token);
        Server.Request.Path.ShouldBe("/v1/messages");
        Server.Request.Headers["x-api-key"].ShouldBe(Key);
        Server.Request.Headers.Keys.ShouldNotContain("Authorization");
        var system = Server.Request.Json.GetProperty("system");
        system.GetArrayLength().ShouldBe(2);
        system[0].TryGetProperty("cache_control", out _).ShouldBeFalse();
        system[1].GetProperty("cache_control").GetProperty("type").GetString().ShouldBe("ephemeral");
        Server.Request.Json.GetProperty("messages").GetRawText().ShouldNotContain("cache_control");
        messages[1].Contents[0].AdditionalProperties.ShouldBeNull();
    }

    [Fact]
    public async Task GetResponse_AllOptionsTogether_AreInTheBodyOnce()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        await AskAsync(new()
        {
            Instructions = "Be brief.",
            MaxOutputTokens = 321,
            Temperature = .3f,
            TopP = .5f,
            TopK = 7,
            StopSequences = ["END"],
            Tools = [AIFunctionFactory.Create(() => "", "read_log")],
        });
        var body = Server.Request.Json;
        body.GetProperty("max_tokens").GetInt32().ShouldBe(321);
        body.GetProperty("temperature").GetDouble().ShouldBe(.3);
        body.GetProperty("top_p").GetDouble().ShouldBe(.5);
        body.GetProperty("top_k").GetInt32().ShouldBe(7);
        body.GetProperty("stop_sequences")[0].GetString().ShouldBe("END");
        body.GetProperty("tools")[0].GetProperty("name").GetString().ShouldBe("read_log");
        body.GetProperty("model").GetString().ShouldBe(Model.Model);
        body.GetProperty("messages").GetArrayLength().ShouldBe(1);
        Texts(body.GetProperty("system")).ShouldContain("Be brief.");
    }

    [Fact]
    public async Task GetResponse_Usage_CountsAllInputAndWhatTheCacheServed()
    {
        Server.Then(200, Answer("A summary."), ContentType).Then(200, StreamOf("A summary."), StreamType);
        foreach (var usage in new[] { (await AskAsync()).Usage!, (await StreamAsync()).Usage! })
        {
            usage.InputTokenCount.ShouldBe(InputTokens);
            usage.CachedInputTokenCount.ShouldBe(Served);
            usage.AdditionalCounts!["CacheCreationInputTokens"].ShouldBe(Written);
        }
    }

    [Fact]
    public async Task CallAsync_Cost_CountsTheCache()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        var prices = Providers.Create(Model).Prices.ShouldNotBeNull();
        (await CallAsync()).Answer!.Usage.Cost.ShouldBe(
            ((Fresh * prices.Input) + (Written * prices.CacheWrite) + (Served * prices.CacheRead)
                + (OutputTokens * prices.Output)) / 1_000_000);
    }

    [Fact]
    public async Task GetResponse_Refusal_IsAContentFilter()
    {
        Server.Then(200, Message("[]", "refusal"), ContentType);
        var response = await AskAsync();
        response.FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
        response.Text.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("overloaded_error", CallFault.ServerError)]
    [InlineData("rate_limit_error", CallFault.RateLimited)]
    public async Task GetStreamingResponse_ErrorInTheMiddle_IsAFaultOfItsKind(string type, CallFault kind)
    {
        var begin = StreamOf("A sum");
        Server.Then(
            200, begin[..begin.IndexOf("event: content_block_stop", StringComparison.Ordinal)] + Event("error", ErrorBody(type, Prompt)),
            StreamType);
        var fault = await Should.ThrowAsync<ModelCallException>(StreamAsync());
        fault.Fault.ShouldBe(kind);
        ShouldBeDiscreet(fault);
    }
}
