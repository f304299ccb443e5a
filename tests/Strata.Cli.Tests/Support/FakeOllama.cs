using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Strata.Tests.Support;

namespace Strata.Cli.Tests.Support;

/// <summary>Speaks Ollama's wire format on 127.0.0.1 and summarizes whatever it is sent in one sentence.</summary>
internal sealed class FakeOllama : IAsyncDisposable
{
    /// <summary>An address where nobody listens.</summary>
    public const string Nowhere = "http://127.0.0.1:1";

    private const string Sentence = "The user asked for a --celsius flag on the forecast command; the file was read and its tests passed.";

    private readonly ConcurrentQueue<string> _asked = new();
    private WebApplication? _app;
    private int _chats;

    private FakeOllama()
    {
    }

    public string Url { get; private set; } = "";

    /// <summary>Models whose answers were asked for, in order; windows are not in it.</summary>
    public IReadOnlyList<string> Asked => [.. _asked];

    /// <summary>Called before the answer to the chat of this number, counted from 1; another status than 200 is sent as an error.</summary>
    public Func<int, Task<int>> Before { get; set; } = _ => Task.FromResult(200);

    /// <summary>Models that are not there.</summary>
    public string Missing { get; set; } = "";

    /// <summary>Tokens that the server says a model takes.</summary>
    public int Window { get; set; } = 32_768;

    public static async Task<FakeOllama> StartAsync()
    {
        var server = new FakeOllama();
        (server._app, server.Url) = await LoopbackHost.StartAsync(server.AnswerAsync);
        return server;
    }

    public ValueTask DisposeAsync() => _app!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var model = body.RootElement.GetProperty("model").GetString()!;
        if (model == Missing)
            await SendAsync(context, 404, new { error = $"model '{model}' not found" });
        else if (context.Request.Path == "/api/show")
            await SendAsync(
                context, 200,
                new { model_info = new Dictionary<string, object>(StringComparer.Ordinal) { ["qwen2.context_length"] = Window } });
        else
            await ChatAsync(context, model);
    }

    private async Task ChatAsync(HttpContext context, string model)
    {
        _asked.Enqueue(model);
        var status = await Before(Interlocked.Increment(ref _chats));
        if (status != 200)
            await SendAsync(context, status, new { error = "CUDA error: out of memory" });
        else
            await SendAsync(
                context, 200,
                new { model, message = new { role = "assistant", content = Sentence }, done = true, done_reason = "stop",
                    prompt_eval_count = 900, eval_count = 25 });
    }

    private static async Task SendAsync(HttpContext context, int status, object body)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
