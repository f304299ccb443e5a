using System.Net.Sockets;
using Strata.Calls;

namespace Strata.Tests.Calls;

public sealed class CallFaultsTests
{
    [Theory]
    [InlineData(401, null, CallFault.Unauthorized)]
    [InlineData(403, null, CallFault.Unauthorized)]
    [InlineData(404, "model not found", CallFault.ModelMissing)]
    [InlineData(408, null, CallFault.Timeout)]
    [InlineData(413, null, CallFault.TooLong)]
    [InlineData(429, null, CallFault.RateLimited)]
    [InlineData(400, "temperature must be at most 2", CallFault.BadRequest)]
    [InlineData(400, "This model's maximum context length is 8192 tokens", CallFault.TooLong)]
    [InlineData(400, "prompt is too long: 208310 tokens > 200000 maximum", CallFault.TooLong)]
    [InlineData(400, "the request exceeds the available context size", CallFault.TooLong)]
    [InlineData(422, null, CallFault.BadRequest)]
    [InlineData(500, null, CallFault.ServerError)]
    [InlineData(529, "Overloaded", CallFault.ServerError)]
    [InlineData(200, "<html>", CallFault.ServerError)]
    public void FromStatus_StatusAndBody_IsTheFault(int status, string? body, CallFault fault) =>
        CallFaults.FromStatus(status, body).ShouldBe(fault);

    public static TheoryData<Exception, CallFault> Exceptions => new()
    {
        { new SocketException((int)SocketError.HostNotFound), CallFault.Unreachable },
        { new HttpRequestException("no such host", new SocketException((int)SocketError.HostNotFound)), CallFault.Unreachable },
        { new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"), CallFault.Unreachable },
        { new HttpRequestException("copying failed", new IOException("closed")), CallFault.ServerError },
        { new IOException("reset", new SocketException((int)SocketError.ConnectionReset)), CallFault.Unreachable },
        { new IOException("The response ended prematurely."), CallFault.ServerError },
        { new TimeoutException(), CallFault.Timeout },
        { new InvalidOperationException("of an SDK", new HttpRequestException("no", null, System.Net.HttpStatusCode.TooManyRequests)),
            CallFault.RateLimited },
        { new AggregateException(new TimeoutException()), CallFault.Timeout },
        { new InvalidOperationException("of nobody"), CallFault.Other },
        { new ModelCallException(CallFault.BreakerOpen, "says the client"), CallFault.Other },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Of_AnyException_IsTheFault(Exception exception, CallFault fault) => CallFaults.Of(exception).Fault.ShouldBe(fault);

    [Theory]
    [InlineData("12", 12d)]
    [InlineData(" 1.5 ", 1.5)]
    [InlineData("0", 0d)]
    [InlineData("Thu, 01 Jan 2026 00:01:30 GMT", 90d)]
    [InlineData("Thursday, 01-Jan-26 00:01:30 GMT", 90d)]
    [InlineData("Thu Jan  1 00:01:30 2026", 90d)]
    [InlineData("Wed, 31 Dec 2025 23:59:59 GMT", 0d)]
    [InlineData("soon", null)]
    [InlineData("-3", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void Parse_RetryAfter_IsSecondsOrADate(string? header, double? seconds) =>
        RetryAfter.Parse(header, new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
            .ShouldBe(seconds is { } given ? TimeSpan.FromSeconds(given) : null);

    [Fact]
    public void Parse_RetryAfterOfAges_DoesNotOverflow() =>
        RetryAfter.Parse("99999999999999999999", DateTimeOffset.UnixEpoch).ShouldBe(TimeSpan.MaxValue);
}
