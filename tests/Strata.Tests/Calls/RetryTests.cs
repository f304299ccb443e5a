using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Strata.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Calls;

public sealed class RetryTests
{
    private static readonly Dictionary<string, (Func<Exception> Thrown, CallFault Fault, int Calls)> Faults = new()
    {
        ["timeout of the client"] =
            (() => new TaskCanceledException("The request was canceled", new TimeoutException()), CallFault.Timeout, 2),
        ["cancelled by itself"] = (() => new OperationCanceledException(), CallFault.Timeout, 2),
        ["429"] = (() => new ModelCallException(CallFault.RateLimited, "HTTP 429"), CallFault.RateLimited, 3),
        ["500"] = (() => new HttpRequestException("oops", null, HttpStatusCode.InternalServerError), CallFault.ServerError, 3),
        ["half a body"] = (() => new HttpIOException(HttpRequestError.ResponseEnded), CallFault.ServerError, 3),
        ["wrong content"] = (() => new JsonException("'<' is an invalid start of a value"), CallFault.ServerError, 3),
        ["no connection"] = (() => new HttpRequestException(HttpRequestError.ConnectionError, "refused"), CallFault.Unreachable, 3),
        ["401"] = (() => new HttpRequestException("no", null, HttpStatusCode.Unauthorized), CallFault.Unauthorized, 1),
        ["404"] = (() => new HttpRequestException("no", null, HttpStatusCode.NotFound), CallFault.ModelMissing, 1),
        ["400"] = (() => new HttpRequestException("no", null, HttpStatusCode.BadRequest), CallFault.BadRequest, 1),
        ["too long"] = (() => new ModelCallException(CallFault.TooLong, "no"), CallFault.TooLong, 1),
        ["other"] = (() => new NotSupportedException("no"), CallFault.Other, 1),
    };

    public static TheoryData<string, int> EveryFaultAtEveryPosition =>
        [.. from fault in Faults.Keys from answering in Enumerable.Range(0, 4) select (fault, answering)];

    [Theory]
    [MemberData(nameof(EveryFaultAtEveryPosition))]
    public async Task CallAsync_ModelsFailBeforeOneAnswers_TheOutcomeIsTheSameForEveryFault(string name, int answering)
    {
        var (thrown, fault, calls) = Faults[name];
        var setup = new CallerSetup();
        var clients = Enumerable.Range(0, 3)
            .Select(i => i == answering ? new FakeChatClient(FakeChatClient.Say("done")) : FakeChatClient.Throws(thrown)).ToArray();
        var outcome = await setup.RunAsync([.. clients.Select((client, i) => CallerSetup.Model($"p{i}/m", client))]);

        outcome.Answer?.Model.ShouldBe($"p{answering}/m");
        (outcome.Answer is null).ShouldBe(answering == 3);
        outcome.Failures.Select(failure => failure.Fault).ShouldBe(Enumerable.Repeat(fault, Math.Min(answering, 3) * calls));
        clients.Select(client => client.Calls).ShouldBe(Enumerable.Range(0, 3).Select(i => i < answering ? calls : i == answering ? 1 : 0));
        clients.Sum(client => client.Calls).ShouldBeLessThanOrEqualTo(3 * (1 + 2));
    }

    [Fact]
    public async Task CallAsync_RetryAfterThenSuccess_WaitsAsLongAsTheServerAsks()
    {
        var setup = new CallerSetup();
        var client = new FakeChatClient((call, _) => call == 0
            ? throw new ModelCallException(CallFault.RateLimited, "HTTP 429", TimeSpan.FromSeconds(12))
            : Task.FromResult(FakeChatClient.Say("done")));
        var outcome = await setup.RunAsync(CallerSetup.Model("a/1", client));
        outcome.Answer!.Text.ShouldBe("done");
        outcome.Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.RateLimited);
        setup.Time.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(12), TimeSpan.FromSeconds(13.2));
    }

    [Fact]
    public async Task CallAsync_RetryAfterBeyondTheBound_GoesToTheNextModelAtOnce()
    {
        var setup = new CallerSetup();
        var first = FakeChatClient.Throws(() => new ModelCallException(CallFault.RateLimited, "HTTP 429", TimeSpan.FromSeconds(31)));
        var outcome =
            await setup.AskAsync(CallerSetup.Model("a/1", first), CallerSetup.Model("b/1", new FakeChatClient(FakeChatClient.Say("done"))));
        outcome.Answer!.Model.ShouldBe("b/1");
        (first.Calls, setup.Time.Elapsed).ShouldBe((1, TimeSpan.Zero));
    }

    [Fact]
    public async Task CallAsync_ServerErrors_WaitsGrow()
    {
        var setup = new CallerSetup(new CallOptions
        {
            Retries = 6,
            RetryDelay = TimeSpan.FromSeconds(1),
            Breaker = new BreakerOptions { MinCalls = 100 }
        });
        await setup.RunAsync(CallerSetup.Model(
            "a/1", FakeChatClient.Throws(() => new ModelCallException(CallFault.ServerError, "HTTP 503"))));

        // Medians 1, 2, 4 … 20 s; jitter moves each, the sum stays within the caps.
        setup.Time.Elapsed.ShouldBeInRange(TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(6 * 20));
    }

    /// <summary>The formula: models × (1 + retries), whatever each attempt does.</summary>
    [Fact]
    public void CallAsync_AnyFaultsInAnyOrder_StaysWithinTheFormula() => Prop.ForAll(
        Gen.Choose(0, 5).ToArbitrary(), Gen.Choose(0, 3).ToArbitrary(), Gen.Choose(0, (int)CallFault.Cancelled + 2).ArrayOf().ToArbitrary(),
        (models, retries, script) =>
        {
            var setup = new CallerSetup(new CallOptions { Retries = retries, TimeoutRetries = retries });
            var client = new FakeChatClient((call, _) => call < script.Length && script[call] <= (int)CallFault.Cancelled
                ? throw new ModelCallException((CallFault)script[call], "no")
                : Task.FromResult(FakeChatClient.Say(call % 2 == 0 ? "" : "done")));
            var outcome = setup.RunAsync([.. Enumerable.Range(0, models).Select(i => CallerSetup.Model($"p/{i % 4}", client))]).GetAwaiter()
                .GetResult();
            client.Calls.ShouldBeLessThanOrEqualTo(models * (1 + retries));
            client.Calls.ShouldBe(outcome.Failures.Count(failure => failure.Fault != CallFault.BreakerOpen)
                + (outcome.Answer is null ? 0 : 1));
            setup.Told.Count(told => told.EndsWith(" started", StringComparison.Ordinal)).ShouldBe(client.Calls);
        }).QuickCheckThrowOnFailure();
}
