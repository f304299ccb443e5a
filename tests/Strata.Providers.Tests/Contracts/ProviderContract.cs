using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Strata.Calls;
using Strata.Models;
using Strata.Providers.Tests.Support;

namespace Strata.Providers.Tests.Contracts;

/// <summary>What holds for every adapter, against a server that speaks its wire format.</summary>
public abstract partial class ProviderContract : IAsyncLifetime
{
    protected const string Key = "sk-test-7QxZ91LmVbNcRtYu";
    protected const string Prompt = "The quarterly figures of the bakery in Lyon must stay below 4 711 crowns.";

    private static readonly DateTimeOffset Now = new(2026, 7, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _time = new(Now);
    private LoopbackServer _server = null!;
    private ModelProviders _providers = null!;

    protected abstract string Reference { get; }

    /// <summary>Of an answer that is not streamed.</summary>
    protected abstract string ContentType { get; }

    protected abstract string StreamType { get; }

    /// <summary>Follows the address of the server.</summary>
    protected virtual string BasePath => "";

    /// <summary>The prompt tokens that <see cref="Answer"/> reports, all parts together.</summary>
    protected const int InputTokens = 1234;

    protected const int OutputTokens = 56;

    /// <param name="text">JSON-escaped.</param>
    protected abstract string Answer(string text);

    protected abstract string StreamOf(params string[] pieces);

    protected abstract string WithoutUsage { get; }

    protected abstract string ThinkingOnly { get; }

    protected abstract string CutByLength { get; }

    protected abstract string ErrorBody(string type, string message);

    protected abstract (int Status, string Body) ModelMissing { get; }

    protected abstract (int Status, string Body) TooLong { get; }

    protected abstract string MaxTokensIn(JsonElement body);

    private protected LoopbackServer Server => _server;

    protected ModelReference Model => ModelReference.Parse(Reference);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected static List<ChatMessage> Messages => [new(ChatRole.System, "You summarize."), new(ChatRole.User, Prompt)];

    public async ValueTask InitializeAsync()
    {
        _server = await LoopbackServer.StartAsync();
        _providers = ProvidersAt(_server.Url + BasePath);
    }

    public async ValueTask DisposeAsync()
    {
        _providers.Dispose();
        await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected ModelProviders ProvidersAt(string url) => new(new ProviderOptions
    {
        BaseUrls = new Dictionary<string, string>(StringComparer.Ordinal) { [Model.Provider] = url },
        Environment = name => name.EndsWith("_API_KEY", StringComparison.Ordinal) ? Key : null,
        TimeProvider = _time,
    });

    protected IChatClient Client => _providers.Create(Model).Client;

    private protected ModelProviders Providers => _providers;

    protected Task<ChatResponse> AskAsync(ChatOptions? options = null) => Client.GetResponseAsync(Messages, options, Token);

    protected async Task<ModelCallException> FaultAsync() => await Should.ThrowAsync<ModelCallException>(AskAsync());

    protected Task<ChatResponse> StreamAsync(ChatOptions? options = null) =>
        Client.GetStreamingResponseAsync(Messages, options, Token).ToChatResponseAsync(Token);

    [Fact]
    public async Task GetResponse_NormalAnswer_HasTextUsageAndEnd()
    {
        _server.Then(200, Answer("A summary."), ContentType);
        var response = await AskAsync(new() { MaxOutputTokens = 200, Temperature = .3f });
        response.Text.ShouldBe("A summary.");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.Usage.ShouldNotBeNull().InputTokenCount.ShouldBe(InputTokens);
        response.Usage.OutputTokenCount.ShouldBe(OutputTokens);
        MaxTokensIn(_server.Request.Json).ShouldBe("200");
        _server.Request.Body.ShouldContain("0.3");
    }

    [Fact]
    public async Task GetStreamingResponse_NormalAnswer_HasTextUsageAndEnd()
    {
        _server.Then(200, StreamOf("A sum", "mary", "."), StreamType);
        var response = await StreamAsync();
        response.Text.ShouldBe("A summary.");
        response.FinishReason.ShouldBe(ChatFinishReason.Stop);
        response.Usage.ShouldNotBeNull().InputTokenCount.ShouldBe(InputTokens);
        response.Usage.OutputTokenCount.ShouldBe(OutputTokens);
        _server.Request.Json.GetProperty("stream").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task GetResponse_EveryScript_ArrivesBothWays()
    {
        const string text = "要約：リヨンのパン屋 — «Größe» 🥐 \u0627\u0644\u062e\u0628\u0632";
        _server.Then(200, Answer(text), ContentType).Then(200, StreamOf(text[..5], text[5..]), StreamType);
        (await Client.GetResponseAsync([new(ChatRole.User, text)], null, Token)).Text.ShouldBe(text);
        (await Client.GetStreamingResponseAsync([new(ChatRole.User, text)], null, Token).ToChatResponseAsync(Token)).Text.ShouldBe(text);
        _server.Requests.Count.ShouldBe(2);
        foreach (var request in _server.Requests)
            Texts(request.Json).ShouldContain(text);
    }

    [Fact]
    public virtual async Task GetResponse_UsageAbsent_IsAnAnswerAllTheSame()
    {
        _server.Then(200, WithoutUsage, ContentType);
        (await AskAsync()).Text.ShouldBe("A summary.");
    }

    [Fact]
    public async Task GetResponse_ThinkingOnly_HasNoText()
    {
        _server.Then(200, ThinkingOnly, ContentType);
        var response = await AskAsync();
        response.Text.ShouldBeEmpty();
        response.Messages.SelectMany(message => message.Contents).OfType<TextReasoningContent>().ShouldHaveSingleItem().Text
            .ShouldBe("Let me think.");
        response.Usage?.OutputTokenCount.ShouldBe(OutputTokens);
    }

    [Fact]
    public async Task GetResponse_CutByLength_SaysSo()
    {
        _server.Then(200, CutByLength, ContentType);
        (await AskAsync()).FinishReason.ShouldBe(ChatFinishReason.Length);
    }

    [Fact]
    public async Task GetResponse_TemperatureRefused_IsAskedWithoutFromThenOn()
    {
        _server.Then(400, ErrorBody("invalid_request_error", "Unsupported value: 'temperature' does not support 0.3 with this model."))
            .Then(200, Answer("A summary."), ContentType)
            .Then(200, StreamOf("Another."), StreamType);
        var client = Client;
        var options = new ChatOptions { Temperature = .3f };
        (await client.GetResponseAsync(Messages, options, Token)).Text.ShouldBe("A summary.");
        (await client.GetStreamingResponseAsync(Messages, options, Token).ToChatResponseAsync(Token)).Text.ShouldBe("Another.");
        _server.Requests.Select(request => request.Body.Contains("temperature", StringComparison.Ordinal)).ShouldBe([true, false, false]);
        options.Temperature.ShouldBe(.3f);
    }

    [Fact]
    public async Task GetResponse_TemperatureRefusedToSeveralAtOnce_AllAreAnswered()
    {
        var both = new TaskCompletionSource();
        var refused = 0;
        for (var i = 0; i < 2; i++)
        {
            _server.Then(async context =>
            {
                if (Interlocked.Increment(ref refused) == 2)
                    both.SetResult();
                await both.Task;
                context.Response.StatusCode = 400;
                await context.Response.WriteAsync(ErrorBody("invalid_request_error", "temperature is not supported with this model"));
            });
        }

        _server.Then(200, Answer("A summary."), ContentType).Then(200, Answer("A summary."), ContentType);
        var client = Client;
        var options = new ChatOptions { Temperature = .3f };
        var responses =
            await Task.WhenAll(client.GetResponseAsync(Messages, options, Token), client.GetResponseAsync(Messages, options, Token));
        responses.ShouldAllBe(response => response.Text == "A summary.");
    }

    [Fact]
    public async Task GetResponse_MessagesAndOptions_StayAsTheyWere()
    {
        _server.Then(200, Answer("A summary."), ContentType);
        var messages = Messages;
        var options = new ChatOptions { Instructions = "Be brief.", MaxOutputTokens = 9 };
        var before = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);
        await Client.GetResponseAsync(messages, options, Token);
        JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions).ShouldBe(before);
        options.Instructions.ShouldBe("Be brief.");
        Texts(_server.Request.Json).ShouldContain("Be brief.");
    }

    [Fact]
    public async Task CallAsync_RateLimitedThenAnswered_BooksWhatTheServerReports()
    {
        _server.Then(429, ErrorBody("rate_limit_error", "Slow down."), "application/json", ("Retry-After", "0"))
            .Then(200, Answer("A summary."), ContentType);
        var outcome = await CallAsync();
        outcome.Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.RateLimited);
        var answer = outcome.Answer.ShouldNotBeNull();
        answer.Text.ShouldBe("A summary.");
        answer.Usage.InputTokens.ShouldBe(InputTokens);
        answer.Usage.OutputTokens.ShouldBe(OutputTokens);
    }

