using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Strata.Archives;

namespace Strata.Gateway.Tests;

/// <summary>A gateway before a fake upstream, and a client of it.</summary>
public sealed class GatewayFixture : IAsyncDisposable
{
    public const int Window = 8_000;

    public static TheoryData<string> Paths => ["/v1/messages", "/v1/chat/completions", "/v1/responses", "/api/chat"];

    private readonly GatewayServer _gateway;

    private GatewayFixture(FakeUpstream upstream, GatewayServer gateway)
    {
        (Upstream, _gateway) = (upstream, gateway);
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(gateway.Urls.First()),
        };
    }

    internal FakeUpstream Upstream { get; }

    public HttpClient Client { get; }

    public IArchive Archive { get; private init; } = null!;

    public static async Task<GatewayFixture> StartAsync(Func<GatewayOptions, GatewayOptions>? change = null, IArchive? archive = null)
    {
        var upstream = await FakeUpstream.StartAsync();
        archive ??= new InMemoryArchive();
        var options = new GatewayOptions
        {
            Urls = ["http://127.0.0.1:0"],
            Upstreams = [.. GatewayUpstream.Names.Keys.Select(name => new GatewayUpstream(name, upstream.Url))],
            Compaction = new CompactionOptions { Window = Window, MinTokensToCompact = 100 },
        };
        var gateway = await GatewayServer.StartAsync(
            change?.Invoke(options) ?? options, archive, cancellationToken: TestContext.Current.CancellationToken);
        return new GatewayFixture(upstream, gateway) { Archive = archive };
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }

    /// <summary>A conversation of an agent that read so many files, as each API is sent it.</summary>
    public static string Body(string path, int turns, string task = "Port the parser to the new grammar.")
    {
        var items = new JsonArray();
        var isResponses = path == "/v1/responses";
        if (path == "/v1/chat/completions")
            items.Add(new JsonObject { ["role"] = "system", ["content"] = "You port code." });
        items.Add(new JsonObject { ["role"] = "user", ["content"] = task });
        for (var turn = 0; turn < turns; turn++)
        {
            var (id, text) = (string.Create(CultureInfo.InvariantCulture, $"call_{turn}"), Text(turn));
            var call = new JsonObject { ["path"] = $"src/part{turn}.cs" };
            switch (path)
            {
                case "/v1/messages":
                    items.Add(new JsonObject
                    {
                        ["role"] = "assistant",
                        ["content"] = new JsonArray(
                            new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = "read", ["input"] = call }),
                    });
                    items.Add(new JsonObject
                    {
                        ["role"] = "user",
                        ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = text }),
                    });
                    break;
                case "/v1/responses":
                    items.Add(new JsonObject
                    {
                        ["type"] = "function_call", ["call_id"] = id, ["name"] = "read", ["arguments"] = call.ToJsonString(),
                    });
                    items.Add(new JsonObject { ["type"] = "function_call_output", ["call_id"] = id, ["output"] = text });
                    break;
                default:
                    var function = new JsonObject
                    {
                        ["name"] = "read", ["arguments"] = path == "/api/chat" ? call : call.ToJsonString(),
                    };
                    items.Add(new JsonObject
                    {
                        ["role"] = "assistant", ["content"] = "",
                        ["tool_calls"] = new JsonArray(new JsonObject { ["id"] = id, ["type"] = "function", ["function"] = function }),
                    });
                    items.Add(new JsonObject { ["role"] = "tool", ["tool_call_id"] = id, ["tool_name"] = "read", ["content"] = text });
                    break;
            }
        }

        return new JsonObject
        {
            ["model"] = "some-model", ["max_tokens"] = 500, ["unknown_field"] = new JsonObject { ["kept"] = true },
            [isResponses ? "input" : "messages"] = items,
        }.ToJsonString();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _gateway.DisposeAsync();
        await Upstream.DisposeAsync();
    }

    private static string Text(int turn) => string.Join(
        '\n', Enumerable.Range(0, 40).Select(line => FormattableString.Invariant($"part {turn} line {line}: value{turn * line}")));
}
