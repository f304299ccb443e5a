using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Planning;
using Strata.Summaries;
using Strata.Ladder;
using Strata.Tests.Ladder;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

public sealed class ArchiveRecallTests
{
    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Strategies))]
    public async Task FindAsync_EveryHandleAfterFiveCompactions_RecallsOriginals(string strategy)
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create(strategy, archive);
        for (var round = 0; round < 5; round++)
        {
            session.SayTurns(6);
            (await session.CompactAsync()).Outcome.ShouldBe(CompactionOutcome.Compacted);
            await ShouldRecallEverythingAsync(archive, session, $"{strategy}, round {round}");
        }
    }

    [Theory]
    [InlineData("hierarchical", 1_200)]
    [InlineData("hierarchical", 9_000)]
    [InlineData("summary", 1_200)]
    [InlineData("truncate", 9_000)]
    public async Task FindAsync_OtherWindows_RecallsOriginals(string strategy, int window)
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create(strategy, archive, window);
        for (var round = 0; round < 5; round++)
        {
            session.SayTurns(window / 400);
            if ((await session.CompactAsync()).Outcome == CompactionOutcome.Compacted)
                await ShouldRecallEverythingAsync(archive, session, $"{strategy}, {window} tokens, round {round}");
        }

        session.Receipts.Count.ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task FindAsync_SummariesOfAllLevelsByModels_RecallsOriginals()
    {
        await using var archive = new InMemoryArchive();
        var ladder = new LadderSummarizer(LadderSession.Options(FakeModel.Honest().Callable), LadderSession.Caller());
        var session = LongSession.Create("hierarchical", archive, 12_000, ladder);
        for (var round = 0; round < 5; round++)
        {
            session.Say(LadderSession.Of((round + 1) * 30).Skip(session.Everything.Count));
            (await session.CompactAsync()).Outcome.ShouldBe(CompactionOutcome.Compacted);
            await ShouldRecallEverythingAsync(archive, session, $"round {round}");
        }

        session.Receipts.SelectMany(receipt => receipt.Nodes).ShouldContain(node => node.Level > 0);
        string.Concat(session.Current.Select(message => message.Text)).ShouldContain("[earlier ");
    }

    [Fact]
    public async Task FindAsync_RangeFromAnEarlierCompactionToALaterOne_RecallsAllBetween()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive);
        for (var round = 0; round < 3; round++)
        {
            session.SayTurns(6);
            await session.CompactAsync();
        }

        var (first, last) = (session.Receipts[0].Cuts[0].Handle, session.Receipts[2].Cuts[^1].Handle);
        var recalled = (await ArchiveRecall.FindAsync(archive, $"{first}..{last}", Cancellation)).ShouldNotBeNull();
        var all = Names(session.Everything);
        var names = Names(recalled.Messages);
        names.Count.ShouldBeGreaterThan(100);
        all.Skip(all.IndexOf(names[0])).Take(names.Count).ShouldBe(names);
        (await ArchiveRecall.FindAsync(archive, $"{last}..{first}", Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task FindAsync_RuleOfAMessageThatStays_IsFoundByTheHandleOfTheRule()
    {
        await using var archive = new InMemoryArchive();
        ChatMessage[] messages = [new(ChatRole.User, "first"), new(ChatRole.Assistant, "second"), new(ChatRole.User, "third")];
        var transcript = Transcript.Create(messages);
        var compactor = new Compactor(
            new CompactionOptions { Window = 3_000, Strategy = "summary", MinTokensToCompact = 0 },
            new NamingSummarizer(transcript.Groups[^1].Handle), archive: archive);
        var session = new LongSession(compactor);
        session.Say(Enumerable.Range(0, 60)
            .Select(i => new ChatMessage(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"{i} {new string('x', 300)} words of no use")));
        session.Say(messages[2..]);
        var result = await session.CompactAsync();
        result.Messages[^1].ShouldBeSameAs(messages[2]);
        var recalled = (await ArchiveRecall.FindAsync(archive, transcript.Groups[^1].Handle.ToString(), Cancellation)).ShouldNotBeNull();
        recalled.Messages.ShouldHaveSingleItem().Text.ShouldBe("third");
    }

    [Fact]
    public async Task FindAsync_TextThatOnlyQuotesAMarker_IsFoundUnderItsOwnMarker()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("hierarchical", archive);
        var half = string.Join('\n', Enumerable.Range(0, 400).Select(i => $"line {i} of a text"));
        session.Say([new ChatMessage(ChatRole.User, "read it"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "read_file")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", $"{half}\n[1,234 tokens cut; recall 0123456789ab]\n{half}")])]);
        await session.CompactAsync();
        await ShouldRecallEverythingAsync(archive, session, "quoted marker");
    }

    [Fact]
    public async Task FindAsync_SummaryWhoseReceiptKnowsNoParent_IsExpandedByItsOwnLine()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive, window: 8_000);
        session.SayTurns(6);
        await session.CompactAsync();
        // As after a round trip through a file that changes what stands beside the summary.
        session.Current.Insert(0, new ChatMessage(ChatRole.System, "new instructions"));
        session.Everything.Insert(0, session.Current[0]);
        session.SayTurns(6);
        await session.CompactAsync();
        session.Receipts[1].Parent.ShouldBeNull();
        var summary = session.Current.First(message => SummaryHeader.Starts(message.Text)).Text;
        var recalled = (await ArchiveRecall.FindAsync(archive, SummaryHeader.RangesOf(summary)[0], Cancellation)).ShouldNotBeNull();
        Names(session.Everything).Except(Names(session.Current)).ShouldBeSubsetOf(Names(recalled.Messages));
        recalled.Messages.ShouldNotContain(message => SummaryHeader.Starts(message.Text));
    }

    [Fact]
    public async Task FindAsync_HandleOfAMessage_RecallsIt()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        var hit = (await archive.SearchAsync(new SearchQuery { Words = "value3_17" }, Cancellation))[0];
        var recalled = (await ArchiveRecall.FindAsync(archive, hit.Handle.ToString().ToUpperInvariant(), Cancellation)).ShouldNotBeNull();
        MessageText.Of(recalled.Messages.ShouldHaveSingleItem().Contents[0])!.ShouldContain("value3_17 = ");
        (recalled.Content, recalled.ReceiptId).ShouldBe((null, null));
    }

    [Theory]
    [InlineData("0123456789ab")]
    [InlineData("0123456789ab..0123456789ac")]
    public async Task FindAsync_UnknownHandle_IsNull(string handle)
    {
        await using var archive = new InMemoryArchive();
        (await ArchiveRecall.FindAsync(archive, handle, Cancellation)).ShouldBeNull();
    }

    [Fact]
    public async Task FindAsync_HandleOfAnotherTenant_IsNull()
    {
        await using var archive = new InMemoryArchive();
        var session = LongSession.Create("summary", archive);
        session.SayTurns(8);
        await session.CompactAsync();
        foreach (var handle in session.Handles())
            (await ArchiveRecall.FindAsync(archive.ForTenant("other"), handle, Cancellation)).ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("no handle")]
    [InlineData("0123456789ab..")]
    [InlineData("..")]
    public async Task FindAsync_NoHandle_ThrowsFormatException(string handle)
    {
        await using var archive = new InMemoryArchive();
        (await Should.ThrowAsync<FormatException>(() => ArchiveRecall.FindAsync(archive, handle, Cancellation).AsTask())).Message
            .ShouldContain("12 letters and digits");
    }

    private static async Task ShouldRecallEverythingAsync(IArchive archive, LongSession session, string what)
    {
        var originals = Names(session.Everything).ToHashSet();
        var contents = session.Everything.SelectMany(message => message.Contents).Select(ContentHandle.HandleOf).ToHashSet();
        var reached = Names(session.Current).ToHashSet();
        var handles = session.Handles();
        handles.ShouldNotBeEmpty(what);
        foreach (var handle in handles)
        {
            var recalled = (await ArchiveRecall.FindAsync(archive, handle, Cancellation)).ShouldNotBeNull($"{what}: {handle}");
            recalled.SecretsRedacted.ShouldBe(0);
            recalled.SessionId.ShouldBe(session.Receipts[0].SessionId);
            recalled.Messages.ShouldNotBeEmpty($"{what}: {handle}");
            Names(recalled.Messages).ShouldBeSubsetOf(originals, $"{what}: {handle} recalls what is no original");
            if (recalled.Content is { } content)
                contents.ShouldContain(ContentHandle.HandleOf(content), $"{what}: {handle} recalls what is no original content");
            reached.UnionWith(Names(recalled.Messages));
        }

        originals.Except(reached).Select(lost => session.Everything[Names(session.Everything).IndexOf(lost)].Text)
            .ShouldBeEmpty($"{what}: not to be reached");
    }

    private static List<Fingerprint> Names(IReadOnlyList<ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        return [.. messages.Select((_, i) => transcript.MessageFingerprint(i))];
    }

    private sealed class NamingSummarizer(Handle handle) : ISummarizer
    {
        public int Level => 1;

        public string Name => "naming";

        public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult(new Summary($"a rule [recall {handle}]", 20, 1, Name));
    }
}
