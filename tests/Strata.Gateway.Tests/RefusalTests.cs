using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Tests;

public sealed class RefusalTests
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_RefusedForAnotherReason_PassesTheErrorOnByteForByte()
    {
        const string Error = """{"type":"error", "error":{"type":"invalid_request_error","message":"tools.0: no"},"request_id":"req_1"}""";
        await using var gateway = await GatewayFixture.StartAsync();
        gateway.Upstream.Answer = (http, _) =>
        {
            http.Response.StatusCode = 400;
            http.Response.Headers["request-id"] = "req_1";
            return http.Response.WriteAsync(Error);
        };

        using var answer = await gateway.PostAsync("/v1/messages", GatewayFixture.Body("/v1/messages", turns: 40));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        answer.Headers.GetValues("request-id").ShouldBe(["req_1"]);
        (await answer.Content.ReadAsStringAsync(Ends)).ShouldBe(Error);
        gateway.Upstream.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("/v1/messages", "prompt is too long: 4900 tokens > 4000 maximum")]
    [InlineData(
        "/v1/chat/completions", "This model's maximum context length is 4000 tokens. However, your messages resulted in 4900 tokens.")]
    [InlineData("/v1/responses", "Your input exceeds the context window of this model.")]
    public async Task Post_RefusedAsTooLong_IsSentOnceMoreWithLess(string path, string error)
    {
        await using var gateway = await GatewayFixture.StartAsync();
        gateway.Upstream.Answer = (http, before) =>
        {
            http.Response.StatusCode = before == 0 ? 400 : 200;
            return http.Response.WriteAsync(
                before == 0 ? new JsonObject { ["error"] = new JsonObject { ["message"] = error } }.ToJsonString() : "{}");
        };

        using var answer = await gateway.PostAsync(path, GatewayFixture.Body(path, turns: 10));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var sent = gateway.Upstream.Requests.Select(request => request.Body.Length).ToList();
        sent.Count.ShouldBe(2);
        sent[1].ShouldBeLessThan(sent[0]);
    }

    [Fact]
    public async Task Post_RefusedAsTooLongInAStream_IsSentOnceMoreWithLess()
    {
        const string Path = "/v1/responses";
        await using var gateway = await GatewayFixture.StartAsync();
        gateway.Upstream.Answer = (http, before) =>
        {
            http.Response.ContentType = "text/event-stream";
            return http.Response.WriteAsync("event: response.created\ndata: {\"type\":\"response.created\"}\n\n" + (before == 0
                ? "event: response.failed\ndata: {\"response\":{\"error\":{\"code\":\"context_length_exceeded\"}}}\n\n"
                : "event: response.completed\ndata: {}\n\n"));
        };

        using var answer = await gateway.PostAsync(Path, GatewayFixture.Body(Path, turns: 40));

        var text = await answer.Content.ReadAsStringAsync(Ends);
        text.ShouldContain("response.completed");
        text.ShouldNotContain("response.failed");
        gateway.Upstream.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Post_ThatALimitOfRateRefuses_IsNotSentAgain()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        gateway.Upstream.Answer = (http, _) =>
        {
            http.Response.StatusCode = 429;
            return http.Response.WriteAsync("too many tokens, please wait");
        };

        using var answer = await gateway.PostAsync("/v1/messages", GatewayFixture.Body("/v1/messages", turns: 40));

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        gateway.Upstream.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Post_WhoseReasoningIsBoundToOtherMessages_AsksToDropIt()
    {
        const string Path = "/v1/messages";
        await using var gateway = await GatewayFixture.StartAsync();
        gateway.Upstream.Answer = (http, before) =>
        {
            http.Response.StatusCode = before == 0 ? 400 : 200;
            return http.Response.WriteAsync(before == 0
                ? """{"type":"error","error":{"message":"the block is bound to another conversation; set prefix_mismatch_behavior"}}"""
                : "{}");
        };
        var body = GatewayFixture.Body(Path, turns: 40).Replace(
            "\"max_tokens\"", "\"thinking\":{\"type\":\"adaptive\"},\"max_tokens\"", StringComparison.Ordinal);

        using var answer = await gateway.PostAsync(Path, body, ("anthropic-beta", "one"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (_, headers, bytes) = gateway.Upstream.Requests.Last();
        headers["anthropic-beta"].ShouldBe("one,thinking-binding-controls-2026-08-01");
        JsonNode.Parse(bytes)!["thinking"]!.ToJsonString()
            .ShouldBe("""{"type":"adaptive","block_binding":{"prefix_mismatch_behavior":"drop_block"}}""");
    }
}
