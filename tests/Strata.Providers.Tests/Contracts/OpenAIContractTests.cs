using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Calls;

namespace Strata.Providers.Tests.Contracts;

public sealed class OpenAIContractTests : OpenAIContract
{
    protected override string Reference => "openai/gpt-5-mini";

    protected override string MaxTokensIn(JsonElement body) => body.GetProperty("max_completion_tokens").GetRawText();

    [Fact]
    public async Task GetResponse_Key_IsABearer()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        await AskAsync();
        Server.Request.Headers["Authorization"].ShouldBe($"Bearer {Key}");
    }
}

public sealed class OpenRouterContractTests : OpenAIContract
{
    protected override string Reference => "openrouter/meta-llama/llama-3.1-70b:free";

    protected override string MaxTokensIn(JsonElement body) => body.GetProperty("max_tokens").GetRawText();
}

public sealed class VllmContractTests : OpenAIContract
{
    protected override string Reference => "vllm/Qwen/Qwen3-32B";

    protected override string MaxTokensIn(JsonElement body) => body.GetProperty("max_tokens").GetRawText();

    [Theory]
    [InlineData(
        200, """{"object":"list","data":[{"id":"other","max_model_len":1},{"id":"Qwen/Qwen3-32B","object":"model","max_model_len":"""
        + """16384}]}""", 16384)]
    [InlineData(
        200, """{"object":"list","data":[{"id":"/models/qwen.gguf","meta":{"n_vocab":151936,"n_ctx_train":40960,"n_ctx":8192}}]}""", 8192)]
    [InlineData(200, """{"object":"list","data":[{"id":"a","max_model_len":1},{"id":"b","max_model_len":2}]}""", null)]
    [InlineData(404, "", null)]
    public async Task CreateAsync_Window_IsTheServersWhereItStatesOne(int status, string body, int? window)
    {
        Server.Then(status, body);
        (await Providers.CreateAsync(Model, Token)).Window.ShouldBe(window ?? Providers.Create(Model).Window);
        Server.Request.Path.ShouldBe("/v1/models");
        Server.Request.Headers["Authorization"].ShouldBe($"Bearer {Key}");
    }

    [Fact]
    public async Task CreateAsync_KeyNotAccepted_SaysSoNow()
    {
        Server.Then(401, ErrorBody("authentication_error", $"Unauthorized: {Key}"));
        var fault = await Should.ThrowAsync<ModelCallException>(async () => await Providers.CreateAsync(Model, Token));
        fault.Fault.ShouldBe(CallFault.Unauthorized);
        ShouldBeDiscreet(fault);
    }

    [Fact]
    public async Task GetResponse_WithoutAKey_SendsNone()
    {
        Server.Then(200, Answer("A summary."), ContentType);
        using var providers =
            new ModelProviders(new ProviderOptions { Environment = name => name == "VLLM_BASE_URL" ? Server.Url + "/v1" : null });
        (await providers.Create(Model).Client.GetResponseAsync(Messages, null, Token)).Text.ShouldBe("A summary.");
        Server.Request.Headers.Keys.ShouldNotContain("Authorization");
    }
}
