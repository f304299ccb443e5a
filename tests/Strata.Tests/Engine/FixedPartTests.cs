using Microsoft.Extensions.AI;
using Strata.Planning;

namespace Strata.Tests.Engine;

/// <summary>System messages, instructions and tools are what a conversation starts from: the rest of it pays.</summary>
public sealed class FixedPartTests
{
    [Theory]
    [InlineData("hierarchical", 420)]
    [InlineData("hybrid", 420)]
    [InlineData("summary", 420)]
    [InlineData("sliding-window", 420)]
    [InlineData("truncate", 420)]
    [InlineData("hierarchical", 1_800)]
    [InlineData("hybrid", 1_800)]
    [InlineData("sliding-window", 1_800)]
    public async Task CompactAsync_ASystemMessageThatFits_IsSentWhole(string strategy, int rules)
    {
        var system = Rules(rules);
        var messages = Growing(system, 85_000 + (rules * 20), out var compactor, strategy);

        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Force = true }, TestContext.Current.CancellationToken);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Messages[0].ShouldBeSameAs(system);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(result.Usage.Target);
    }

    [Fact]
    public async Task CompactAsync_AStatedTargetAboveTheSystemMessage_KeepsItWhole()
    {
        var system = Rules(100);
        var messages = Growing(system, 40_000, out var compactor, CompactionStrategies.Default);
        var size = compactor.Counter.Count(system).Total;

        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Force = true, Target = size + 600 }, TestContext.Current.CancellationToken);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Messages[0].ShouldBeSameAs(system);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(80)]
    [InlineData(110)]
    public async Task CompactAsync_ToolsAboveTheUsualTarget_LeaveAShareOfTheRestToMessages(int tools)
    {
        var options = new ChatOptions { Tools = [.. Enumerable.Range(0, tools).Select(Tool)] };
        var messages =
            Growing(new ChatMessage(ChatRole.System, "You are a careful clerk."), 125_000, out var compactor, CompactionStrategies.Default);
        var request = compactor.Counter.CountRequest(options);

        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, ChatOptions = options }, TestContext.Current.CancellationToken);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        var left = compactor.Budget.Available - request;
        result.TokensAfter.ShouldBeLessThanOrEqualTo(request + (int)(left * .31));
        result.TokensAfter.ShouldBeGreaterThan(request + (int)(left * .2));
    }

    [Fact]
    public void GetTokenUsage_WithTools_TakesTheSharesOfWhatMessagesMayHave()
    {
        var options = new ChatOptions { Tools = [.. Enumerable.Range(0, 40).Select(Tool)] };
        var compactor = Compactor.Create("gpt-4o");
        var request = compactor.Counter.CountRequest(options) - compactor.Counter.CountRequest(null);

        var usage = compactor.GetTokenUsage([new(ChatRole.User, "Hello")], options);

        usage.Threshold.ShouldBe(request + (int)((usage.Available - request) * .7m));
        usage.Target.ShouldBe(request + (int)((usage.Available - request) * .3m));
    }

    [Fact]
    public async Task CompactAsync_WhatMustStayAboveTheTarget_IsCompactedAsFarAsItGoes()
    {
        // The task alone is half of the window: the target of 30 % cannot be reached, yet the conversation would overflow.
        var task =
            new ChatMessage(ChatRole.User, "Check this list. " + string.Join(' ', Enumerable.Range(0, 9_000).Select(i => $"item{i}")));
        var messages = new List<ChatMessage> { task };
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Window = 80_000 });
        for (var i = 0; compactor.GetTokenUsage(messages).Current < 79_000; i++)
        {
            messages.Add(new ChatMessage(
                ChatRole.Assistant, $"Checked {i}. " + string.Join(' ', Enumerable.Range(0, 60).Select(w => $"word{w}"))));
            messages.Add(new ChatMessage(ChatRole.User, $"Go on with part {i}."));
        }

        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Pins = [0] }, TestContext.Current.CancellationToken);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Messages.ShouldContain(task);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(compactor.Budget.Available);
    }

    [Fact]
    public async Task CompactAsync_AStatedTargetBelowTheTools_SaysWhatIsInTheWay()
    {
        var options = new ChatOptions { Tools = [.. Enumerable.Range(0, 40).Select(Tool)] };
        var messages =
            Growing(new ChatMessage(ChatRole.System, "You are a careful clerk."), 60_000, out var compactor, CompactionStrategies.Default);

        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, ChatOptions = options, Target = 2_000, Force = true },
            TestContext.Current.CancellationToken);

        result.Outcome.ShouldBe(CompactionOutcome.CannotFit);
        result.Reason.ShouldContain("instructions and tools alone");
    }

    private static ChatMessage Rules(int count) => new(
        ChatRole.System,
        "You look after the ledger.\n" + string.Join('\n', Enumerable.Range(1, count).Select(n =>
            $"Rule {n}: never touch account {37 * n} without asking the owner of region {n % 11}.")));

    private static AITool Tool(int index) => AIFunctionFactory.Create(
        (string path) => path,
        $"tool_{index}",
        string.Join(' ', Enumerable.Range(0, 300).Select(word => $"describes{(index * 31) + word}")));

    private static List<ChatMessage> Growing(ChatMessage system, int tokens, out Compactor compactor, string strategy)
    {
        compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Strategy = strategy });
        var messages = new List<ChatMessage> { system };
        for (var k = 0; compactor.GetTokenUsage(messages).Current < tokens; k++)
        {
            messages.Add(new ChatMessage(
                ChatRole.User, $"Refactor module {k}. " + string.Join(' ', Enumerable.Range(0, 20).Select(w => $"part{w}"))));
            messages.Add(new ChatMessage(
                ChatRole.Assistant, $"Done {k}. " + string.Join(' ', Enumerable.Range(0, 20).Select(w => $"step{w}"))));
        }

        return messages;
    }
}
