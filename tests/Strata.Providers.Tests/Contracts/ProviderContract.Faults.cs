using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Models;
using Strata.Providers.Tests.Support;

namespace Strata.Providers.Tests.Contracts;

/// <summary>What every adapter makes of what a server does wrong.</summary>
public abstract partial class ProviderContract
{
    [Theory]
    [InlineData("7", 7d)]
    [InlineData("2.5", 2.5)]
    [InlineData("Thu, 02 Jul 2026 12:01:30 GMT", 90d)]
    [InlineData("Thu, 02 Jul 2026 11:00:00 GMT", 0d)]
    [InlineData(null, null)]
    public async Task GetResponse_TooManyRequests_SaysHowLongToWait(string? header, double? seconds)
    {
        _server.Then(429, ErrorBody("rate_limit_error", "Slow down."), "application/json", header is null ? [] : [("Retry-After", header)]);
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.RateLimited);
        fault.RetryAfter.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
        fault.Message.ShouldContain("Slow down.");
        _server.Requests.ShouldHaveSingleItem("the caller retries, not the SDK");
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task GetResponse_ServerError_IsAskedOnce(int status)
    {
        _server.Then(status, ErrorBody("api_error", "Out of memory."));
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.ServerError);
        fault.Message.ShouldContain(status.ToString(CultureInfo.InvariantCulture));
        _server.Requests.ShouldHaveSingleItem("the caller retries, not the SDK");
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task GetResponse_KeyNotAccepted_NamesTheVariable(int status)
    {
        _server.Then(
            status, ErrorBody("authentication_error", $"Incorrect API key provided: {Key}, also known as {Key[..7]}****{Key[^4..]}."));
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.Unauthorized);
        fault.Message.ShouldContain("_API_KEY");
        ShouldBeDiscreet(fault);
    }

    [Fact]
    public async Task GetResponse_ServerRepeatsKeyAndPrompt_ErrorHoldsNeither()
    {
        _server.Then(400, ErrorBody("invalid_request_error", $"Cannot parse messages[1] = '{Prompt}' (Authorization: Bearer {Key})"));
        var options = new ChatOptions { Instructions = "Be as brief as a telegram from Lyon." };
        _server.Then(400, ErrorBody("invalid_request_error", "bad system: Be as brief as a telegram from Lyon."));
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.BadRequest);
        fault.Message.ShouldContain("Cannot parse messages[1]");
        ShouldBeDiscreet(fault);
        (await Should.ThrowAsync<ModelCallException>(AskAsync(options))).Message.ShouldNotContain("telegram");
    }

    [Fact]
    public async Task GetResponse_ModelMissing_SaysWhichAndWhatToDo()
    {
        _server.Then(ModelMissing.Status, ModelMissing.Body);
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.ModelMissing);
        fault.Message.ShouldContain(Model.Model);
    }

    [Fact]
    public async Task GetResponse_NoSuchAddress_IsNotTakenForAMissingModel()
    {
        _server.Then(404, "404 page not found", "text/plain");
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.BadRequest);
        fault.Message.ShouldContain("base URL");
    }

    [Fact]
    public async Task GetResponse_InputTooLong_SaysSo()
    {
        _server.Then(TooLong.Status, TooLong.Body);
        (await FaultAsync()).Fault.ShouldBe(CallFault.TooLong);
    }

    [Fact]
    public async Task GetResponse_Redirected_DoesNotFollow()
    {
        _server.Then(307, "", "text/html", ("Location", "http://127.0.0.1:1/elsewhere"));
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.BadRequest);
        fault.Message.ShouldContain("redirect");
    }

    [Fact]
    public async Task GetResponse_HalfABody_IsTheServersFault()
    {
        _server.ThenHalf(Answer("A summary."), ContentType);
        (await FaultAsync()).Fault.ShouldBe(CallFault.ServerError);
    }

    [Fact]
    public async Task GetStreamingResponse_HalfABody_IsTheServersFault()
    {
        _server.ThenHalf(StreamOf("A sum", "mary", "."), StreamType);
        (await Should.ThrowAsync<ModelCallException>(StreamAsync())).Fault.ShouldBe(CallFault.ServerError);
    }

    [Theory]
    [InlineData("<html><body>Welcome to nginx!</body></html>", "text/html")]
    [InlineData("<html><body>Welcome to nginx!</body></html>", "application/json")]
    [InlineData("{\"id\":\"1\",\"cho", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("[]", "application/json")]
    [InlineData("null", "application/json")]
    public async Task GetResponse_NoAnswerOfTheApi_IsTheServersFault(string body, string contentType)
    {
        _server.Then(200, body, contentType);
        var fault = await FaultAsync();
        fault.Fault.ShouldBe(CallFault.ServerError);
        fault.Message.ShouldContain(contentType == "text/html" ? "answered text/html" : "no complete answer of its API");
        fault.ToString().ShouldNotContain("nginx");
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData(null)]
    public async Task GetStreamingResponse_NoAnswerOfTheApi_IsTheServersFault(string? contentType)
    {
        _server.Then(200, "<html>\n<body>Welcome to nginx!</body></html>", contentType ?? StreamType);
        (await Should.ThrowAsync<ModelCallException>(StreamAsync())).Fault.ShouldBe(CallFault.ServerError);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_SlowDrip_EndsWithTheCallersToken(bool stream)
    {
        var dripping = new TaskCompletionSource();
        var abandoned = new TaskCompletionSource();
        _server.ThenDrip(
            stream ? StreamOf("A sum", "mary", ".") : Answer("A summary."), stream ? StreamType : ContentType, dripping, abandoned);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var call = stream
            ? Client.GetStreamingResponseAsync(Messages, null, patience.Token).ToChatResponseAsync(patience.Token)
            : Client.GetResponseAsync(Messages, null, patience.Token);
        await dripping.Task;
        await patience.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(call)).CancellationToken.ShouldBe(patience.Token);
        await abandoned.Task;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponse_OwnLimitPassed_IsATimeout(bool stream)
    {
        var dripping = new TaskCompletionSource();
        var abandoned = new TaskCompletionSource();
        _server.ThenDrip(
            stream ? StreamOf("A sum", "mary", ".") : Answer("A summary."), stream ? StreamType : ContentType, dripping, abandoned);
        var call = stream ? StreamAsync() : AskAsync();
        await dripping.Task;
        _time.Advance(new ProviderOptions().Timeout);
        (await Should.ThrowAsync<ModelCallException>(call)).Fault.ShouldBe(CallFault.Timeout);
        await abandoned.Task;
    }

    [Fact]
    public async Task GetResponse_NothingListens_NamesTheHost()
    {
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        using var providers = ProvidersAt($"http://someone:secret@127.0.0.1:{port}/v1");
        var fault = await Should.ThrowAsync<ModelCallException>(providers.Create(Model).Client.GetResponseAsync(Messages, null, Token));
        fault.Fault.ShouldBe(CallFault.Unreachable);
        fault.Message.ShouldContain($"http://127.0.0.1:{port}");
        fault.Message.ShouldNotContain("secret");
    }
}
