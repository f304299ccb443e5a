using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Tokens.Calibration;

namespace Strata.Extensions.AI.Tests;

/// <summary>Servers that take the end of what they are sent, and report that as the input.</summary>
public sealed class SilentCutTests
{
    private const string Model = "qwen2.5:7b";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(4_096, 40, 0)]
    [InlineData(4_096, 150, 0)]
    [InlineData(2_048, 40, 0)]
    [InlineData(8_192, 150, 0)]
    [InlineData(4_096, 40, 30)]
    public async Task GetResponseAsync_ServerThatCuts_IsLearntByTheThirdRequestThatItCuts(int limit, int words, int turnsBefore)
    {
        var notices = new List<ConversationNotice>();
        using var model = new ModelStandIn(Model) { Reports = tokens => Math.Min(tokens, limit) };
        using var client = model.AsBuilder()
            .UseCompaction(new CompactionOptions(), new ConversationOptions { OnNotice = notices.Add }).Build();
        List<ChatMessage> messages = [new(ChatRole.System, "You keep the ledger.")];
        for (var turn = -turnsBefore; turn < 60; turn++)
        {
            messages.Add(new ChatMessage(ChatRole.User, Text(turn, words)));
            if (turn >= 0)
                messages.AddMessages(await client.GetResponseAsync(messages, cancellationToken: Token));
            messages.Add(new ChatMessage(ChatRole.Assistant, Text(turn + 1_000, words)));
        }

        var sent = model.Requests.Select(request => ModelStandIn.TokensOf(request, Model)).ToList();
        sent.Count(tokens => tokens > limit).ShouldBeInRange(1, 3);
        var lastCut = sent.FindLastIndex(tokens => tokens > limit);
        sent.Skip(lastCut + 1).ShouldAllBe(tokens => tokens <= limit);
        (sent.Count - lastCut).ShouldBeGreaterThan(10);
        notices.Where(notice => notice.Kind == ConversationNoticeKind.InputCut).ShouldHaveSingleItem().Message.ShouldContain("num_ctx");
        client.GetService<ConversationState>()!.Window.ShouldBe(limit);
        (client.GetService<UsageCalibrator>()!.Find(Model)?.Ratio ?? 1).ShouldBe(1, .03);
    }

    [Fact]
    public async Task GetResponseAsync_ServerThatDropsWholeMessages_IsLearnt()
    {
        var notices = new List<ConversationNotice>();
        var call = 0;
        using var model = new ModelStandIn(Model) { Reports = tokens => tokens < 4_096 ? tokens : 4_096 - (call++ * 37 % 101) };
        using var client = model.AsBuilder()
            .UseCompaction(new CompactionOptions(), new ConversationOptions { OnNotice = notices.Add }).Build();
        await TalkAsync(client, turns: 80, words: 40);
        notices.ShouldContain(notice => notice.Kind == ConversationNoticeKind.InputCut);
        client.GetService<ConversationState>()!.Window.ShouldBeInRange(3_900, 4_096);
    }

    [Theory]
    [InlineData(1.35, 0)]
    [InlineData(.5, 0)]
    [InlineData(1, 900)]
    public async Task GetResponseAsync_ServerThatCountsOtherwise_IsNotTakenForOne(double bills, int overhead)
    {
        var notices = new List<ConversationNotice>();
        using var model = new ModelStandIn(Model) { Reports = tokens => (long)(tokens * bills) + overhead };
        using var client = model.AsBuilder()
            .UseCompaction(new CompactionOptions(), new ConversationOptions { OnNotice = notices.Add }).Build();
        await TalkAsync(client, turns: 60, words: 40);
        notices.ShouldBeEmpty();
        client.GetService<UsageCalibrator>()!.Find(Model)!.Ratio.ShouldBe(bills, bills * .35);
    }

    [Fact]
    public async Task GetResponseAsync_ServerThatReportsWhatNoCacheHad_IsNotTakenForOne()
    {
        var notices = new List<ConversationNotice>();
        var before = 0L;
        using var model = new ModelStandIn(Model)
        {
            Reports = tokens =>
            {
                var fresh = tokens - before;
                before = tokens;
                return fresh;
            },
        };
        using var client = model.AsBuilder()
            .UseCompaction(new CompactionOptions(), new ConversationOptions { OnNotice = notices.Add }).Build();
        await TalkAsync(client, turns: 60, words: 40);
        notices.ShouldBeEmpty();
    }

    private static async Task TalkAsync(IChatClient client, int turns, int words)
    {
        List<ChatMessage> messages = [];
        for (var turn = 0; turn < turns; turn++)
        {
            messages.Add(new ChatMessage(ChatRole.User, Text(turn, words)));
            messages.AddMessages(await client.GetResponseAsync(messages, cancellationToken: Token));
            messages.Add(new ChatMessage(ChatRole.Assistant, Text(turn + 1_000, words)));
        }
    }

    private static string Text(int turn, int words) =>
        $"Entry {turn}: {string.Join(' ', Enumerable.Range(0, words).Select(word => $"{(word * 31) + turn} sum"))}";
}
