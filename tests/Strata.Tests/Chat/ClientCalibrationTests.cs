using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Tokens.Calibration;

namespace Strata.Tests.Chat;

public sealed class ClientCalibrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 600)]
    public async Task GetResponseAsync_ModelThatBillsMore_IsEstimatedWithinThreePercentAfterTwentyCalls(bool isStreaming, int overhead)
    {
        var compactor = NewCompactor();
        using var model = new LimitedModel(compactor, int.MaxValue, _ => new InvalidOperationException(), 1.35, overhead);
        using var client = model.WithCompaction(compactor);
        List<ChatMessage> messages = [new(ChatRole.User, "Audit the ledger.")];
        for (var call = 0; call < 60; call++)
        {
            var state = ((Strata.Chat.CompactingChatClient)client).GetState(messages);
            if (isStreaming)
                await client.GetStreamingResponseAsync(messages, cancellationToken: Token).ToChatResponseAsync(Token);
            else
                await client.GetResponseAsync(messages, cancellationToken: Token);

            // A compaction within the call makes the state from before it another one's.
            if (call >= 20 && !state.NeedsCompaction)
                ((double)state.Tokens).ShouldBe(model.Sent[^1], model.Sent[^1] * .03);
            messages.Add(new ChatMessage(
                ChatRole.Assistant, $"Entry {call} is booked; the sums are {string.Join(' ', Enumerable.Range(call, 150))}."));
            messages.Add(new ChatMessage(ChatRole.User, $"Then look at entry {call + 1}."));
        }

        model.Sent.Max().ShouldBeLessThanOrEqualTo(compactor.Budget.Available);
        client.GetService<UsageCalibrator>().ShouldBeSameAs(compactor.Calibrator);
    }

    [Fact]
    public async Task GetResponseAsync_NextProcess_KnowsWhatTheFirstLearnt()
    {
        await using var archive = new InMemoryArchive();
        var first = NewCompactor(archive);
        using (var client = new LimitedModel(first, int.MaxValue, _ => new InvalidOperationException(), 1.35).WithCompaction(first))
            await client.GetResponseAsync(
                [new ChatMessage(ChatRole.User, string.Join(' ', Enumerable.Range(0, 1_500)))], cancellationToken: Token);

        var second = NewCompactor(archive);
        using var next = new LimitedModel(second, int.MaxValue, _ => new InvalidOperationException(), 1.35).WithCompaction(second);
        await next.GetResponseAsync([new ChatMessage(ChatRole.User, "hello")], cancellationToken: Token);
        second.Calibrator.Find("model-1")!.Ratio.ShouldBe(1.35, .15);
        second.Calibrator.Find("model-1")!.Samples.ShouldBe(2);
    }

    private static Compactor NewCompactor(IArchive? archive = null) =>
        new(new CompactionOptions { Model = "model-1", Window = 30_000, MinTokensToCompact = 0 }, archive: archive);
}
