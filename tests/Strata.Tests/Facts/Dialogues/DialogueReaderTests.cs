using Microsoft.Extensions.AI;
using Strata.Facts.Dialogues;
using Strata.Tests.Summaries;

namespace Strata.Tests.Facts.Dialogues;

public class DialogueReaderTests
{
    [Fact]
    public void Read_NamedMessagesWithTimes_HaveSpeakersAndDates()
    {
        var dialogue = TalkBuilder.Read(TalkBuilder.Friends(0, 4)).ShouldNotBeNull();

        dialogue.IsAmongPeople.ShouldBeTrue();
        dialogue.IsMeeting.ShouldBeFalse();
        dialogue.Utterances.Count.ShouldBe(16);
        dialogue.Utterances[5].Speaker.ShouldBe("Bob");
        dialogue.Utterances[5].Date.ShouldBe(new DateOnly(2024, 1, 2));
    }

    [Fact]
    public void Read_LinesOfATranscriptInOneMessage_AreUtterancesUnderTheirDay()
    {
        var lines = string.Join('\n', Enumerable.Range(0, 6).Select(i => $"Anna Lund: question {i}\nBen: answer {i}\nand more of it"));
        var dialogue = TalkBuilder.Read(new ChatMessage(
            ChatRole.User, $"[session 1, 1:56 pm on 8 May, 2023]\n{lines}\n2023-06-09\nBen: Bye.")).ShouldNotBeNull();

        dialogue.Utterances.Count.ShouldBe(13);
        dialogue.Speakers.ShouldBe(new Dictionary<string, int> { ["Anna Lund"] = 6, ["Ben"] = 7 }, ignoreOrder: true);
        dialogue.Utterances[1].Text.ToString().ShouldBe("answer 0\nand more of it");
        dialogue.Utterances[0].Date.ShouldBe(new DateOnly(2023, 5, 8));
        dialogue.Utterances[^1].Date.ShouldBe(new DateOnly(2023, 6, 9));
    }

    [Theory]
    [InlineData("[session 3, 2:31 pm on 17 July, 2023]", "2023-07-17")]
    [InlineData("[2024-02-29]", "2024-02-29")]
    [InlineData("May 8th, 2023", "2023-05-08")]
    [InlineData("Monday, 8th of May 2023", "2023-05-08")]
    [InlineData("[2023-02-30]", null)]
    [InlineData("We met on 8 May 2023 in the old house behind the church and stayed.", null)]
    [InlineData("[recall 12 of 20]", null)]
    public void OfHeader_Line_IsADateOnlyWhereTheLineIsAboutIt(string line, string? date)
    {
        var rest = line.AsSpan();
        (DateText.OfHeader(ref rest)?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(date);
        rest.ToString().ShouldBe(date is null ? line : "");
    }

    [Fact]
    public void Read_LinesThatOnlyLookNamed_AreNobodysName()
    {
        var messages = Enumerable.Range(0, 12)
            .Select(i => new ChatMessage(
                i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"Topic {i}: is it done?\nNote: see below\nmore\nand more {i}"));
        var dialogue = TalkBuilder.Read(messages).ShouldNotBeNull();
        dialogue.Speakers.Keys.ShouldBe(["User", "Assistant"], ignoreOrder: true);
        dialogue.IsAmongPeople.ShouldBeFalse();
    }

    [Fact]
    public void Read_SessionOfAnAgent_IsNoDialogue() => TalkBuilder.Read(SessionBuilder.Typical(20).Messages).ShouldBeNull();

    [Fact]
    public void Read_FewUtterances_AreNoDialogue() => TalkBuilder.Read(TalkBuilder.Friends(0, 2)).ShouldBeNull();

    [Fact]
    public void Read_LongAnswersToAUserWithoutAName_AreNoDialogue()
    {
        var messages = Enumerable.Range(0, 20).Select(i => i % 2 == 0
            ? new ChatMessage(ChatRole.User, "And the next one?")
            : new ChatMessage(ChatRole.Assistant, string.Concat(Enumerable.Repeat("A long explanation of it. ", 60))));
        TalkBuilder.Read(messages).ShouldBeNull();
    }
}
