using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Tests;

public sealed class ForwardingTests
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(GatewayFixture.Paths), MemberType = typeof(GatewayFixture))]
    public async Task Post_ThatFits_ArrivesByteForByte(string path)
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var body = GatewayFixture.Body(path, turns: 1).Replace("\"kept\":true", "\"kept\" : true,  \"odd\":1e2", StringComparison.Ordinal);

        using var answer = await gateway.PostAsync(path + "?beta=true", body, ("x-api-key", "sk-client"), ("anthropic-beta", "a,b"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (sentPath, headers, bytes) = gateway.Upstream.Requests.Single();
        sentPath.ShouldBe(path + "?beta=true");
        Encoding.UTF8.GetString(bytes).ShouldBe(body);
        headers["x-api-key"].ShouldBe("sk-client");
        headers["anthropic-beta"].ShouldBe("a,b");
        headers["Host"].ShouldBe(gateway.Upstream.Url.Authority);
        headers.Keys.ShouldNotContain("traceparent");
    }

    [Theory]
    [InlineData(1, "\n")]
    [InlineData(40, "\n")]
    [InlineData(40, "\r\n")]
    public async Task Post_WhoseAnswerStreams_PassesEachEventOnAtOnce(int turns, string newLine)
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var goOn = new TaskCompletionSource();
        gateway.Upstream.Answer = async (http, _) =>
        {
            http.Response.ContentType = "text/event-stream";
            await http.Response.WriteAsync($"event: ping{newLine}data: {{}}{newLine}{newLine}", Ends);
            await http.Response.Body.FlushAsync(Ends);
            await goOn.Task.WaitAsync(Ends);
            await http.Response.WriteAsync("event: message_stop\ndata: {}\n\n", Ends);
        };

        using var answer = await gateway.PostAsync("/v1/messages", GatewayFixture.Body("/v1/messages", turns));
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Ends));

        (await reader.ReadLineAsync(Ends)).ShouldBe("event: ping");
        goOn.SetResult();
        (await reader.ReadToEndAsync(Ends)).ShouldContain("message_stop");
    }

    [Fact]
    public async Task Post_WhoseClientLeaves_EndsTheRequestToTheUpstream()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var (began, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        gateway.Upstream.Answer = async (http, _) =>
        {
            http.RequestAborted.Register(ended.SetResult);
            await http.Response.WriteAsync("data: {}\n\n", Ends);
            await http.Response.Body.FlushAsync(Ends);
            began.SetResult();
            await ended.Task.WaitAsync(Ends);
        };

        var answer = await gateway.PostAsync("/v1/messages", GatewayFixture.Body("/v1/messages", turns: 1));
        await began.Task.WaitAsync(Ends);
        answer.Dispose();

        await ended.Task.WaitAsync(Ends);
    }

    [Theory]
    [InlineData("/v1/responses", """{"model":"m","previous_response_id":"resp_1","input":"X"}""")]
    [InlineData("/v1/messages", """{"model":"m","thread":{"type":"continue"},"messages":[{"role":"user","content":"X"}]}""")]
    public async Task Post_WhoseHistoryIsElsewhere_PassesAsItIs(string path, string shape)
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var body = shape.Replace("X", new string('x', 100_000), StringComparison.Ordinal);

        (await gateway.PostAsync(path, body)).Dispose();

        Encoding.UTF8.GetString(gateway.Upstream.Requests.Single().Body).ShouldBe(body);
    }

    [Fact]
    public async Task Get_ThatTheGatewayDoesNotRead_PassesOn()
    {
        await using var gateway = await GatewayFixture.StartAsync();

        (await gateway.Client.GetAsync(new Uri("/v1/models?limit=1000", UriKind.Relative), Ends)).Dispose();

        gateway.Upstream.Requests.Single().Path.ShouldBe("/v1/models?limit=1000");
    }
}
