using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Formats;
using Strata.Planning;

namespace Strata.Tests.Properties;

/// <summary>No signed reasoning stands behind messages that it was not made with, whatever is compacted and how often.</summary>
public sealed class BoundReasoningProperties
{
    private const string Binding = "claude-opus-5-5";

    private static readonly StepKind[] Unsendable =
        [StepKind.EarlierSummary, StepKind.OrphanResult, StepKind.UnansweredCall, StepKind.ReusedIdInSplitMessage,
            StepKind.ReasoningThenCall];

    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_AgainAndAgain_LeavesOnlyReasoningMadeSince(string strategy) =>
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(3, 97).ToArbitrary(), (steps, percent) =>
        {
            var compactor =
                new Compactor(new CompactionOptions { Model = percent % 2 == 0 ? Binding : null, Strategy = strategy, Window = 1_000_000 });
            IReadOnlyList<ChatMessage> conversation = [];
            foreach (var part in steps.Where(step => !Unsendable.Contains(step.Kind)).Chunk(Math.Max(1, steps.Length / 3)))
            {
                var since = Signed(conversation, GeneratedConversations.Build(part));
                conversation = [.. conversation, .. since];
                BindingVendor.Refuses(conversation).ShouldBeNull();
                var target = Math.Max(30, compactor.GetTokenUsage(conversation).Current * percent / 100);
                var result = compactor.CompactAsync(new CompactionRequest { Messages = conversation, Force = true, Target = target })
                    .AsTask().GetAwaiter().GetResult();
                if (result.Outcome != CompactionOutcome.Compacted)
                    result.Messages.ShouldBeSameAs(conversation);
                else
                    result.Messages.ShouldAllBe(message => !message.Contents.OfType<TextReasoningContent>().Any());
                conversation = result.Messages;
                BindingVendor.Refuses(conversation).ShouldBeNull();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(2 * CompactionStrategies.All.Count)).WithEndSize(40));

    [Theory, InlineData(false), InlineData(true)]
    public void PrepareAsync_GrowingConversation_SendsNoReasoningBehindAChangedPrefix(bool background) =>
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(1, 4).ToArbitrary(), (steps, piece) =>
        {
            var budget = new Strata.Models.BudgetOptions { ThresholdRatio = .6, TargetRatio = .2 };
            var compactor =
                new Compactor(new CompactionOptions { Model = Binding, Window = 6_000, Budget = budget, MinTokensToCompact = 0 });
            using var manager =
                new ContextManager(compactor, new ConversationOptions { Background = background, BackgroundShare = .5, OnFailed = null });
            List<ChatMessage> conversation = [];
            var (before, compactions) = ((IReadOnlyList<ChatMessage>)[], 0);
            foreach (var part in steps.Where(step => !Unsendable.Contains(step.Kind)).Chunk(piece))
            {
                foreach (var message in GeneratedConversations.Build(part))
                {
                    if (message.Role == ChatRole.Assistant)
                    {
                        IReadOnlyList<ChatMessage> sent =
                            [.. manager.PrepareAsync(conversation).AsTask().GetAwaiter().GetResult().Messages];
                        BindingVendor.Refuses(sent).ShouldBeNull();
                        message.Contents.Insert(0, new TextReasoningContent("I think.") { ProtectedData = BindingVendor.Sign(sent) });
                        if ((manager.Newest?.CompactionCount ?? 0) == compactions)
                            sent.Take(before.Count).ShouldBe(before);
                        (before, compactions) = (sent, (manager.Newest?.CompactionCount ?? 0));
                    }

                    conversation.Add(message);
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(4)).WithStartSize(5).WithEndSize(60));

    [Theory]
    [InlineData("claude-opus-5-5", null, true)]
    [InlineData("claude-opus-4-6", null, false)]
    [InlineData("claude-opus-4-6", ReasoningVendor.Anthropic, false)]
    [InlineData("gpt-5.2", null, false)]
    [InlineData("gpt-5.2", ReasoningVendor.Anthropic, true)]
    [InlineData("claude-opus-5-5", ReasoningVendor.OpenAI, false)]
    [InlineData("a-model-that-nobody-knows", null, true)]
    [InlineData("a-model-that-nobody-knows", ReasoningVendor.OpenAI, false)]
    public async Task CompactAsync_ByModelAndVendor_KeepsReasoningOnlyWhereItIsNotBound(string model, ReasoningVendor? signedBy, bool binds)
    {
        List<ChatMessage> messages = [new(ChatRole.User, "Sort."), .. Enumerable.Range(0, 6).SelectMany(n => new ChatMessage[]
        {
            new(ChatRole.Assistant,
                [new TextReasoningContent("I think.") { ProtectedData = "c2ln" },
                    new TextContent(string.Join(' ', Enumerable.Range(0, 400)))]),
            new(ChatRole.User, $"Next, {n}."),
        })];
        var compactor = new Compactor(new CompactionOptions { Model = model, Strategy = "truncate" });
        var target = compactor.GetTokenUsage(messages).Current * 3 / 4;
        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Force = true, Target = target, SignedBy = signedBy },
            TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted);
        result.Messages.Any(message => message.Contents.OfType<TextReasoningContent>().Any()).ShouldBe(!binds);
        result.Receipt!.Cuts.Any(cut => cut.Reason == BoundReasoning.Reason).ShouldBe(binds);
    }

    [Fact]
    public async Task CompactAsync_InsideALoopThatBeganWithReasoning_WaitsWhileTheWindowHasRoom()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, string.Join(' ', Enumerable.Range(0, 3_000))),
            new(ChatRole.Assistant, string.Join(' ', Enumerable.Range(0, 3_000))),
            new(ChatRole.User, "Look."),
            new(ChatRole.Assistant,
                [new TextReasoningContent("I think.") { ProtectedData = "c2ln" }, new FunctionCallContent("a", "look")]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "seen")]),
        ];
        var compactor = new Compactor(new CompactionOptions { Model = Binding, Window = 40_000 });
        var request = new CompactionRequest { Messages = messages, Threshold = 3_000, Target = 2_000 };
        var waiting = await compactor.CompactAsync(request, TestContext.Current.CancellationToken);
        (waiting.Outcome, waiting.Reason).ShouldBe((CompactionOutcome.Unchanged, BoundReasoning.LoopReason));
        (await compactor.CompactAsync(
            request with { Messages = [.. messages, new(ChatRole.Assistant, "Done.")] }, TestContext.Current.CancellationToken))
            .Outcome.ShouldBe(CompactionOutcome.Compacted);
        var full = new Compactor(new CompactionOptions { Model = Binding, Window = 12_000 });
        (await full.CompactAsync(request, TestContext.Current.CancellationToken)).Outcome.ShouldBe(CompactionOutcome.Compacted);
    }

    private static List<ChatMessage> Signed(IReadOnlyList<ChatMessage> conversation, List<ChatMessage> since)
    {
        for (var i = 0; i < since.Count; i++)
        {
            if (since[i].Role == ChatRole.Assistant)
                since[i].Contents
                    .Insert(
                        0, new TextReasoningContent("I think.")
                        {
                            ProtectedData = BindingVendor.Sign([.. conversation, .. since.Take(i)])
                        });
        }

        return since;
    }
}
