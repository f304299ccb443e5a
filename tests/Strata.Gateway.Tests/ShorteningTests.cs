using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Tests;

public sealed class ShorteningTests
{
    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(GatewayFixture.Paths), MemberType = typeof(GatewayFixture))]
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
    [MemberData(nameof(GatewayFixture.Paths), MemberType = typeof(GatewayFixture))]
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
    [MemberData(nameof(GatewayFixture.Paths), MemberType = typeof(GatewayFixture))]
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
    public async Task Post_ThatOffersNoRecall_NamesNoHandles()
    {
        const string Path = "/v1/messages";
        const string Recall = """{"name":"recall","input_schema":{"type":"object","properties":{}}}""";
        await using var gateway = await GatewayFixture.StartAsync();
        var body = GatewayFixture.Body(Path, turns: 40);
        var offering = body.Replace("\"max_tokens\"", $"\"tools\":[{Recall}],\"max_tokens\"", StringComparison.Ordinal);

        (await gateway.PostAsync(Path, body)).Dispose();
        (await gateway.PostAsync(Path, offering)).Dispose();

        var sent = gateway.Upstream.Requests.Select(request => Encoding.UTF8.GetString(request.Body)).ToList();
        sent[0].ShouldNotContain("recall");
        sent[1].Replace(Recall, "", StringComparison.Ordinal).ShouldContain("recall");
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

    private static List<string> Items(string path, byte[] body) =>
        [.. JsonNode.Parse(body)![path == "/v1/responses" ? "input" : "messages"]!.AsArray().Select(item => item!.ToJsonString())];
}