    [Fact]
    public async Task CallAsync_WhatToDo_ReachesTheReceipt()
    {
        _server.Then(401, ErrorBody("authentication_error", "Unauthorized"));
        (await CallAsync()).Failures.ShouldHaveSingleItem().Reason.ShouldContain("_API_KEY");
        _server.Then(ModelMissing.Status, ModelMissing.Body);
        (await CallAsync()).Failures.ShouldHaveSingleItem().Reason.ShouldContain(Model.Model);
        _server.Then(200, ThinkingOnly, ContentType);
        (await CallAsync()).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.NoAnswer);
    }

    protected async Task<CallOutcome> CallAsync() =>
        await new ModelCaller(new CallOptions { RetryDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.Zero })
            .CallAsync([_providers.Create(Model)], _ => new CallRequest { Messages = Messages, MaxOutputTokens = 200, Purpose = "level-1" },
                _ => null, Token);

    [Fact]
    public void Model_PrintedInAnyWay_HoldsNoKey()
    {
        var model = _providers.Create(Model);
        model.Name.ShouldBe(Reference);
        model.ToString().ShouldNotContain(Key);
        model.Client.ToString()!.ShouldContain(Model.Model);
        model.Client.GetService(typeof(ChatClientMetadata)).ShouldBeOfType<ChatClientMetadata>().DefaultModelId.ShouldBe(Model.Model);
    }

    /// <summary>All strings of a body, so that a test need not know where a vendor puts a text.</summary>
    protected static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Texts(member.Value)),
        _ => [],
    };

    protected static void ShouldBeDiscreet(Exception fault)
    {
        fault.ToString().ShouldNotContain(Key);
        fault.ToString().ShouldNotContain(Key[^4..]);
        fault.ToString().ShouldNotContain("bakery");
    }
}
