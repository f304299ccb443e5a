using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Tests;

/// <summary>A vendor on loopback that keeps what it is sent and answers what a test says.</summary>
internal sealed class FakeUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeUpstream(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.First());

    public ConcurrentQueue<(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)> Requests { get; } = new();

    /// <summary>Answers a request; the number is how many came before it.</summary>
    public Func<HttpContext, int, Task> Answer { get; set; } = (http, _) => http.Response.WriteAsync("{}");

    public static async Task<FakeUpstream> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0")
            .ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var upstream = new FakeUpstream(app);
        app.Run(upstream.ServeAsync);
        await app.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task ServeAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        var headers = http.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var before = Requests.Count;
        Requests.Enqueue((http.Request.Path + http.Request.QueryString, headers, body.ToArray()));
        await Answer(http, before);
    }
}
