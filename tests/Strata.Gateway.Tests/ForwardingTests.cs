using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Tests;

public sealed class ForwardingTests
{
    public static TheoryData<string> Paths => ["/v1/messages", "/v1/chat/completions", "/v1/responses", "/api/chat"];

    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Paths))]
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
    [MemberData(nameof(Paths))]
    public async Task Post_ThatDoesNotFit_ArrivesShortenedAndKeepsTaskAndUnknownFields(string path)
    {
        await using var gateway = await GatewayFixture.StartAsync();

        using var answer = await gateway.PostAsync(path, GatewayFixture.Body(path, turns: 40), ("x-session-id", "S-1"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("x-strata-session").ShouldBe(["S-1"]);
        var receipt = answer.Headers.GetValues("x-strata-receipt").Single();
        (await gateway.Archive.FindReceiptAsync(receipt, Ends)).ShouldNotBeNull().SessionId.ShouldBe("S-1");
        var sent = Encoding.UTF8.GetString(gateway.Upstream.Requests.Single().Body);
        sent.Length.ShouldBeLessThan(GatewayFixture.Window * 4);
        sent.ShouldContain("Port the parser to the new grammar.");
        JsonNode.Parse(sent)!["unknown_field"]!["kept"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Post_OfAConversationThatGrows_KeepsTheShortenedPrefixByteForByte(string path)
    {
        await using var gateway = await GatewayFixture.StartAsync();
        foreach (var turns in (int[])[40, 41, 42])
            (await gateway.PostAsync(path, GatewayFixture.Body(path, turns))).Dispose();

        var sent = gateway.Upstream.Requests.Select(request => Items(path, request.Body)).ToList();

        sent[1].Count.ShouldBe(sent[0].Count + 2);
        sent[1].Take(sent[0].Count).ShouldBe(sent[0]);
        sent[2].Take(sent[1].Count).ShouldBe(sent[1]);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Post_AfterARestart_SendsTheSameShortenedPrefix(string path)
    {
        var archive = new Strata.Archives.InMemoryArchive();
        List<string> before;
        await using (var first = await GatewayFixture.StartAsync(archive: archive))
        {
            (await first.PostAsync(path, GatewayFixture.Body(path, turns: 40))).Dispose();
            before = Items(path, first.Upstream.Requests.Single().Body);
        }

        await using var second = await GatewayFixture.StartAsync(archive: archive);
        (await second.PostAsync(path, GatewayFixture.Body(path, turns: 41))).Dispose();

        Items(path, second.Upstream.Requests.Single().Body).Take(before.Count).ShouldBe(before);
    }

    [Fact]
    public async Task Post_OfTwoConversationsWithOneFirstMessage_StayApart()
    {
        const string Path = "/v1/messages";
        await using var gateway = await GatewayFixture.StartAsync();
        var one = GatewayFixture.Body(Path, turns: 40);
        var other = one.Replace("value", "figure", StringComparison.Ordinal);
        (await gateway.PostAsync(Path, one)).Dispose();
        (await gateway.PostAsync(Path, other)).Dispose();

        var sent = Encoding.UTF8.GetString(gateway.Upstream.Requests.Last().Body);

        sent.ShouldContain("figure");
        sent.ShouldNotContain("value0");
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
    public async Task Post_ThatAsksForMoreOutputThanTheStatedWindow_LeavesRoomForTheConversation()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var body = GatewayFixture.Body("/v1/messages", turns: 6).Replace(
            "\"max_tokens\":500", "\"max_tokens\":128000", StringComparison.Ordinal);

        (await gateway.PostAsync("/v1/messages", body)).Dispose();

        Encoding.UTF8.GetString(gateway.Upstream.Requests.Single().Body).ShouldBe(body);
    }

    [Fact]
    public async Task Post_ThatCounts_IsAnsweredForTheRequestAsItWouldBeSent()
    {
        await using var gateway = await GatewayFixture.StartAsync();
        var body = GatewayFixture.Body("/v1/messages", turns: 40);

        (await gateway.PostAsync("/v1/messages/count_tokens", body)).Dispose();
        (await gateway.PostAsync("/v1/messages", body)).Dispose();

        var sent = gateway.Upstream.Requests.ToList();
        sent[0].Path.ShouldBe("/v1/messages/count_tokens");
        sent[0].Body.ShouldBe(sent[1].Body);
        sent[0].Body.Length.ShouldBeLessThan(body.Length);
    }

    [Fact]
    public async Task Post_WhoseVendorReportsMoreThanWasCounted_IsShortenedSooner()
    {
        const string Path = "/v1/chat/completions";
        await using var honest = await GatewayFixture.StartAsync();
        await using var heavier = await GatewayFixture.StartAsync();
        heavier.Upstream.Answer = (http, before) => http.Response.WriteAsync(new JsonObject
        {
            ["usage"] = new JsonObject { ["prompt_tokens"] = heavier.Upstream.Requests.ElementAt(before).Body.Length },
        }.ToJsonString());
        var receipts = new List<bool>();
        foreach (var gateway in (GatewayFixture[])[honest, heavier])
        {
            for (var turns = 6; turns <= 9; turns++)
            {
                using var answer = await gateway.PostAsync(Path, GatewayFixture.Body(Path, turns));
                if (turns == 9)
                    receipts.Add(answer.Headers.Contains("x-strata-receipt"));
            }
        }

        receipts.ShouldBe([false, true]);
    }

    [Fact]
    public async Task Get_ThatTheGatewayDoesNotRead_PassesOn()
    {
        await using var gateway = await GatewayFixture.StartAsync();

        (await gateway.Client.GetAsync(new Uri("/v1/models?limit=1000", UriKind.Relative), Ends)).Dispose();

        gateway.Upstream.Requests.Single().Path.ShouldBe("/v1/models?limit=1000");
    }

    private static List<string> Items(string path, byte[] body) =>
        [.. JsonNode.Parse(body)![path == "/v1/responses" ? "input" : "messages"]!.AsArray().Select(item => item!.ToJsonString())];
}
