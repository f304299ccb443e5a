using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Tokens;

public sealed class TokenMapTests
{
    private static readonly MessageCounter Counter = new(CharsPerTokenCounter.Instance, RequestFraming.Anthropic);

    [Fact]
    public void OfContent_CallAndResult_LeavesFramingAside()
    {
        var transcript = Transcript.Create(
        [
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "Read")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "twelve chars")]),
        ]);
        var map = TokenMap.Measure(transcript, Counter);

        map.OfContent(0, 0).ShouldBe(2);
        map.OfContent(1, 0).ShouldBe(3);
        map.OfMessage(1).Total.ShouldBe(3 + RequestFraming.Anthropic.PerMessage + RequestFraming.Anthropic.PerToolResult);
    }

    [Fact]
    public async Task Compact_ManyCallsWithFraming_CountsItAgainstTheTarget()
    {
        var messages = new List<ChatMessage> { new(ChatRole.User, "Read all of them.") };
        for (var i = 0; i < 12; i++)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"{i}", "Read")]));
            messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent($"{i}", new string((char)('a' + i), 4_000))]));
        }

        var compactor = new Compactor(new CompactionOptions { Strategy = "prune", Window = 100_000, Counter = Counter });
        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Target = 1_400, Force = true }, TestContext.Current.CancellationToken);

        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.TokensAfter.ShouldBeLessThanOrEqualTo(result.Plan!.TokensAfter);
    }
}
