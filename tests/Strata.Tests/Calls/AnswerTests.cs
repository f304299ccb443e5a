using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Models;
using Strata.Tests.Shared;
using Strata.Tokens;

namespace Strata.Tests.Calls;

public sealed class AnswerTests
{
    [Theory]
    [InlineData("<think>Let me see.</think>\n\nThe build is green.", "The build is green.")]
    [InlineData("<think>\nLet me see <b>.\n</think>The build is green.", "The build is green.")]
    [InlineData("<THINKING>hm</THINKING> The build is green.", "The build is green.")]
    [InlineData("<think>a</think>\n<think>b</think>\nThe build is green.", "The build is green.")]
    [InlineData("Okay, the user wants a summary.\n</think>\n\nThe build is green.", "The build is green.")]
    [InlineData("The build is green.\n<think>Anything else? No.", "The build is green.")]
    [InlineData("The tag `<think>` opens and `</think>` ends it.", "The tag `<think>` opens and `</think>` ends it.")]
    [InlineData("  a < b and b > c\n", "a < b and b > c")]
    public async Task CallAsync_ThinkingBetweenTags_IsLeftOut(string said, string answer) =>
        (await AskAsync(FakeChatClient.Say(said))).Answer!.Text.ShouldBe(answer);

    public static TheoryData<string, ChatResponse> NoAnswers => new()
    {
        { "is empty", FakeChatClient.Say(" \n") },
        { "is empty", new ChatResponse() },
        { "thought and did not answer", FakeChatClient.Say("<think>Let me see, the user said") },
        { "thought and did not answer", new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm")])) },
        { "used up before the answer began",
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new TextReasoningContent("hm")]))
            {
                FinishReason = ChatFinishReason.Length
            } },
        { "refused to answer (content_filter)",
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "I can")) { FinishReason = ChatFinishReason.ContentFilter } },
        { "refused to answer: I cannot",
            new ChatResponse(new ChatMessage(ChatRole.Assistant, [new ErrorContent("I cannot help with that.")])) },
        { "called a tool", new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "read")])) },
    };

    [Theory]
    [MemberData(nameof(NoAnswers))]
    public async Task CallAsync_ResponseWithoutAnAnswer_SaysWhyAndIsNotAskedAgain(string why, ChatResponse response)
    {
        var failure = (await AskAsync(response)).Failures.ShouldHaveSingleItem();
        failure.Fault.ShouldBe(CallFault.NoAnswer);
        failure.Reason.ShouldContain(why);
    }

    [Fact]
    public async Task CallAsync_OutputLimitReached_IsSaid() =>
        (await AskAsync(new ChatResponse(new ChatMessage(ChatRole.Assistant, "The build"))
        {
            FinishReason = ChatFinishReason.Length
        })).Answer!.WasCut.ShouldBeTrue();

    [Fact]
    public async Task CallAsync_ReportedUsage_IsTakenAndPriced()
    {
        var usage = new UsageDetails
        {
            InputTokenCount = 1_000,
            OutputTokenCount = 50,
            CachedInputTokenCount = 400,
            AdditionalCounts = new() { ["cache_creation_input_tokens"] = 100 }
        };
        var outcome = await AskAsync(
            new ChatResponse(new ChatMessage(ChatRole.Assistant, "done")) { Usage = usage }, new ModelPrices(2, 10, .2m, 2.5m));
        var taken = outcome.Answer!.Usage;

        // (500 × 2 + 400 × 0.2 + 100 × 2.5 + 50 × 10) / 1 000 000
        (taken.InputTokens, taken.OutputTokens, taken.CachedTokens, taken.Cost).ShouldBe((1_000, 50, 400, .00183m));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallAsync_NoUsageOrZero_IsCounted(bool zero)
    {
        var response = new ChatResponse(new ChatMessage(
            ChatRole.Assistant, [new TextReasoningContent("hm, well"), new TextContent("The build is green.")]));
        if (zero)
            response.Usage = new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 };
        var counter = TokenCounters.ForEncoding("o200k_base");
        var outcome =
            await new CallerSetup(new CallOptions { Counter = counter }).AskAsync(CallerSetup.Model("a/1", new FakeChatClient(response)));
        var taken = outcome.Answer!.Usage;
        taken.OutputTokens.ShouldBe(counter.Count("hm, well") + counter.Count("The build is green."));
        taken.InputTokens.ShouldBe(new MessageCounter(counter).Count(new ChatMessage(ChatRole.User, "Summarize the conversation.")).Total
            + RequestFraming.OpenAI.PerRequest);
    }

    [Fact]
    public async Task CallAsync_ClientThatReturnsNull_IsAFault()
    {
        var client = new FakeChatClient((_, _) => Task.FromResult<ChatResponse>(null!));
        (await new CallerSetup().AskAsync(CallerSetup.Model("a/1", client))).Failures.ShouldHaveSingleItem().Fault
            .ShouldBe(CallFault.Other);
    }

    private static Task<CallOutcome> AskAsync(ChatResponse response, ModelPrices? prices = null) =>
        new CallerSetup().AskAsync(CallerSetup.Model("a/1", new FakeChatClient(response)) with { Prices = prices });
}
