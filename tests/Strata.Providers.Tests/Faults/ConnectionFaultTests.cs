using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Models;

namespace Strata.Providers.Tests.Faults;

public sealed class ConnectionFaultTests
{
    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, CallFault.Unreachable, "no address")]
    [InlineData(HttpRequestError.SecureConnectionError, CallFault.Unreachable, "certificate")]
    [InlineData(HttpRequestError.ProxyTunnelError, CallFault.Unreachable, "proxy")]
    [InlineData(HttpRequestError.ConnectionError, CallFault.Unreachable, "network")]
    [InlineData(HttpRequestError.ResponseEnded, CallFault.ServerError, "broke off")]
    [InlineData(HttpRequestError.Unknown, CallFault.ServerError, "broke off")]
    public async Task GetResponse_ConnectionFails_SaysHow(HttpRequestError error, CallFault fault, string words)
    {
        foreach (var reference in new[] { "ollama/m", "vllm/m", "anthropic/m" })
        {
            using var handler = new Throwing(() => new HttpRequestException(error));
            var thrown = await AskAsync(reference, handler);
            thrown.Fault.ShouldBe(fault);
            thrown.Message.ShouldContain(words);
            handler.Calls.ShouldBe(1);
        }
    }

    [Fact]
    public async Task GetResponse_ConnectionTakesTooLong_IsUnreachable()
    {
        using var handler = new Throwing(() => new TaskCanceledException("", new TimeoutException()));
        (await AskAsync("ollama/m", handler)).Fault.ShouldBe(CallFault.Unreachable);
    }

    [Fact]
    public async Task GetResponse_AnythingElse_IsNamedWithoutItsWords()
    {
        using var handler = new Throwing(() => new InvalidOperationException("the key is sk-123"));
        var thrown = await AskAsync("ollama/m", handler);
        thrown.Fault.ShouldBe(CallFault.Other);
        thrown.Message.ShouldContain(nameof(InvalidOperationException));
        thrown.ToString().ShouldNotContain("sk-123");
    }

    private static async Task<ModelCallException> AskAsync(string reference, HttpMessageHandler handler)
    {
        using var providers = new ModelProviders(new ProviderOptions
        {
            Handler = handler,
            Environment = name => name == "ANTHROPIC_API_KEY" ? "k-123456" : null
        });
        var client = providers.Create(ModelReference.Parse(reference)).Client;
        return await Should.ThrowAsync<ModelCallException>(client.GetResponseAsync(
            [new(ChatRole.User, "Hello")], null, TestContext.Current.CancellationToken));
    }

    private sealed class Throwing(Func<Exception> exception) : HttpMessageHandler
    {
        public int Calls { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Calls++;
            throw exception();
        }
    }
}
