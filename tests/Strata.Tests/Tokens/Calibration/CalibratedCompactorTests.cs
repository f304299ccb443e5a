using Microsoft.Extensions.AI;
using Strata.Tokens.Calibration;

namespace Strata.Tests.Tokens.Calibration;

public sealed class CalibratedCompactorTests
{
    private const double Bills = 1.35;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CompactAsync_ModelThatBillsMoreThanWasCounted_EndsBelowTheTargetAsItIsBilled()
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", Window = 20_000 });
        await TeachAsync(compactor, Bills);
        var messages = Talk(400);
        var result = await compactor.CompactAsync(messages, Token);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        ((double)Billed(compactor, messages)).ShouldBe(result.TokensBefore, 5);
        ((double)Billed(compactor, result.Messages)).ShouldBe(result.TokensAfter, 5);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(compactor.Budget.Target);
        result.Receipt!.TokensBefore.ShouldBe(result.TokensBefore);
        result.Receipt.TokensAfter.ShouldBe(result.TokensAfter);
        result.Plan!.Decisions.Sum(decision => (double)decision.TokensBefore).ShouldBe(result.TokensBefore, result.TokensBefore * .01);
        ((double)compactor.GetTokenUsage(result.Messages).Current).ShouldBe(result.TokensAfter, 5);
    }

    [Fact]
    public async Task GetTokenUsage_BetweenCountedAndBilledThreshold_IsDueOnlyOnceCalibrated()
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", Window = 20_000 });
        var messages = Talk(1);
        for (var more = 2; compactor.GetTokenUsage(messages).Current < compactor.Budget.Threshold / 1.2; more++)
            messages = Talk(more);
        compactor.ShouldCompact(messages).ShouldBeFalse();
        compactor.GetTokenUsage(messages).ErrorBand.ShouldBe(compactor.Counter.Text.ErrorBand);

        await TeachAsync(compactor, Bills);
        var usage = compactor.GetTokenUsage(messages);
        usage.ShouldCompact.ShouldBeTrue();
        usage.ErrorBand.ShouldBeInRange(.001, .03);
    }

    [Fact]
    public async Task CompactAsync_LearntByAnEarlierProcess_IsUsedFromTheStart()
    {
        var store = new CalibrationStore();
        store.Saved["gpt-4"] = new TokenCalibration("gpt-4", Bills, .02, 40, default);
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", Window = 20_000, Calibrator = new UsageCalibrator(store) });
        var messages = Talk(400);
        var result = await compactor.CompactAsync(messages, Token);
        ((double)result.TokensBefore).ShouldBe((int)Math.Round(Counted(compactor, messages) * Bills), 2);
        result.Usage.ErrorBand.ShouldBe(.02);
    }

    [Fact]
    public async Task CompactAsync_AnotherModelThanTheOneLearnt_IsNotCalibrated()
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", Window = 20_000 });
        await TeachAsync(compactor, Bills);
        var messages = Talk(50);
        compactor.GetTokenUsage(messages, new ChatOptions { ModelId = "gpt-4-turbo" }).Current.ShouldBe(Counted(compactor, messages));
    }

    [Theory]
    [InlineData(.7)]
    [InlineData(1.1)]
    [InlineData(2.2)]
    public async Task Plan_Calibrated_HoldsItsTarget(double bills)
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4", Window = 20_000 });
        await TeachAsync(compactor, bills);
        var plan = compactor.Plan(new CompactionRequest { Messages = Talk(400) });
        plan.CannotFit.ShouldBeNull();
        plan.TokensAfter.ShouldBeLessThanOrEqualTo(compactor.Budget.Target);
        plan.Target.ShouldBeInRange(compactor.Budget.Target - 3, compactor.Budget.Target);
    }

    private static async Task TeachAsync(Compactor compactor, double bills)
    {
        for (var call = 1; call <= 20; call++)
            await compactor.Calibrator.ObserveAsync("gpt-4", 1_000 * call, (long)(1_000 * call * bills), Token);
    }

    private static int Counted(Compactor compactor, IReadOnlyList<ChatMessage> messages) =>
        messages.Sum(message => compactor.Counter.Count(message).Total) + compactor.Counter.CountRequest(null);

    private static int Billed(Compactor compactor, IReadOnlyList<ChatMessage> messages) => (int)(Counted(compactor, messages) * Bills);

    private static List<ChatMessage> Talk(int turns) =>
    [
        .. Enumerable.Range(0, turns).SelectMany(i => (IEnumerable<ChatMessage>)
        [
            new(ChatRole.User, $"Please look into ticket {i} of the billing service and say what has to be done about it."),
            new(ChatRole.Assistant,
                $"Ticket {i} is a rounding error in invoice {i * 37}: the fix goes into Rounding.cs, line {i * 3}, and needs a test."),
        ]),
    ];
}
