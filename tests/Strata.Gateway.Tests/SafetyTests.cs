using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Gateway.Tests;

public sealed class SafetyTests
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    public static TheoryData<string> Broken =>
    [
        "", "{", "[]", "\"x\"", "{\"messages\":[", "{} {}", new string('[', 5_000), "{\"a\":" + new string('{', 400),
        "{\"a\":\"\\u00zz\"}",
    ];

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Post_ThatIsNoJsonObject_IsRefusedInTheVendorsShape(string body)
    {
        await using var gateway = await GatewayFixture.StartAsync();

        using var anthropic = await gateway.PostAsync("/v1/messages", body);
        using var openAI = await gateway.PostAsync("/v1/chat/completions", body);
        using var ollama = await gateway.PostAsync("/api/chat", body);

        anthropic.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await JsonOf(anthropic))["error"]!["type"]!.GetValue<string>().ShouldBe("invalid_request_error");
        (await JsonOf(openAI))["error"]!["code"].ShouldBeNull();
        (await JsonOf(ollama))["error"]!.GetValue<string>().ShouldNotBeEmpty();
        gateway.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_ThatIsTooLong_IsRefusedInTheVendorsShape()
    {
        await using var gateway = await GatewayFixture.StartAsync(options => options with { MaxBodyBytes = 1_000 });

        using var answer = await gateway.PostAsync("/v1/messages", GatewayFixture.Body("/v1/messages", turns: 5));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await JsonOf(answer))["error"]!["type"]!.GetValue<string>().ShouldBe("request_too_large");
    }

    [Fact]
    public async Task Post_ToAnUpstreamThatIsAway_IsAnsweredInTheVendorsShape()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            options => options with { Upstreams = [new GatewayUpstream("anthropic", new Uri("http://127.0.0.1:1"))] });

        using var answer = await gateway.PostAsync("/v1/messages", GatewayFixture.Body("/v1/messages", turns: 1));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await JsonOf(answer))["error"]!["type"]!.GetValue<string>().ShouldBe("api_error");
    }

    [Fact]
    public async Task Upgrade_ToWebSocket_IsAnsweredWith426()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/responses");
        request.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        request.Headers.TryAddWithoutValidation("Upgrade", "websocket");

        using var answer = await gateway.Client.SendAsync(request, Ends);

        answer.StatusCode.ShouldBe(HttpStatusCode.UpgradeRequired);
        gateway.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_WithoutTheKey_IsRefused()
    {
        await using var gateway = await GatewayFixture.StartAsync(options => options with { Key = "gw-secret" });

        using var answer = await gateway.PostAsync("/v1/messages", "{}", ("x-api-key", "sk-vendor"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        gateway.Upstream.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x-api-key", "gw-secret")]
    [InlineData("authorization", "Bearer gw-secret")]
    [InlineData("x-strata-key", "gw-secret")]
    public async Task Post_WithTheKey_PassesAndTheUpstreamNeverSeesIt(string header, string value)
    {
        await using var gateway = await GatewayFixture.StartAsync(options => options with { Key = "gw-secret" });

        using var answer = await gateway.PostAsync("/v1/messages", """{"messages":[]}""", (header, value), ("x-strata-anything", "1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var headers = gateway.Upstream.Requests.Single().Headers;
        headers.Values.ShouldAllBe(sent => !sent.Contains("gw-secret", StringComparison.Ordinal));
        headers.Keys.ShouldAllBe(name => !name.StartsWith("x-strata", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Post_ToAnUpstreamWithAKey_ShowsThatKeyAlone()
    {
        await using var gateway = await GatewayFixture.StartAsync(
            options => options with
            {
                Upstreams = [.. options.Upstreams.Select(upstream => upstream with { Key = "sk-of-" + upstream.Name })],
            });

        (await gateway.PostAsync("/v1/messages", "{}", ("authorization", "Bearer mine"), ("x-api-key", "mine"))).Dispose();
        (await gateway.PostAsync("/v1/responses", "{}", ("authorization", "Bearer mine"))).Dispose();

        var sent = gateway.Upstream.Requests.ToList();
        sent[0].Headers["x-api-key"].ShouldBe("sk-of-anthropic");
        sent[0].Headers.ContainsKey("authorization").ShouldBeFalse();
        sent[1].Headers["authorization"].ShouldBe("Bearer sk-of-openai");
    }

    [Fact]
    public async Task Post_UnderAnotherNameThanThisMachines_IsRefused()
    {
        await using var gateway = await GatewayFixture.StartAsync();

        using var answer = await gateway.PostAsync("/v1/messages", "{}", ("Host", "attacker.example"));

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task StartAsync_BeyondLoopbackWithoutAKey_SaysWhatToDo()
    {
        var start = () => GatewayServer.StartAsync(new GatewayOptions { Urls = ["http://0.0.0.0:0"] }, cancellationToken: Ends);

        (await start.ShouldThrowAsync<ArgumentException>()).Message.ShouldContain("STRATA_GATEWAY_KEY");
    }

    [Theory]
    [InlineData("/v1/messages", "prompt is too long: ")]
    [InlineData("/v1/chat/completions", "context_length_exceeded")]
    public async Task Post_InNativeMode_IsRefusedInTheVendorsWords(string path, string words)
    {
        await using var gateway = await GatewayFixture.StartAsync(options => options with { Mode = GatewayMode.Native });

        using var answer = await gateway.PostAsync(path, GatewayFixture.Body(path, turns: 80));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync(Ends)).ShouldContain(words);
        gateway.Upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Post_InObserveMode_ArrivesAsItCameAndIsCounted()
    {
        await using var gateway = await GatewayFixture.StartAsync(options => options with { Mode = GatewayMode.Observe });
        var body = GatewayFixture.Body("/v1/messages", turns: 80);

        using var answer = await gateway.PostAsync("/v1/messages", body);

        Encoding.UTF8.GetString(gateway.Upstream.Requests.Single().Body).ShouldBe(body);
        int.Parse(answer.Headers.GetValues("x-strata-tokens").Single(), System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(GatewayFixture.Window);
    }

    private static async Task<JsonNode> JsonOf(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ends))!;
}
