using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Rendering;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>What holds for every strategy and every conversation.</summary>
public sealed class CompactionProperties
{
    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_AnyConversation_ObeysTheRules(string strategy) =>
        Run(strategy, (messages, result) =>
        {
            if (result.Outcome != CompactionOutcome.Compacted)
            {
                result.Messages.ShouldBeSameAs(messages);
                return;
            }

            FitsTarget(result);
            NeverExpands(result);
            KeepsOrder(result);
            KeepsPins(messages, result);
            HasNoTornCalls(result);
            AccountsForEveryMessage(messages, result);
        });

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_SameConversationTwice_GivesTheSame(string strategy) =>
        Run(strategy, (messages, result) =>
        {
            var again = Compact(strategy, messages, result.Usage.Target);
            Transcript.Create(again.Messages).Fingerprint.ShouldBe(Transcript.Create(result.Messages).Fingerprint);
        });

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_ItsOwnResult_LeavesItAlone(string strategy) =>
        Run(strategy, (_, result) =>
        {
            if (result.Outcome == CompactionOutcome.Compacted)
                Compact(strategy, result.Messages, result.Usage.Target).Outcome.ShouldBe(CompactionOutcome.Unchanged);
        });

    [Fact]
    public void CompactAsync_EveryTargetAtTheEdge_TellsWhatThePinsSaid()
    {
        StepKind[] kinds =
        [
            StepKind.System, StepKind.System, StepKind.System, StepKind.HostedFile, StepKind.SplitMessage, StepKind.ReusedCallId,
            StepKind.ParallelCalls,
            StepKind.ParallelCalls, StepKind.ResultWithTheNextCall, StepKind.System, StepKind.Image, StepKind.CallSplitByUser,
            StepKind.SameUser, StepKind.ParallelCalls,
        ];
        var messages = GeneratedConversations.Build(kinds.Select(kind => new Step(kind, 20)));
        for (var target = 100; target < 500; target++)
        {
            var result = Compact("hybrid", messages, target);
            if (result.Outcome == CompactionOutcome.Compacted)
                KeepsPins(messages, result);
        }
    }

    [Fact]
    public void CompactAsync_OneCompactorForGrowingConversations_AnswersLikeAFreshOne()
    {
        var shared = new Compactor(new CompactionOptions { Model = "gpt-4o" });
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(1, 5).ToArbitrary(), (steps, piece) =>
        {
            var all = GeneratedConversations.Build(steps);
            for (var count = piece; count < all.Count + piece; count += piece)
            {
                var messages = all.Take(count).ToList();
                var request = new CompactionRequest { Messages = messages, Force = true, Target = 1200 };
                var remembered = shared.CompactAsync(request).AsTask().GetAwaiter().GetResult();
                var fresh = Compact("hybrid", messages, 1200);
                remembered.TokensAfter.ShouldBe(fresh.TokensAfter);
                Transcript.Create(remembered.Messages).Fingerprint.ShouldBe(Transcript.Create(fresh.Messages).Fingerprint);
                foreach (var (message, source) in remembered.Outgoing.Where(message => message.SourceIndex >= 0))
                    (ReferenceEquals(message, messages[source]) || message.Contents.Count == messages[source].Contents.Count)
                        .ShouldBeTrue();
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Math.Min(300, PropertyRuns.Total)).WithEndSize(25));
    }

    [Fact]
    public void CompactAsync_EveryProfileAgainAndAgain_StaysValidAndKeepsOneSummary()
    {
        foreach (var (name, profile) in CompactionProfiles.All)
        {
            var compactor = new Compactor(profile with { Window = 12_000 });
            Prop.ForAll(GeneratedConversations.Steps(), steps =>
            {
                IReadOnlyList<ChatMessage> conversation = [];
                for (var round = 0; round < 4; round++)
                {
                    conversation = [.. conversation, .. GeneratedConversations.Build(steps.Where(step => !Invalid.Contains(step.Kind)))];
                    var result = compactor.CompactAsync(new CompactionRequest { Messages = conversation, Force = true, Target = 2000 })
                        .AsTask().GetAwaiter().GetResult();
                    conversation = result.Messages;
                    if (result.Outcome == CompactionOutcome.Compacted)
                        HasNoTornCalls(result);
                }

                if (profile.Strategy is "hybrid" or "summary")
                    Transcript.Create(conversation).Groups.Count(group => group.Kind == GroupKind.Summary)
                        .ShouldBeLessThanOrEqualTo(1, name);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(50)).WithEndSize(25));
        }
    }

