using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Ladder;
using Strata.Rendering;
using Strata.Transcripts;

namespace Strata.Tests.Ladder;

/// <summary>Whatever a model does, the compaction succeeds, fits, says what happened, and holds none of it.</summary>
public sealed class FaultTests
{
    private const string ErrorText = "Internal Server Error 5XX-MARK: upstream connect error or disconnect/reset before headers";

    private static readonly Dictionary<string, Func<string, string>> Faults = new()
    {
        ["rate limited"] = _ => throw new ModelCallException(CallFault.RateLimited, "429 5XX-MARK", TimeSpan.FromHours(1)),
        ["server error"] = _ => throw new ModelCallException(CallFault.ServerError, "500 5XX-MARK"),
        ["half a body"] = _ => throw new IOException("The response ended prematurely. 5XX-MARK"),
        ["unreachable"] = _ => throw new HttpRequestException("Connection refused 5XX-MARK"),
        ["no key"] = _ => throw new ModelCallException(CallFault.Unauthorized, "401 5XX-MARK"),
        ["model missing"] = _ => throw new ModelCallException(CallFault.ModelMissing, "404 5XX-MARK; ollama pull qwen2.5:7b"),
        ["bad request"] = _ => throw new ModelCallException(CallFault.BadRequest, "400 5XX-MARK"),
        ["client breaks"] = _ => throw new InvalidOperationException("5XX-MARK"),
        ["error text"] = _ => ErrorText,
        ["error json"] = _ => """{"error":{"message":"5XX-MARK overloaded","type":"overloaded_error"}}""",
        ["html"] =
            _ => "<html><head><title>502 Bad Gateway 5XX-MARK</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
        ["empty"] = _ => " \n ",
        ["thinking only"] = _ => "<think>5XX-MARK The user wants me to summarize the text. Let me think about what to say.</think>",
        ["refusal"] = _ => "I'm sorry, but I can't help with that request. 5XX-MARK",
        ["echo"] = prompt => prompt,
        ["endless"] =
            _ => string.Join(' ', Enumerable.Range(0, 5_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"5XX-MARK{i}"))),
        ["other language"] = _ => "5XX-MARK 用户要求助手查看导入器的模块，助手阅读了文件并报告说解析器会跳过空行，然后继续处理下一个模块，一切都很顺利，没有发现任何错误。",
        ["invention"] = _ => "5XX-MARK The team moved src/billing/invoice.ts to payments-v9.3.1, closed ticket OPS-99121 and set the limit "
            + "to 884422 in /etc/payments/limits.conf.",
    };

    public static TheoryData<string> All => [.. Faults.Keys];

    [Theory, MemberData(nameof(All))]
    public async Task CompactAsync_OneModelFaultsAlways_LevelZeroWrites(string fault)
    {
        var model = new FakeModel("fake/broken", (prompt, _) => Faults[fault](prompt));
        var result = await CompactAsync(LadderSession.Options(model.Callable));
        result.Summaries.Single().Nodes.ShouldAllBe(node => node.Level == 0);
        result.Summaries.Single().Nodes.ShouldContain(node => node.Failures.Count > 0, "the receipt says why no model wrote");
        result.Levels.ShouldBe([0]);
        // models × (1 + retries) a node; every part asks for itself and at most ten below it.
        model.Calls.ShouldBeLessThanOrEqualTo(3 * NodesOf(40));
    }

    [Theory, MemberData(nameof(All))]
    public async Task CompactAsync_FirstChoiceFaults_TheNextModelWrites(string fault)
    {
        var broken = new FakeModel("fake/broken", (prompt, _) => Faults[fault](prompt));
        var next = FakeModel.Honest("fake/next");
        LevelOptions[] levels = [LevelOptions.PerTurn(broken.Callable, next.Callable),
            LevelOptions.PerTenTurns(broken.Callable, next.Callable), LevelOptions.Whole(broken.Callable, next.Callable)];
        var result = await CompactAsync(new LadderOptions { Levels = levels });
        result.Summaries.Single().Nodes.ShouldContain(node => node.WrittenBy == "fake/next");
        result.Summaries.Single().Nodes.ShouldNotContain(node => node.WrittenBy == "fake/broken");
    }

    [Theory, MemberData(nameof(All))]
    public async Task CompactAsync_FaultAtEachPosition_TheRestIsWritten(string fault)
    {
        for (var position = 1; position <= 12; position++)
        {
            var model = new FakeModel("fake/shaky", (prompt, call) => call == position ? Faults[fault](prompt) : FakeModel.Digest(prompt));
            var result = await CompactAsync(LadderSession.Options(model.Callable), turns: 16, window: 8_000);
            result.Levels.ShouldContain(level => level > 0);
        }
    }

    [Fact]
    public async Task CompactAsync_ModelsComeBack_WhatLevelZeroWroteIsWrittenAgain()
    {
        var down = true;
        var model = new FakeModel(
            "fake/small", (prompt, _) => down ? throw new ModelCallException(CallFault.BadRequest, "down") : FakeModel.Digest(prompt));
        var ladder = new LadderSummarizer(LadderSession.Options(model.Callable),
            new ModelCaller(new CallOptions { RetryDelay = TimeSpan.Zero, Breaker = new BreakerOptions { MinCalls = 1_000 } }));
        var compactor = LadderSession.Compactor(ladder);
        (await compactor.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken)).Levels.ShouldBe([0]);
        down = false;
        (await compactor.CompactAsync(LadderSession.Of(40), TestContext.Current.CancellationToken)).Levels.ShouldContain(1);
    }

    private static async Task<CompactionResult> CompactAsync(LadderOptions options, int turns = 40, int window = 16_000)
    {
        var messages = LadderSession.Of(turns, wordsATurn: 60);
        var result = await LadderSession.Compactor(new LadderSummarizer(options, LadderSession.Caller()), window)
            .CompactAsync(messages, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(result.Usage.Target);
        result.Messages.ShouldAllBe(message => !message.Text.Contains("5XX-MARK", StringComparison.Ordinal));
        ConversationValidator.Check(result.Messages).ShouldBeEmpty();
        return result;
    }

    private static int NodesOf(int turns) => turns + (turns / 5) + 5;
}
