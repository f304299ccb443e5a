using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Providers.Tests.Contracts;

public sealed class OllamaContractTests : ProviderContract
{
    protected override string Reference => "ollama/qwen2.5:7b";

    protected override string ContentType => "application/json; charset=utf-8";

    protected override string StreamType => "application/x-ndjson";

    protected override string WithoutUsage =>
        """{"model":"qwen2.5:7b","created_at":"2026-07-02T12:00:00Z","message":{"role":"assistant","content":"A summary."},"done":true}""";

    protected override string ThinkingOnly => Reply("""{"role":"assistant","content":"","thinking":"Let me think."}""");

    protected override string CutByLength => Reply("""{"role":"assistant","content":"A summ"}""", "length");

    protected override (int Status, string Body) ModelMissing => (404, """{"error":"model 'qwen2.5:7b' not found"}""");

    protected override (int Status, string Body) TooLong => (400, """{"error":"the input length exceeds the context length"}""");

    protected override string Answer(string text) => Reply($$"""{"role":"assistant","content":"{{text}}"}""");

    protected override string StreamOf(params string[] pieces) => string.Concat(pieces.Select(piece =>
        $$"""{"model":"qwen2.5:7b","created_at":"2026-07-02T12:00:00Z","message":{"role":"assistant","content":"{{piece}}"},"done":false}"""
            + "\n"))
        + Reply("""{"role":"assistant","content":""}""") + "\n";

    protected override string ErrorBody(string type, string message) => $$"""{"error":"{{message}}"}""";

    protected override string MaxTokensIn(JsonElement body) => body.GetProperty("options").GetProperty("num_predict").GetRawText();

    private static string Reply(string message, string reason = "stop", int input = InputTokens) =>
        $$"""{"model":"qwen2.5:7b","created_at":"2026-07-02T12:00:00Z","message":{{message}},"done_reason":"{{reason}}","done":"""
            + $$"""true,"total_duration":5191566416,"load_duration":2154458,"prompt_eval_count":{{input}},"prompt_eval_duration":"""
            + $$"""383809000,"eval_count":{{OutputTokens}},"eval_duration":4799921000}""";

    [Fact]
    public async Task GetResponse_Request_IsOllamasOwn()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        await AskAsync(new()
        {
            MaxOutputTokens = 200,
            Temperature = .3f,
            Reasoning = new() { Effort = ReasoningEffort.None },
            StopSequences = ["END"]
        });
        Server.Request.Path.ShouldBe("/api/chat");
        Server.Request.Headers["Authorization"].ShouldBe($"Bearer {Key}");
        var body = Server.Request.Json;
        body.GetProperty("model").GetString().ShouldBe("qwen2.5:7b");
        body.GetProperty("stream").GetBoolean().ShouldBeFalse();
        body.GetProperty("truncate").GetBoolean().ShouldBeFalse();
        body.GetProperty("think").GetBoolean().ShouldBeFalse();
        body.GetProperty("keep_alive").GetString().ShouldBe("600s");
        body.GetProperty("options").GetProperty("num_ctx").GetInt32().ShouldBe(4096);
        body.GetProperty("options").GetProperty("stop")[0].GetString().ShouldBe("END");
        body.GetProperty("messages").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task GetResponse_LargerInput_GetsALargerWindowThatIsKept()
    {
        var client = Client;
        List<ChatMessage> large = [new(ChatRole.User, string.Join(' ', Enumerable.Repeat("word", 7000)))];
        Server.Then(200, Reply("""{"role":"assistant","content":"ok"}""", input: 7010), ContentType).Then(200, Answer("ok"), ContentType);
        await client.GetResponseAsync(large, new() { MaxOutputTokens = 1000 }, Token);
        await client.GetResponseAsync(Messages, new() { MaxOutputTokens = 1000 }, Token);
        var windows = Server.Requests.Select(request => request.Json.GetProperty("options").GetProperty("num_ctx").GetInt32()).ToList();
        windows[0].ShouldBe(12288);
        windows[1].ShouldBe(12288);
    }

    [Theory]
    [InlineData(4096)]
    [InlineData(6146)]
    [InlineData(12288)]
    public async Task GetResponse_ServerReadMuchLessOrAllThatFits_IsNoAnswer(int read)
    {
        List<ChatMessage> large = [new(ChatRole.User, string.Join(' ', Enumerable.Repeat("word", 7000)))];
        Server.Then(200, Reply("""{"role":"assistant","content":"A summary of the end."}""", input: read), ContentType);
        var fault = await Should.ThrowAsync<ModelCallException>(Client.GetResponseAsync(large, new() { MaxOutputTokens = 1000 }, Token));
        fault.Fault.ShouldBe(CallFault.TooLong);
        fault.Message.ShouldContain($"read {read} of about");
    }

