using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Models;
using Strata.Tests.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Engine;

/// <summary>What makes a compaction due beside tokens.</summary>
public sealed class TriggerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(200)]
    [InlineData(30)]
    public async Task CompactAsync_PruneOfSeed4_LeavesTheNewestTwentyMessages(int exchanges)
    {
        var compactor = new Compactor(CompactionProfiles.Operations with { Model = "claude-haiku-4-5" });
        var messages = Exchanges(exchanges);

        var result = await compactor.CompactAsync(messages, Cancel);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.Messages.TakeLast(20).ShouldBe(messages.TakeLast(20));
        // The task and the line that says what is gone stand before them.
        result.Messages.Count.ShouldBe(22);
    }

    [Fact]
    public async Task CompactAsync_PruneAgain_WaitsForTenMoreExchanges()
    {
        var compactor = new Compactor(CompactionProfiles.Operations with { Model = "claude-haiku-4-5" });
        List<ChatMessage> messages = [.. (await compactor.CompactAsync(Exchanges(30), Cancel)).Messages];
        var at = new List<int>();
        for (var exchange = 1; exchange <= 22; exchange++)
        {
            messages.AddRange(Exchanges(1));
            var result = await compactor.CompactAsync(messages, Cancel);
            if (result.Outcome == CompactionOutcome.Compacted)
                at.Add(exchange);
            messages = [.. result.Messages];
        }

        at.ShouldBe([11, 22]);
    }

    [Fact]
    public async Task CompactAsync_PruneByAnotherProcess_ChangesNothingInWhatWasPruned()
    {
        var options = CompactionProfiles.Operations with { Model = "claude-haiku-4-5" };
        var pruned = (await new Compactor(options).CompactAsync(Exchanges(30), Cancel)).Messages;

        (await new Compactor(options).CompactAsync(pruned, Cancel)).Outcome.ShouldBe(CompactionOutcome.Unchanged);
    }

    [Fact]
    public async Task CompactAsync_TenExchanges_AreNotPruned()
    {
        var compactor = new Compactor(CompactionProfiles.Operations with { Model = "claude-haiku-4-5" });

        (await compactor.CompactAsync(Exchanges(10), Cancel)).Outcome.ShouldBe(CompactionOutcome.Unchanged);
    }

    [Theory]
    [InlineData("hybrid")]
    [InlineData("hierarchical")]
    [InlineData("summary")]
    [InlineData("sliding-window")]
    [InlineData("truncate")]
    [InlineData("selective")]
    public async Task CompactAsync_ManyMessagesFarBelowTheThreshold_AreCompactedByEveryStrategy(string strategy)
    {
        var compactor = new Compactor(new CompactionOptions
        {
            Window = 1_000_000, Strategy = strategy, Triggers = new TriggerOptions { Messages = 100 },
        });

        var result = await compactor.CompactAsync(Exchanges(60, words: 60), Cancel);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.TokensAfter.ShouldBeLessThan(result.TokensBefore * 3 / 4);
        (await compactor.CompactAsync([.. result.Messages], Cancel)).Outcome.ShouldBe(CompactionOutcome.Unchanged);
    }

    [Fact]
    public void GetTokenUsage_EachTrigger_FiresAboveItsNumberAndSaysSo()
    {
        var time = new ManualTime();
        List<ChatMessage> messages =
        [
            new(ChatRole.System, "Be brief."),
            new(ChatRole.User, "Read both files.") { CreatedAt = time.GetUtcNow() - TimeSpan.FromHours(3) },
            new(ChatRole.Assistant, [new FunctionCallContent("1", "read"), new FunctionCallContent("2", "read")]),
            new(ChatRole.Tool, [new FunctionResultContent("1", "one")]),
            new(ChatRole.Tool, [new FunctionResultContent("2", "two")]),
        ];

        Trigger(new() { Messages = 3 }).ShouldBe("4 messages are more than 3");
        Trigger(new() { Messages = 4 }).ShouldBeNull();
        Trigger(new() { Turns = 0 }).ShouldBe("1 turns are more than 0");
        Trigger(new() { Turns = 1 }).ShouldBeNull();
        Trigger(new() { ToolResults = 1 }).ShouldBe("2 tool results are more than 1");
        Trigger(new() { ToolResults = 2 }).ShouldBeNull();
        Trigger(new() { Age = TimeSpan.FromHours(2) }).ShouldBe("the oldest message is older than 02:00:00");
        Trigger(new() { Age = TimeSpan.FromHours(3) }).ShouldBeNull();
        Trigger(new() { When = state => state.Usage.Current > 5 && state.Turns == 1 }).ShouldNotBeNull();
        Trigger(new() { When = _ => false }).ShouldBeNull();
        Trigger(new() { Messages = 3, ToolResults = 2 }).ShouldNotBeNull();
        Trigger(new() { Messages = 3, ToolResults = 2, All = true }).ShouldBeNull();
        Trigger(new() { Messages = 3, ToolResults = 1, All = true }).ShouldBe("4 messages are more than 3, 2 tool results are more than 1");
        Trigger(new()).ShouldBeNull();

        string? Trigger(TriggerOptions triggers)
        {
            var usage = new Compactor(new CompactionOptions { Window = 100_000, Triggers = triggers }, time: time).GetTokenUsage(messages);
            usage.ShouldCompact.ShouldBe(usage.Trigger is not null);
            return usage.Trigger;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GetResponseAsync_TurnsPassed_SendsLess(bool background)
    {
        using var inner = new FakeChatClient();
        var compactor = new Compactor(CompactionProfiles.Operations with { Model = "gpt-4o" });
        using var client = inner.WithCompaction(compactor, new ConversationOptions { Background = background });
        List<ChatMessage> messages = [];
        var sent = new List<int>();
        for (var i = 0; i < 24; i++)
        {
            messages.Add(new(ChatRole.User, $"Rename file {i} and say when it is done."));
            messages.AddRange((await client.GetResponseAsync(messages, cancellationToken: Cancel)).Messages);
            sent.Add(inner.Last.Count);
        }

        // The eleventh exchange is the first to be pruned, the next eleven later.
        sent[9].ShouldBe(19);
        sent.Max().ShouldBeLessThan(45);
        sent[^1].ShouldBeLessThan(30);
    }

    [Fact]
    public void WindowRatio_OfUsage_IsTheShareOfTheWholeWindow()
    {
        var usage = new Compactor(new CompactionOptions { Window = 10_000, Budget = new BudgetOptions { ReservedOutput = 4_000 } })
            .GetTokenUsage(Exchanges(40));

        usage.WindowRatio.ShouldBe(usage.Current / 10_000d);
        usage.Ratio.ShouldBeGreaterThan(usage.WindowRatio);
    }

    private static List<ChatMessage> Exchanges(int count, int words = 8) =>
    [
        .. Enumerable.Range(0, count).SelectMany(i => new ChatMessage[]
        {
            new(ChatRole.User, $"Refactor module {i} so that its tests pass, please, and report {Words(words)}."),
            new(ChatRole.Assistant, $"Module {i} is refactored, and its {i + 3} tests pass: {Words(words)}."),
        }),
    ];

    private static string Words(int count) => string.Join(' ', Enumerable.Range(0, count).Select(i => $"word{i}"));
}
