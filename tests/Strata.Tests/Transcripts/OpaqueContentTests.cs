using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class OpaqueContentTests
{
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, 900).Select(n => $"parcel {n}"));

    [Fact]
    public void GetTokenUsage_BeforeASummaryOfAnthropicsServer_CountsNothing()
    {
        const string Summary = """{"role":"assistant","content":[{"type":"compaction","content":"Sorted.","signature":"c2ln"},"""
            + """{"type":"text","text":"On."}]}""";
        var with = Body($$"""{"role":"user","content":"{{Long}}"},{{Summary}},{"role":"user","content":"Next."}""");
        var alone = Body($$"""{{Summary}},{"role":"user","content":"Next."}""");
        Tokens(with).ShouldBe(Tokens(alone));
        Plan(with, 20).Decisions[0].Reason.ShouldBe("the vendor's own summary stands for it");
    }

    [Fact]
    public void GetTokenUsage_BeforeASummaryThatFailed_CountsEverything()
    {
        const string Failed = """{"role":"assistant","content":[{"type":"compaction","content":null},{"type":"text","text":"On."}]}""";
        Transcript.Create(Body($$"""{"role":"user","content":"{{Long}}"},{{Failed}}""")).CoveredMessages.ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"type":"compaction","id":"cmp_1","encrypted_content":"gAAAA"}""", "understood by the vendor only")]
    [InlineData("""{"type":"additional_tools","role":"developer","tools":[]}""", "understood by the vendor only")]
    [InlineData("""{"type":"item_of_next_year","state":"x"}""", "understood by the vendor only")]
    [InlineData("""{"type":"web_search_call","id":"ws_1","status":"completed"}""", "")]
    public void Plan_ItemsOfOpenAI_PinsWhatIsNotKnown(string item, string reason)
    {
        var messages = BodyTesting.Read("openai-responses", $$"""
            {"model":"gpt-5.2","input":[{"type":"message","role":"user","content":"Sort."},{{item}},{"type":"message","role":"assistant","content":"{{Long}}"},
            {"type":"message","role":"user","content":"Next."},{"type":"message","role":"assistant","content":"{{Long}}"}]}
            """).Messages;
        var decision = Plan(messages, 400).Decisions[1];
        (decision.Action == GroupAction.Keep ? decision.Reason : "").ShouldBe(reason);
    }

    [Theory]
    [InlineData("anthropic", """{"role":"user","content":"<environment_context>cwd</environment_context>"}""", 1)]
    [InlineData("openai-responses", """{"type":"message","role":"developer","content":"Be brief."},"""
        + """{"type":"message","role":"user","content":"# AGENTS.md instructions for /x\n<INSTRUCTIONS>no tabs</INSTRUCTIONS>"}""", 2)]
    public async Task CompactAsync_LeadingSystemAndContext_StandBeforeTheSummary(string format, string leading, int count)
    {
        var said = Long.Replace("parcel", "word", StringComparison.Ordinal);
        var messages = BodyTesting.Read(format, format == "anthropic"
            ? $$"""{"model":"m","max_tokens":9,"messages":[{{leading}},{"role":"user","content":"{{Long}}"},"""
                + $$"""{"role":"assistant","content":"{{said}}"},{"role":"user","content":"Next."}]}"""
            : $$"""{"model":"m","input":[{{leading}},{"role":"user","content":"{{Long}}"},{"role":"assistant","content":"{{said}}"},"""
                + $$"""{"role":"user","content":"Next."}]}""").Messages;
        var result = await new Compactor(new CompactionOptions { Model = "gpt-4o" })
            .CompactAsync(new CompactionRequest { Messages = messages, Force = true, Target = 260 }, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Messages.Take(count).ShouldBe(messages.Take(count));
        result.Outgoing.Skip(count).ShouldContain(message => message.SourceIndex < 0);
    }

    private static IReadOnlyList<ChatMessage> Body(string messages) =>
        BodyTesting.Read("anthropic", $$"""{"model":"claude-opus-4-5","max_tokens":9,"messages":[{{messages}}]}""").Messages;

    private static int Tokens(IReadOnlyList<ChatMessage> messages) =>
        new Compactor(new CompactionOptions { Model = "gpt-4o" }).GetTokenUsage(messages).Current;

    private static CompactionPlan Plan(IReadOnlyList<ChatMessage> messages, int target) =>
        new Compactor(new CompactionOptions { Model = "gpt-4o" })
            .Plan(new CompactionRequest { Messages = messages, Force = true, Target = target });
}