    [Fact]
    public async Task GetResponse_PromptCameFromTheServersCache_IsAnAnswer()
    {
        List<ChatMessage> large = [new(ChatRole.User, string.Join(' ', Enumerable.Repeat("word", 7000)))];
        Server.Then(200, Reply("""{"role":"assistant","content":"A summary."}""", input: 1), ContentType);
        (await Client.GetResponseAsync(large, null, Token)).Text.ShouldBe("A summary.");
    }

    [Fact]
    public async Task GetResponse_InputLargerThanTheWindow_IsNotSent()
    {
        Server.Then(
            200, """{"model_info":{"general.architecture":"qwen2","qwen2.context_length":2048},"parameters":"stop \"<|im_end|>\""}""");
        var model = await Providers.CreateAsync(Model, Token);
        List<ChatMessage> large = [new(ChatRole.User, string.Join(' ', Enumerable.Repeat("word", 7000)))];
        var fault = await Should.ThrowAsync<ModelCallException>(model.Client.GetResponseAsync(large, null, Token));
        fault.Fault.ShouldBe(CallFault.TooLong);
        fault.Message.ShouldContain("2048");
        Server.Request.Path.ShouldBe("/api/show");
    }

    [Fact]
    public async Task CreateAsync_Window_IsTheServers()
    {
        Server.Then(200, """{"model_info":{"general.architecture":"qwen2","qwen2.context_length":32768,"qwen2.embedding_length":3584}}""")
            .Then(200, """{"model_info":{"qwen2.context_length":32768},"parameters":"num_ctx                        16384\nstop \"x\""}""");
        (await Providers.CreateAsync(Model, Token)).Window.ShouldBe(32768);
        (await Providers.CreateAsync(Model, Token)).Window.ShouldBe(16384);
        Server.Requests[0].Json.GetProperty("model").GetString().ShouldBe("qwen2.5:7b");
    }

    [Fact]
    public async Task CreateAsync_ModelMissing_NamesThePullCommand()
    {
        Server.Then(404, """{"error":"model 'qwen2.5:7b' not found"}""");
        var fault = await Should.ThrowAsync<ModelCallException>(async () => await Providers.CreateAsync(Model, Token));
        fault.Fault.ShouldBe(CallFault.ModelMissing);
        fault.Message.ShouldContain("Run: ollama pull qwen2.5:7b.");
    }

    [Fact]
    public async Task GetStreamingResponse_ErrorInTheMiddle_IsTheServersFault()
    {
        Server.Then(
            200, """{"model":"qwen2.5:7b","message":{"role":"assistant","content":"A sum"},"done":false}""" + "\n"
                + """{"error":"an error was encountered while running the model: CUDA error"}""" + "\n", StreamType);
        var fault = await Should.ThrowAsync<ModelCallException>(StreamAsync());
        fault.Fault.ShouldBe(CallFault.ServerError);
        fault.Message.ShouldContain("CUDA error");
    }

    [Fact]
    public async Task GetStreamingResponse_EndsWithoutTheLastLine_IsTheServersFault()
    {
        Server.Then(200, """{"model":"qwen2.5:7b","message":{"role":"assistant","content":"A sum"},"done":false}""" + "\n", StreamType);
        (await Should.ThrowAsync<ModelCallException>(StreamAsync())).Fault.ShouldBe(CallFault.ServerError);
    }

    [Fact]
    public async Task GetResponse_ToolsAndImages_AreSentAsOllamaTakesThem()
    {
        Server.Then(200, """{"model":"llava","message":{"role":"assistant","content":"","tool_calls":[{"function":"""
            + """{"name":"look","arguments":{"path":"a.png"}}}]},"done":true,"done_reason":"stop"}""", ContentType);
        List<ChatMessage> messages =
        [
            new(ChatRole.User,
                [new TextContent("What is it?"), new DataContent(new byte[] { 1, 2, 3 }, "image/png"),
                    new DataContent(new byte[] { 1, 2, 3 }, "audio/wav")]),
            new(ChatRole.Assistant,
                [new FunctionCallContent("1", "look", new Dictionary<string, object?>(StringComparer.Ordinal) { ["path"] = "b.png" })]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "a cat")]),
        ];
        var response = await Client.GetResponseAsync(messages,
            new()
            {
                Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", JsonDocument.Parse("""{"type":"object"}""").RootElement)]
            }, Token);
        response.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        response.Messages[0].Contents.OfType<FunctionCallContent>().ShouldHaveSingleItem().Arguments!["path"]!.ToString().ShouldBe("a.png");
        var body = Server.Request.Json;
        body.GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString().ShouldBe("look");
        body.GetProperty("messages")[0].GetProperty("images")[0].GetString().ShouldBe("AQID");
        body.GetProperty("messages")[2].GetProperty("tool_name").GetString().ShouldBe("look");
    }
}
