using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Costs;
using Strata.Models;
using Strata.Tests.Shared;

namespace Strata.Tests.Calls;

public sealed class TimeoutTests
{
    private static readonly ModelPrices Prices = new(1m, 10m, null, null);

    [Fact]
    public async Task CallAsync_ClientThatNeverReturns_IsLeftBehindAfterTheTimeout()
    {
        var setup = new CallerSetup();
        var first = new FakeChatClient((_, _) => new TaskCompletionSource<ChatResponse>().Task);
        var asked =
            setup.AskAsync(CallerSetup.Model("a/1", first), CallerSetup.Model("b/1", new FakeChatClient(FakeChatClient.Say("done"))));
        await PassTimeoutsAsync(setup, asked, times: 2);
        var outcome = await asked;
        outcome.Answer!.Model.ShouldBe("b/1");
        outcome.Failures.Select(failure => failure.Fault).ShouldBe([CallFault.Timeout, CallFault.Timeout]);
        outcome.Failures[0].Reason.ShouldBe("no answer within 300 s");
        outcome.Failures[0].Usage.Duration.ShouldBe(CallerSetup.Timeout);
    }

    [Fact]
    public async Task CallAsync_ClientThatBlocksItsThread_IsLeftBehindAfterTheTimeout()
    {
        using var end = new ManualResetEventSlim();
        var setup = new CallerSetup(new CallOptions { TimeoutRetries = 0 });
        var asked = setup.AskAsync(CallerSetup.Model("a/1", new FakeChatClient((_, _) =>
        {
            end.Wait(TestContext.Current.CancellationToken);
            return Task.FromResult(FakeChatClient.Say("too late"));
        })));
        await PassTimeoutsAsync(setup, asked, times: 1);
        (await asked).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.Timeout);
        end.Set();
    }

    [Fact]
    public async Task CallAsync_ClientThatHeedsItsToken_IsATimeoutAsWell()
    {
        var setup = new CallerSetup(new CallOptions { Retries = 0 });
        var asked = setup.AskAsync(CallerSetup.Model("a/1", new FakeChatClient(async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return FakeChatClient.Say("never");
        })));
        await PassTimeoutsAsync(setup, asked, times: 1);
        (await asked).Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.Timeout);
    }

    [Fact]
    public async Task CallAsync_WaitForASlot_DoesNotCountToTheTimeout()
    {
        var setup = new CallerSetup(new CallOptions { Retries = 0 });
        var running = new TaskCompletionSource<ChatResponse>();
        var client = new FakeChatClient((call, _) => call == 0 ? running.Task : new TaskCompletionSource<ChatResponse>().Task);
        var model = CallerSetup.Model("a/1", client) with { MaxParallel = 1 };
        var first = setup.AskAsync(model);
        await setup.Time.WhenPendingAsync(due => due == CallerSetup.Timeout);
        var second = setup.AskAsync(model);
        setup.Time.Advance(CallerSetup.Timeout - TimeSpan.FromSeconds(1));
        running.SetResult(FakeChatClient.Say("just in time"));
        (await first).Answer!.Text.ShouldBe("just in time");
        await PassTimeoutsAsync(setup, second, times: 1);
        (await second).Failures.ShouldHaveSingleItem().Usage.Duration.ShouldBe(CallerSetup.Timeout);
    }

    [Fact]
    public async Task CallAsync_CancelledMidCall_ThrowsAtOnceAndBooksWhatItCanHaveCost()
    {
        var cap = new SpendCap(1);
        var setup = new CallerSetup(cap: cap);
        using var cancel = new CancellationTokenSource();
        var first = new FakeChatClient((_, _) => new TaskCompletionSource<ChatResponse>().Task);
        var second = new FakeChatClient(FakeChatClient.Say("second"));
        var asked = setup.AskAsync(
            _ => null, cancel.Token, CallerSetup.Model("a/1", first) with { Prices = Prices }, CallerSetup.Model("b/1", second));
        await first.CalledAsync(1);
        await cancel.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => asked)).CancellationToken.ShouldBe(cancel.Token);
        second.Calls.ShouldBe(0);
        setup.Told.ShouldBe(["a/1 started", "a/1 Cancelled"]);
        cap.Reserved.ShouldBe(0);

        // 200 tokens of output are 0.002 USD; the input comes on top.
        cap.Spent.ShouldBeInRange(.002m, .0022m);
    }

    [Fact]
    public async Task CallAsync_CancelledWhileItWaitsForARetry_Throws()
    {
        var setup = new CallerSetup();
        using var cancel = new CancellationTokenSource();
        var asked = setup.AskAsync(_ => null, cancel.Token,
            CallerSetup.Model("a/1", FakeChatClient.Throws(() => new ModelCallException(CallFault.ServerError, "HTTP 500"))));
        await setup.Time.WhenPendingAsync(due => due < TimeSpan.FromMinutes(1));
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asked);
    }

    [Fact]
    public async Task CallAsync_CancelledWhileItWaitsForASlot_ThrowsAndLeavesTheSlot()
    {
        var setup = new CallerSetup();
        var running = new TaskCompletionSource<ChatResponse>();
        var client = new FakeChatClient((_, _) => running.Task);
        var model = CallerSetup.Model("a/1", client) with { MaxParallel = 1 };
        var first = setup.AskAsync(model);
        await setup.Time.WhenPendingAsync(due => due == CallerSetup.Timeout);
        using var cancel = new CancellationTokenSource();
        var second = setup.AskAsync(_ => null, cancel.Token, model);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        running.SetResult(FakeChatClient.Say("done"));
        (await first).Answer.ShouldNotBeNull();
        (await setup.AskAsync(model)).Answer.ShouldNotBeNull();
        client.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_CancelledBefore_SendsNothing()
    {
        var client = new FakeChatClient(FakeChatClient.Say("done"));
        await Should.ThrowAsync<OperationCanceledException>(() =>
            new CallerSetup().AskAsync(_ => null, new CancellationToken(canceled: true), CallerSetup.Model("a/1", client)));
        client.Calls.ShouldBe(0);
    }

    private static async Task PassTimeoutsAsync(CallerSetup setup, Task asked, int times)
    {
        for (var i = 0; i < times; i++)
        {
            var timeout = setup.Time.WhenPendingAsync(due => due == CallerSetup.Timeout);
            while (!timeout.IsCompleted)
            {
                asked.IsCompleted.ShouldBeFalse();
                var retry = setup.Time.WhenPendingAsync(due => due < CallerSetup.Timeout);
                if (await Task.WhenAny(timeout, retry, asked) == retry)
                    setup.Time.Advance(await retry);
            }

            setup.Time.Advance(CallerSetup.Timeout);
        }
    }
}
