using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Providers.Tests.Contracts;

public abstract class OpenAIContract : ProviderContract
{
    protected override string BasePath => "/v1";

    protected override string ContentType => "application/json";

    protected override string StreamType => "text/event-stream; charset=utf-8";

    protected override string WithoutUsage => Completion("""{"role":"assistant","content":"A summary."}""", usage: "null");

    protected override string ThinkingOnly =>
        Completion("""{"role":"assistant","content":null,"reasoning_content":"Let me think."}""", "length");

    protected override string CutByLength => Completion("""{"role":"assistant","content":"A summ"}""", "length");

    protected override (int Status, string Body) ModelMissing =>
        (404, """{"error":{"message":"The model does not exist or you do not have """
        + """access to it.","type":"invalid_request_error","param":null,"code":"model_not_found"}}""");

    protected override (int Status, string Body) TooLong => (400, """{"error":{"message":"This model's maximum context length is 8192 """
        + """tokens. However, your messages resulted in 10000 """
        + """tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}""");

    protected override string Answer(string text) =>
        Completion($$"""{"role":"assistant","content":"{{text}}","refusal":null,"annotations":[]}""");

    protected override string StreamOf(params string[] pieces) =>
        Chunk("""{"role":"assistant","content":"","refusal":null}""")
        + string.Concat(pieces.Select(piece => Chunk($$"""{"content":"{{piece}}"}""")))
        + Chunk("{}", "\"stop\"")
        + $$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1751457600,"model":"m","choices":[],"usage":{{Usage}}}"""
        + "\n\n"
        + "data: [DONE]\n\n";

    protected override string ErrorBody(string type, string message) =>
        $$$"""{"error":{"message":"{{{message}}}","type":"{{{type}}}","param":null,"code":null}}""";

    protected static string Completion(string message, string reason = "stop", string? usage = null) =>
        $$"""{"id":"chatcmpl-1","object":"chat.completion","created":1751457600,"model":"m-2026","choices":[{"index":"""
            + $$"""0,"message":{{message}},"logprobs":null,"finish_reason":"{{reason}}"}]"""
            + $$""","usage":{{usage ?? Usage}},"service_tier":"default"}""";

    protected static string Usage => $$$"""{"prompt_tokens":{{{InputTokens}}},"completion_tokens":{{{OutputTokens}}},"total_tokens":"""
        + $$$"""{{{InputTokens + OutputTokens}}},"prompt_tokens_details":{"cached_tokens":1024,"audio_tokens":0}"""
        + $$$""","completion_tokens_details":{"reasoning_tokens":17}}""";

    private static string Chunk(string delta, string reason = "null") =>
        $$$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1751457600,"model":"m","choices":[{"index":"""
            + $$$"""0,"delta":{{{delta}}},"logprobs":null,"finish_reason":{{{reason}}}}],"usage":null}""" + "\n\n";

    [Fact]
    public async Task GetResponse_Usage_HasWhatTheCacheServed()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        var response = await AskAsync();
        response.Usage!.CachedInputTokenCount.ShouldBe(1024);
        response.Usage.ReasoningTokenCount.ShouldBe(17);
        response.ModelId.ShouldBe("m-2026");
        Server.Request.Path.ShouldBe("/v1/chat/completions");
    }

    [Theory]
    [InlineData("""{"role":"assistant","content":null,"refusal":"I cannot help with that."}""", "stop")]
    [InlineData("""{"role":"assistant","content":""}""", "content_filter")]
    public async Task GetResponse_Refusal_IsNoText(string message, string reason)
    {
        Server.Then(200, Completion(message, reason), ContentType);
        var response = await AskAsync();
        response.Text.ShouldBeEmpty();
        response.FinishReason.ShouldBe(ChatFinishReason.ContentFilter);
    }

    [Fact]
    public async Task GetResponse_EmptyChoices_IsEmptyButPaidFor()
    {
        Server.Then(200, $$"""{"id":"1","object":"chat.completion","choices":[],"usage":{{Usage}}}""", ContentType);
        var response = await AskAsync();
        response.Text.ShouldBeEmpty();
        response.Usage!.InputTokenCount.ShouldBe(InputTokens);
    }

    [Fact]
    public async Task GetResponse_UnknownEndAndContentInParts_IsRead()
    {
        Server.Then(
            200, Completion("""{"role":"assistant","content":[{"type":"text","text":"A "},{"type":"text","text":"summary."}]}""", "abort"),
            ContentType);
        var response = await AskAsync();
        response.Text.ShouldBe("A summary.");
        response.FinishReason.ShouldBe(new ChatFinishReason("abort"));
    }

    [Theory]
    [InlineData("""{"error":{"message":"Provider returned error","code":429}}""", CallFault.RateLimited)]
    [InlineData("""{"error":{"message":"Provider returned error","code":502}}""", CallFault.ServerError)]
    [InlineData("""{"id":"1","choices":[{"index":0,"error":{"message":"Upstream failed","code":503},"message":"""
        + """{"role":"assistant","content":"A"},"finish_reason":"error"}]}""", CallFault.ServerError)]
    public async Task GetResponse_ErrorWithStatus200_IsAFault(string body, CallFault fault)
    {
        Server.Then(200, body, ContentType);
        (await FaultAsync()).Fault.ShouldBe(fault);
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"no-such/model is not a valid model ID","code":400}}""", CallFault.ModelMissing)]
    [InlineData(404, """{"object":"error","message":"The model `m` does not exist.","type":"NotFoundError","param":null,"code":404}""",
        CallFault.ModelMissing)]
    [InlineData(400, """{"error":{"code":400,"message":"the request exceeds the available context size, try increasing """
        + """it","type":"exceed_context_size_error","n_prompt_tokens":9000,"n_ctx":4096}}""", CallFault.TooLong)]
    [InlineData(402, """{"error":{"message":"Insufficient credits","code":402}}""", CallFault.Unauthorized)]
    [InlineData(429, """{"error":{"message":"You exceeded your current quota.","type":"insufficient_quota","code":"insufficient_quota"}}""",
        CallFault.Unauthorized)]
    [InlineData(422, """{"detail":"messages: field required"}""", CallFault.BadRequest)]
    [InlineData(413, "", CallFault.TooLong)]
    [InlineData(400, """{"error":{"message":"You passed 1015 input tokens and requested 10 output tokens. However, the model's context """
        + """length is only 1024 tokens.","type":"BadRequestError","param":"input_tokens","code":400}}""", CallFault.TooLong)]
    [InlineData(
        400, """{"error":"The number of tokens to keep from the initial prompt is greater than the context length (n_keep: 13055>= """
        + """n_ctx: 4096)."}""", CallFault.TooLong)]
    [InlineData(400, """{"object":"error","message":"max_tokens must be at least 1, got -186.","type":"BadRequestError","param":"""
        + """null,"code":400}""", CallFault.TooLong)]
    public async Task GetResponse_ErrorsOfServers_AreToldApart(int status, string body, CallFault fault)
    {
        Server.Then(status, body);
        (await FaultAsync()).Fault.ShouldBe(fault);
    }

    [Fact]
    public async Task GetStreamingResponse_ThinkingAndToolCalls_ArriveWhole()
    {
        Server.Then(
            200,
            Chunk("""{"role":"assistant","reasoning":"Hm."}""")
                + Chunk("""{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"read","arguments":""}}]}""")
                + Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"path\":"}}]}""")
                + Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"\"a.cs\"}"}}]}""")
                + Chunk("{}", "\"tool_calls\"") + "data: [DONE]\n\n",
            StreamType);
        var response = await StreamAsync();
        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        var contents = response.Messages.ShouldHaveSingleItem().Contents;
        contents.OfType<TextReasoningContent>().ShouldHaveSingleItem().Text.ShouldBe("Hm.");
        contents.OfType<FunctionCallContent>().ShouldHaveSingleItem().Arguments!["path"]!.ToString().ShouldBe("a.cs");
    }

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public async Task GetResponse_ReasoningBesideText_IsKeptApart(string name)
    {
        Server.Then(200, Completion($$"""{"role":"assistant","{{name}}":"Let me think.","content":"A summary."}"""), ContentType)
            .Then(
                200,
                Chunk($$"""{"role":"assistant","content":null,"{{name}}":"Let me "}""") + Chunk($$"""{"{{name}}":"think."}""")
                + Chunk("""{"content":"A summary."}""") + Chunk("{}", "\"stop\"") + "data: [DONE]\n\n",
                StreamType);
        foreach (var response in new[] { await AskAsync(), await StreamAsync() })
        {
            response.Text.ShouldBe("A summary.");
            response.Messages.ShouldHaveSingleItem().Contents.OfType<TextReasoningContent>().ShouldHaveSingleItem().Text
                .ShouldBe("Let me think.");
        }
    }

    /// <summary>
    /// llama.cpp adds members, and leaves out an id and the arguments of a call that has none; older servers name neither index nor role.
    /// </summary>
    [Fact]
    public async Task GetResponse_BareAnswersOfLocalServers_AreRead()
    {
        Server.Then(
                200,
                """{"choices":[{"finish_reason":"tool_calls","index":0,"message":{"content":null,"tool_calls":"""
                    + """[{"type":"function","function":{"name":"now","arguments":""}}]}}],"timings":{"prompt_n":12,"predicted_ms":1.5}}""",
                ContentType)
            .Then(
                200,
                """data: {"choices":[{"delta":{"content":"A summary."}}]}""" + "\n\n"
                + """data: {"choices":[{"delta":{},"finish_reason":"stop"}],"timings":{"prompt_n":12}}""" + "\n\n",
                StreamType);
        var call = (await AskAsync()).Messages.ShouldHaveSingleItem().Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem();
        call.Name.ShouldBe("now");
        call.CallId.ShouldNotBeNullOrEmpty();
        call.Arguments.ShouldBeNull();
        call.Exception.ShouldBeNull();
        (await StreamAsync()).Text.ShouldBe("A summary.");
    }

    /// <summary>vLLM ends a stream that failed with an error in place of a chunk.</summary>
    [Fact]
    public async Task GetStreamingResponse_ErrorInTheMiddle_IsAFaultOfItsKind()
    {
        Server.Then(
            200,
            Chunk("""{"role":"assistant","content":"A sum"}""")
            + """data: {"error":{"object":"error","message":"Engine is overloaded.","type":"ServiceUnavailableError","param":null,"code":"""
            + """503}}""" + "\n\ndata: [DONE]\n\n",
            StreamType);
        (await Should.ThrowAsync<ModelCallException>(StreamAsync())).Fault.ShouldBe(CallFault.ServerError);
    }

    [Fact]
    public async Task GetStreamingResponse_EndsWithoutAnEnd_IsTheServersFault()
    {
        Server.Then(200, Chunk("""{"role":"assistant","content":"A sum"}"""), StreamType);
        (await Should.ThrowAsync<ModelCallException>(StreamAsync())).Fault.ShouldBe(CallFault.ServerError);
    }
}
