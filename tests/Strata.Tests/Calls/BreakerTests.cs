using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Calls;

public sealed class BreakerTests
{
    private static readonly CallOptions Options = new() { Retries = 0, Breaker = new BreakerOptions { MinCalls = 4 } };

    [Fact]
    public async Task CallAsync_ModelThatFails_IsLeftAloneProbedByOneCallAndTakenBack()
    {
        var setup = new CallerSetup(Options);
        var probe = new TaskCompletionSource<ChatResponse>();
        var client = new FakeChatClient((call, _) => call < 4
            ? throw new ModelCallException(CallFault.ServerError, "HTTP 500")
            : call == 4 ? probe.Task : Task.FromResult(FakeChatClient.Say("well again")));
        var model = CallerSetup.Model("a/1", client);
        await OpenAsync(setup, model);

        (await setup.AskAsync(model)).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.BreakerOpen);
        client.Calls.ShouldBe(4);

        setup.Time.Advance(Options.Breaker.Break);
        var probing = setup.AskAsync(model);
        await client.CalledAsync(5);
        foreach (var _ in Enumerable.Range(0, 3))
            (await setup.AskAsync(model)).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.BreakerOpen);
        client.Calls.ShouldBe(5);

        probe.SetResult(FakeChatClient.Say("better"));
        (await probing).Answer!.Text.ShouldBe("better");
        (await setup.AskAsync(model)).Answer!.Text.ShouldBe("well again");
    }

    [Fact]
    public async Task CallAsync_ProbeThatFails_LeavesTheModelAloneAgain()
    {
        var setup = new CallerSetup(Options);
        var client = FakeChatClient.Throws(() => new ModelCallException(CallFault.ServerError, "HTTP 500"));
        var model = CallerSetup.Model("a/1", client);
        await OpenAsync(setup, model);
        setup.Time.Advance(Options.Breaker.Break);
        await setup.AskAsync(model);
        (await setup.AskAsync(model)).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.BreakerOpen);
        client.Calls.ShouldBe(5);
    }

    [Fact]
    public async Task CallAsync_ProbeThatIsCancelled_HasShownNothing()
    {
        var setup = new CallerSetup(Options);
        var client = new FakeChatClient((call, _) => call < 4
            ? throw new ModelCallException(CallFault.ServerError, "HTTP 500")
            : call == 4 ? new TaskCompletionSource<ChatResponse>().Task : Task.FromResult(FakeChatClient.Say("done")));
        var model = CallerSetup.Model("a/1", client);
        await OpenAsync(setup, model);
        setup.Time.Advance(Options.Breaker.Break);
        using var cancel = new CancellationTokenSource();
        var probing = setup.AskAsync(_ => null, cancel.Token, model);
        await client.CalledAsync(5);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => probing);
        (await setup.AskAsync(model)).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.BreakerOpen);

        setup.Time.Advance(Options.Breaker.Break);
        (await setup.AskAsync(model)).Answer!.Text.ShouldBe("done");
    }

    [Fact]
    public async Task CallAsync_CancelledCalls_DoNotOpenTheBreaker()
    {
        var setup = new CallerSetup(Options);
        var client = new FakeChatClient((call, _) =>
            call < 8 ? new TaskCompletionSource<ChatResponse>().Task : Task.FromResult(FakeChatClient.Say("done")));
        var model = CallerSetup.Model("a/1", client);
        for (var i = 0; i < 8; i++)
        {
            using var cancel = new CancellationTokenSource();
            var asked = setup.AskAsync(_ => null, cancel.Token, model);
            await client.CalledAsync(i + 1);
            await cancel.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => asked);
        }

        (await setup.AskAsync(model)).Answer!.Text.ShouldBe("done");
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(1, true)]
    public async Task CallAsync_AnswersThatAreRefused_CountByTheirShare(int acceptedOfThree, bool opens)
    {
        var setup = new CallerSetup(Options);
        var client = new FakeChatClient((call, _) => Task.FromResult(FakeChatClient.Say(call % 3 < acceptedOfThree ? "good" : "bad")));
        for (var i = 0; i < 6; i++)
            await setup.AskAsync(
                answer => answer.Text == "bad" ? "no good" : null, TestContext.Current.CancellationToken, CallerSetup.Model("a/1", client));
        setup.Told.Contains("a/1 BreakerOpen").ShouldBe(opens);
    }

    [Fact]
    public async Task CallAsync_BreakerOfOneModel_LeavesTheOthersAlone()
    {
        var setup = new CallerSetup(Options);
        await OpenAsync(
            setup, CallerSetup.Model("a/1", FakeChatClient.Throws(() => new ModelCallException(CallFault.ServerError, "HTTP 500"))));
        (await setup.AskAsync(CallerSetup.Model("a/2", new FakeChatClient(FakeChatClient.Say("done"))))).Answer.ShouldNotBeNull();
    }

    [Fact]
    public async Task CallAsync_OpenBreaker_IsKnownWithoutWaitingForASlot()
    {
        var setup = new CallerSetup(Options);
        var client = new FakeChatClient((call, _) => call is 0 or 5 ? new TaskCompletionSource<ChatResponse>().Task
            : throw new ModelCallException(CallFault.ServerError, "HTTP 500"));
        var model = CallerSetup.Model("a/1", client) with { MaxParallel = 2 };
        _ = setup.AskAsync(model);
        await client.CalledAsync(1);
        await OpenAsync(setup, model);
        setup.Time.Advance(Options.Breaker.Break);
        _ = setup.AskAsync(model);
        await client.CalledAsync(6);

        // A call that hangs and the probe hold both slots.
        (await setup.AskAsync(model)).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.BreakerOpen);
    }

    private static async Task OpenAsync(CallerSetup setup, CallableModel model)
    {
        for (var i = 0; i < Options.Breaker.MinCalls; i++)
            await setup.AskAsync(model);
        setup.Told.ShouldNotContain($"{model.Name} BreakerOpen");
    }
}