    [Theory, MemberData(nameof(Strategies))]
    public void CompactAsync_FewPins_FitsAThousandTokens(string strategy) =>
        Run(strategy, (messages, result) =>
        {
            // Beyond these nothing has to stay, so a thousand tokens are always enough.
            if (messages.Count(message => message.Role == ChatRole.System) <= 3
                && messages.All(message => message.Contents.All(content => content is not TextReasoningContent)))
                result.Outcome.ShouldNotBe(CompactionOutcome.CannotFit, result.Reason);
        }, target: 900);

    // What no compaction keeps leaves a notice each time, and system messages and foreign summaries pile up by themselves.
    private static readonly StepKind[] Invalid =
        [StepKind.EarlierSummary, StepKind.System, StepKind.OrphanResult, StepKind.UnansweredCall, StepKind.ReusedIdInSplitMessage];

    private const int BeginningOfATask = 8;

    private static void Run(string strategy, Action<List<ChatMessage>, CompactionResult> check, int? target = null)
    {
        var config =
            Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(CompactionStrategies.All.Count)).WithStartSize(1).WithEndSize(60);
        Prop.ForAll(GeneratedConversations.Steps(), Gen.Choose(300, 6000).ToArbitrary(), (steps, anyTarget) =>
        {
            var messages = GeneratedConversations.Build(steps);
            check(messages, Compact(strategy, messages, target ?? anyTarget));
        }).Check(config);
    }

    private static CompactionResult Compact(string strategy, IReadOnlyList<ChatMessage> messages, int target)
    {
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Strategy = strategy });
        return compactor.CompactAsync(new CompactionRequest { Messages = messages, Force = true, Target = target }).AsTask().GetAwaiter()
            .GetResult();
    }

    private static void FitsTarget(CompactionResult result)
    {
        result.TokensAfter.ShouldBeLessThanOrEqualTo(result.Usage.Target);
        new Compactor(new CompactionOptions { Model = "gpt-4o" }).GetTokenUsage(result.Messages).Current.ShouldBe(result.TokensAfter);
    }

    private static void NeverExpands(CompactionResult result) => result.TokensAfter.ShouldBeLessThan(result.TokensBefore);

    private static void KeepsOrder(CompactionResult result)
    {
        var sources = result.Outgoing.Where(message => message.SourceIndex >= 0).Select(message => message.SourceIndex).ToList();
        sources.ShouldBe(sources.Order());
    }

    private static void KeepsPins(List<ChatMessage> messages, CompactionResult result)
    {
        var kept = result.Outgoing.Select(message => message.SourceIndex).ToHashSet();
        var transcript = Transcript.Create(messages);
        foreach (var group in transcript.Groups.Where(group => group.Kind == GroupKind.System))
            kept.ShouldContain(group.MessageIndexes[0]);
        var users = transcript.Groups.Where(group => group is { Kind: GroupKind.User, IsInjected: false }).ToList();
        if (users.Count == 0)
            return;
        // What only greets or says to go on is nobody's task.
        var task = users.FirstOrDefault(group => group.Importance != Importance.Trivial) ?? users[^1];
        foreach (var pin in (MessageGroup[])[task, users[^1]])
        {
            if (!kept.Contains(pin.MessageIndexes[0]))
                IsToldInTheSummary(pin, transcript, result);
        }
    }

    // Where not even shortened pins have room for messages of their own.
    private static void IsToldInTheSummary(MessageGroup pin, Transcript transcript, CompactionResult result)
    {
        result.Plan.ShouldNotBeNull().RungsTaken.ShouldContain(Rungs.TakeUpPins, result.Reason);
        var summary = result.Outgoing.Single(message => message.Replaces?.Contains(pin.MessageIndexes[0]) == true).Message.Text;
        var ends = SummaryHeader.RangesOf(summary)[0].Split("..");
        var covered = transcript.Groups.Where(group => ends.Contains(group.Handle.ToString())).Select(group => group.Index).ToList();
        pin.Index.ShouldBeInRange(covered.Min(), covered.Max());
        var words = string.Join(' ', MessageText.Of(pin.Messages[0]).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        summary.ShouldContain(words[..Math.Min(words.Length, BeginningOfATask)]);
    }

    private static void HasNoTornCalls(CompactionResult result) => ConversationValidator.Check(result.Messages).ShouldBeEmpty();

    private static void AccountsForEveryMessage(List<ChatMessage> messages, CompactionResult result)
    {
        var kept = result.Outgoing.Where(message => message.SourceIndex >= 0).Select(message => message.SourceIndex);
        var replaced = result.Outgoing.Where(message => message.Replaces is not null).SelectMany(message => message.Replaces!);
        kept.Concat(replaced).Order().ShouldBe(Enumerable.Range(0, messages.Count));
        (result.MessagesPreserved + result.MessagesRemoved).ShouldBe(messages.Count);
    }
}
