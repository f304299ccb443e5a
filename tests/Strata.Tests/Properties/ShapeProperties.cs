using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Planning;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>What a model reads after a compaction stands in its order, for every strategy, format and target.</summary>
public sealed class ShapeProperties
{
    private static readonly string[] Vendors = ["anthropic", "openai-responses", "codex"];

    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    public static TheoryData<string> Formats => [.. Vendors];

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_AnyConversation_IsReadInItsOrder(string strategy) =>
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(5, 50).ToArbitrary(), (steps, percent) =>
            Check(strategy, GeneratedConversations.Build(steps), percent))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(CompactionStrategies.All.Count)).WithEndSize(60));

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_ConversationThatEndsWithAnAnswer_KeepsItWithItsRequest(string strategy) =>
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(5, 50).ToArbitrary(), Gen.Choose(1, 600).ToArbitrary(),
            (steps, percent, size) => Check(
                strategy,
                [
                    .. GeneratedConversations.Build(
                        [.. steps, new Step(StepKind.User, size / 3), new Step(StepKind.Call, size), new Step(StepKind.Assistant, size)])
                ],
                percent))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(CompactionStrategies.All.Count)).WithEndSize(40));

    [Theory, MemberData(nameof(Formats))]
    public void CompactAsync_SessionOfAVendor_IsReadInItsOrder(string format) =>
        Prop.ForAll(VendorConversations.Steps(), Gen.Choose(5, 50).ToArbitrary(), (steps, percent) =>
        {
            var messages = BodyTesting.Read(format, VendorConversations.Write(format, steps)).Messages;
            foreach (var strategy in CompactionStrategies.All)
                Check(strategy.Name, messages, percent);
        }).Check(Config.QuickThrowOnFailure
            .WithMaxTest(PropertyRuns.Each(Vendors.Length * CompactionStrategies.All.Count)).WithEndSize(30));

    [Fact]
    public async Task CompactAsync_AnsweredRequestWithoutRoom_IsToldWithItsAnswer()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "Lay the cable from hut 4 to the mast and label both ends."),
            new(ChatRole.Assistant, string.Join(' ', Enumerable.Range(0, 300).Select(i => $"Section {i} is laid."))),
            new(ChatRole.User, "Energize it."),
            new(ChatRole.Assistant,
                "Energized at 14:02, the mast draws 3 amperes. " + string.Join(' ', Enumerable.Repeat("All quiet.", 200))),
        ];
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o" });
        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Force = true, Target = 150 }, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        ShapeRules.Broken(result, messages, compactor.Counter).ShouldBeEmpty();
        string.Join('\n', result.Messages.Select(message => message.Text)).ShouldContain("Energized at 14:02");
    }

    [Fact]
    public async Task CompactAsync_OpenRequestWithoutRoom_IsNotToldAsAnswered()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, "Lay the cable from hut 4 to the mast and label both ends."),
            new(ChatRole.Assistant, string.Join(' ', Enumerable.Range(0, 300).Select(i => $"Section {i} is laid."))),
            new(ChatRole.User, "Energize it. " + string.Join(' ', Enumerable.Repeat("Mind the gate.", 200))),
        ];
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o" });
        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Force = true, Target = 120 }, TestContext.Current.CancellationToken);
        result.Outcome.ShouldBe(CompactionOutcome.Compacted, result.Reason);
        result.Messages.ShouldAllBe(message => !message.Text.Contains("Last words", StringComparison.Ordinal));
    }

    private static void Check(string strategy, IReadOnlyList<ChatMessage> messages, int percent)
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Strategy = strategy });
        var target = Math.Max(100, compactor.GetTokenUsage(messages).Current * percent / 100);
        var result = compactor.CompactAsync(new CompactionRequest { Messages = messages, Force = true, Target = target }).AsTask()
            .GetAwaiter().GetResult();
        ShapeRules.Broken(result, messages, compactor.Counter).ShouldBeEmpty();
    }
}
