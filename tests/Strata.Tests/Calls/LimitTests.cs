using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Costs;
using Strata.Models;
using Strata.Tests.Shared;

namespace Strata.Tests.Calls;

public sealed class LimitTests
{
    [Fact]
    public async Task CallAsync_SixtyFourAtOnce_NeverMoreThanTheModelAllows()
    {
        var setup = new CallerSetup();
        var (client, calls) = Held();
        var all = Enumerable.Range(0, 64).Select(_ => setup.AskAsync(CallerSetup.Model("a/1", client) with { MaxParallel = 3 })).ToArray();
        await ReleaseAsync(calls, all, 3);
        (client.Calls, client.MostActive).ShouldBe((64, 3));
        (await Task.WhenAll(all)).ShouldAllBe(outcome => outcome.Answer != null);
    }

    [Fact]
    public async Task CallAsync_TwoModelsOfOneProvider_ShareTheProvidersLimit()
    {
        var setup =
            new CallerSetup(new CallOptions { MaxParallelPerProvider = 9, ProviderLimits = new Dictionary<string, int> { ["a"] = 2 } });
        var (client, calls) = Held();
        var all = Enumerable.Range(0, 20).Select(i => setup.AskAsync(CallerSetup.Model($"a/{i % 2}", client))).ToArray();
        await ReleaseAsync(calls, all, 2);
        client.MostActive.ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_CapReachedByCallsAtOnce_IsNotOvershot()
    {
        // 200 tokens of output at 1 000 USD a million: 0.20 USD a call. The input is free.
        var prices = new ModelPrices(0, 1_000, null, null);
        var cap = new SpendCap(1);
        var setup = new CallerSetup(cap: cap);
        var held = new TaskCompletionSource<ChatResponse>();
        var paid = new FakeChatClient((_, _) => held.Task);
        var free = new FakeChatClient(FakeChatClient.Say("free"));
        var all = Enumerable.Range(0, 64)
            .Select(_ => setup.AskAsync(
                CallerSetup.Model("a/1", paid) with { Prices = prices, MaxParallel = 64 },
                CallerSetup.Model("b/1", free) with { Prices = new ModelPrices(0, 0, null, null), MaxParallel = 64 }))
            .ToArray();
        held.SetResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "paid"))
        {
            Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 200 }
        });
        var outcomes = await Task.WhenAll(all);

        (paid.Calls, free.Calls, cap.Spent, cap.Reserved).ShouldBe((5, 59, 1m, 0m));
        outcomes.Count(outcome => outcome.Failures is [{ Fault: CallFault.SpendCapReached, Usage.InputTokens: 0 }]).ShouldBe(59);
    }

    [Fact]
    public async Task CallAsync_CallThatCostsLessThanItMight_GivesTheRestBack()
    {
        var prices = new ModelPrices(0, 1_000, null, null);
        var cap = new SpendCap(.25m);
        var setup = new CallerSetup(cap: cap);
        var answer = new ChatResponse(new ChatMessage(ChatRole.Assistant, "short"))
        {
            Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 20 }
        };
        var model = CallerSetup.Model("a/1", new FakeChatClient(answer)) with { Prices = prices };
        (await setup.AskAsync(model)).Answer!.Usage.Cost.ShouldBe(.02m);
        cap.Spent.ShouldBe(.02m);
        (await setup.AskAsync(model)).Answer.ShouldNotBeNull();
        cap.Spent.ShouldBe(.04m);
        (await setup.AskAsync(model)).Answer.ShouldNotBeNull();

        // 0.06 spent: one more could cost 0.20 and would pass 0.25.
        var refused = (await setup.AskAsync(model)).Failures.ShouldHaveSingleItem();
        (refused.Fault,
            refused.Reason).ShouldBe((CallFault.SpendCapReached,
                "not called: it could cost 0.2 USD, which the spend cap of 0.25 USD does not leave"));
        setup.Told[^1].ShouldBe("a/1 SpendCapReached");
    }

    [Theory]
    [InlineData(CallFault.RateLimited, 0)]
    [InlineData(CallFault.ServerError, 0)]
    [InlineData(CallFault.Timeout, .2)]
    public async Task CallAsync_FailedCall_IsBookedWhereItMayBeBilled(CallFault fault, double spent)
    {
        var cap = new SpendCap(1);
        var setup = new CallerSetup(new CallOptions { Retries = 0 }, cap);
        var outcome = await setup.AskAsync(CallerSetup.Model("a/1",
            FakeChatClient.Throws(() => new ModelCallException(fault, "no"))) with { Prices = new ModelPrices(0, 1_000, null, null) });
        (cap.Spent, cap.Reserved, outcome.Failures[0].Usage.Cost).ShouldBe(((decimal)spent, 0m, (decimal)spent));
    }

    [Fact]
    public async Task CallAsync_UnknownPrices_AreNotCapped()
    {
        var setup = new CallerSetup(cap: new SpendCap(0));
        (await setup.AskAsync(CallerSetup.Model("a/1", new FakeChatClient(FakeChatClient.Say("done"))))).Answer!.Usage.Cost.ShouldBeNull();
    }

    private static (FakeChatClient Client, System.Threading.Channels.Channel<TaskCompletionSource<ChatResponse>> Calls) Held()
    {
        var calls = System.Threading.Channels.Channel.CreateUnbounded<TaskCompletionSource<ChatResponse>>();
        return (new FakeChatClient((_, _) =>
        {
            var call = new TaskCompletionSource<ChatResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
            calls.Writer.TryWrite(call);
            return call.Task;
        }), calls);
    }

    /// <summary>Lets calls end one by one, always with as many under way as may be.</summary>
    private static async Task ReleaseAsync(
        System.Threading.Channels.Channel<TaskCompletionSource<ChatResponse>> calls, Task[] all, int atOnce)
    {
        var held = new Queue<TaskCompletionSource<ChatResponse>>();
        for (var read = 0; read < all.Length; read++)
        {
            held.Enqueue(await calls.Reader.ReadAsync(TestContext.Current.CancellationToken));
            if (held.Count == atOnce)
                held.Dequeue().SetResult(FakeChatClient.Say("done"));
        }

        foreach (var call in held)
            call.SetResult(FakeChatClient.Say("done"));
        await Task.WhenAll(all);
    }
}
