using FsCheck;
using FsCheck.Fluent;
using Strata.Models;
using Strata.Planning.Hierarchy;
using Strata.Tests.Properties;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Tests.Planning.Hierarchy;

public sealed class SegmentsTests
{
    [Fact]
    public void Of_AnyConversation_HoldsEveryGroupOnceButSystemAndSummaries() =>
        Prop.ForAll(GeneratedConversations.Steps(), steps =>
        {
            var (transcript, segments) = Divide(GeneratedConversations.Build(steps));
            segments.SelectMany(segment => Enumerable.Range(segment.FirstGroup, segment.EndGroup - segment.FirstGroup))
                .ShouldBe(transcript.Groups.Where(group => group.Kind is not (GroupKind.System or GroupKind.Summary))
                    .Select(group => group.Index));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Of_GrowingConversation_KeepsTheSegmentsThatWereClosed() =>
        Prop.ForAll(GeneratedConversations.Steps(), steps =>
        {
            // A step may complete a group of the one before; what lies before its turn is settled.
            var before = Divide(GeneratedConversations.Build(steps.Take(steps.Length / 2)));
            var after = Divide(GeneratedConversations.Build(steps));
            var settled = before.Transcript.Turns.Count == 0 ? 0 : before.Transcript.Turns[^1].FirstGroup;
            after.Segments.Where(segment => segment.EndGroup <= settled)
                .ShouldBe(before.Segments.Where(segment => segment.EndGroup <= settled));
        }).QuickCheckThrowOnFailure();

    private static (Transcript Transcript, List<Segment> Segments) Divide(List<Microsoft.Extensions.AI.ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        var tokens = TokenMap.Measure(transcript, ModelCatalogue.MessageCounterFor(ModelCatalogue.Default.Find("gpt-4o").Model));
        return (transcript, Segments.Of(transcript, tokens, 100));
    }
}
