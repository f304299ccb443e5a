using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Planning.Hierarchy;
using Strata.Transcripts;

namespace Strata.Tests.Planning.Hierarchy;

public sealed class PartChooserTests
{
    private static readonly HierarchyOptions Three = new() { Levels = [new(1, 200), new(2, 500), new(3, 4_000)] };

    [Fact]
    public void Choose_RoomForAll_TellsEveryTurn() =>
        Choose(25, 10_000).ShouldAllBe(part => part.Level == 1);

    [Fact]
    public void Choose_NoRoomForAll_TellsTheOldestInTens()
    {
        var parts = Choose(25, 4_000);
        parts.Select(part => part.Level).ShouldBe([2, 2, .. Enumerable.Repeat(1, 5)]);
        parts[0].Children.Count.ShouldBe(10);
        parts[1].FirstGroup.ShouldBe(10);
    }

    [Fact]
    public void Choose_ATenTooMany_MergesOnlyTheOldest() =>
        Choose(25, 5_000).Select(part => part.Level).ShouldBe([2, .. Enumerable.Repeat(1, 15)]);

    [Fact]
    public void Choose_TensTooMany_TellsLongAgoAsAWhole()
    {
        var parts = Choose(200, 5_000);
        parts[0].Level.ShouldBe(3);
        parts.Skip(1).ShouldContain(part => part.Level == 2);
        parts[^1].LastGroup.ShouldBe(199);
    }

    [Fact]
    public void Choose_GrowingConversation_KeepsTheWholeItHad()
    {
        // What a node is written from is its address: a whole that is another one each turn would be paid for each turn.
        var wholes = Enumerable.Range(150, 100).Select(count => Choose(count, 5_000)[0]).Where(part => part.Level == 3)
            .Select(part => (part.LastGroup, part.MaxTokens)).Distinct();
        wholes.Count().ShouldBeLessThanOrEqualTo(6);
    }

    [Theory]
    [InlineData(1_200)]
    [InlineData(2_500)]
    [InlineData(6_000)]
    public void Choose_AConversationThatStandsAlone_NeedsThreeRoundsOfCalls(int allowed)
    {
        var parts = PartChooser.Choose(Leaves(300), Transcript(300), Three with { Grows = false }, allowed);
        parts.Max(Depth).ShouldBeLessThanOrEqualTo(3);
        parts.SelectMany(GroupsOf).ShouldBe(Enumerable.Range(0, 300));

        static int Depth(PlannedPart part) => 1 + part.Children.Select(Depth).DefaultIfEmpty(0).Max();
    }

    [Fact]
    public void Choose_OnlyTheFirstLevel_LeavesTheOldestToLevelZero()
    {
        var parts = PartChooser.Choose(Leaves(50), Transcript(50), Three with { Levels = [new(1, 200)] }, 2_000);
        parts.ShouldAllBe(part => part.Level == 1);
        parts[^1].LastGroup.ShouldBe(49);
    }

    [Fact]
    public void Choose_Decisions_StayInDetailLonger()
    {
        var messages = Enumerable.Range(0, 30)
            .Select(i => new ChatMessage(
                ChatRole.User, i < 10 ? $"We decided to use option {i} instead of the other one." : $"Look at file {i} please.")).ToList();
        var parts = PartChooser.Choose(Leaves(30), Strata.Transcripts.Transcript.Create(messages), Three, 5_600);
        parts.Count(part => part.Level == 2).ShouldBe(1);
        parts.Single(part => part.Level == 2).FirstGroup.ShouldBe(0, "the oldest leave first unless the others matter twice as much");
    }

    [Fact]
    public void Choose_AnyLeaves_FitsAndKeepsTheOrder() =>
        Prop.ForAll(Gen.Choose(0, 400).ToArbitrary(), Gen.Choose(0, 20_000).ToArbitrary(), (count, allowed) =>
        {
            var parts = Choose(count, allowed);
            parts.Sum(PartChooser.Cost).ShouldBeLessThanOrEqualTo(allowed);
            parts.SelectMany(GroupsOf)
                .ShouldBe(Enumerable.Range(count - parts.SelectMany(GroupsOf).Count(), parts.SelectMany(GroupsOf).Count()));
            for (var i = 1; i < parts.Count; i++)
                (parts[i].Level <= parts[0].Level).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<PlannedPart> Choose(int count, int allowed) =>
        PartChooser.Choose(Leaves(count), Transcript(count), Three, allowed);

    private static IEnumerable<int> GroupsOf(PlannedPart part) => part.Groups.Concat(part.Children.SelectMany(GroupsOf));

    private static List<PlannedPart> Leaves(int count) =>
        [.. Enumerable.Range(0, count)
            .Select(i =>
                new PlannedPart { Level = 1, MaxTokens = 200, CoveredTokens = 2_000, Groups = [i], FirstGroup = i, LastGroup = i })];

    private static Transcript Transcript(int count) =>
        Strata.Transcripts.Transcript.Create([.. Enumerable.Range(0, count).Select(i => new ChatMessage(ChatRole.User, $"Turn {i}"))]);
}
