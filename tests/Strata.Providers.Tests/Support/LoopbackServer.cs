using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Strata.Tests.Support;

namespace Strata.Providers.Tests.Support;

/// <summary>Speaks HTTP on 127.0.0.1 and answers what a test has put in line, one answer a request.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _answers = new();
    private readonly ConcurrentQueue<SentRequest> _requests = new();
    private WebApplication? _app;

    private LoopbackServer()
    {
    }

    public string Url { get; private set; } = "";

    public IReadOnlyList<SentRequest> Requests => [.. _requests];

    public SentRequest Request => Requests.ShouldHaveSingleItem();

    public static async Task<LoopbackServer> StartAsync()
    {
        var server = new LoopbackServer();
        (server._app, server.Url) = await LoopbackHost.StartAsync(server.AnswerAsync);
        return server;
    }

    public LoopbackServer Then(Func<HttpContext, Task> answer)
    {
        _answers.Enqueue(answer);
        return this;
    }

    public LoopbackServer Then(
        int status, string body, string contentType = "application/json", params (string Name, string Value)[] headers) => Then(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return context.Response.WriteAsync(body, context.RequestAborted);
    });

    /// <summary>Promises the whole body, sends half of it and breaks off.</summary>
    public LoopbackServer ThenHalf(string body, string contentType) => Then(async context =>
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
        await context.Response.Body.FlushAsync();
        context.Abort();
    });

    /// <summary>Sends the first bytes, then nothing until the client gives up.</summary>
    /// <param name="dripping">Set when the first bytes are out.</param>
    /// <param name="abandoned">Set when the client has closed the connection.</param>
    public LoopbackServer ThenDrip(string body, string contentType, TaskCompletionSource dripping, TaskCompletionSource abandoned) =>
        Then(async context =>
        {
            context.Response.ContentType = contentType;
            context.Features.Get<IHttpResponseBodyFeature>()!.DisableBuffering();
            await context.Response.WriteAsync(body[..(body.Length / 3)], CancellationToken.None);
            await context.Response.Body.FlushAsync(CancellationToken.None);
            context.RequestAborted.Register(abandoned.SetResult);
            dripping.SetResult();
            await abandoned.Task;
        });

    public async ValueTask DisposeAsync()
    {
        await _app!.DisposeAsync();
        _answers.ShouldBeEmpty("answers that nobody asked for");
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        _requests.Enqueue(new(
            context.Request.Method,
            context.Request.Path + context.Request.QueryString,
            context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            body));
        if (_answers.TryDequeue(out var answer))
            await answer(context);
        else
            context.Response.StatusCode = StatusCodes.Status418ImATeapot;
    }
}

internal sealed record SentRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;
}
