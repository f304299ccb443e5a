using Microsoft.Extensions.AI;
using Strata.LevelZero;
using Strata.LevelZero.Wording;
using Strata.Summaries;
using Strata.Tests.Summaries;
using Strata.Text;

namespace Strata.Tests.Facts.Dialogues;

public class DialogueSummaryTests
{
    private static string Summarize(IEnumerable<ChatMessage> messages, int maxTokens)
    {
        var session = new SessionBuilder();
        session.Messages.AddRange(messages);
        return session.Summarize(maxTokens).Text;
    }

    private static string[] Said(string summary) =>
        [.. summary.Split('\n').SkipWhile(line => Labels.Read(line) != SummaryFormat.Said).Skip(1)
            .TakeWhile(line => line.StartsWith("- ", StringComparison.Ordinal) || line.StartsWith("  ", StringComparison.Ordinal))];

    // Lines as they were said, each with its day.
    private static List<string> Dated(string summary)
    {
        var day = "";
        var lines = new List<string>();
        foreach (var line in Said(summary))
        {
            var text = line[2..];
            if (text.StartsWith('['))
                (day, text) =
                    (text[..(text.IndexOf(']', StringComparison.Ordinal) + 1)], text[(text.IndexOf(']', StringComparison.Ordinal) + 2)..]);
            lines.Add($"{day} {text}");
        }

        return lines;
    }

    [Fact]
    public void Summarize_Chat_QuotesFactsUnderTheirDayAndLeavesCourtesyOut()
    {
        var text = Summarize(TalkBuilder.Friends(0, 30), 400);

        var said = Said(text);
        said[0].ShouldStartWith("- [");
        said.ShouldAllBe(line =>
            line.Contains("Bob: Adopted dog named", StringComparison.Ordinal) || line.Contains("Bob: I adopted", StringComparison.Ordinal));
        said.ShouldAllBe(line => line.Contains("yesterday [", StringComparison.Ordinal));
        text.ShouldNotContain(SummaryFormat.Requests);
        text.ShouldNotContain(SummaryFormat.Rules);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(1200)]
    public void Summarize_Chat_FillsItsRoom(int maxTokens)
    {
        var tokens = new CharCounter(4).Count(Summarize(TalkBuilder.Friends(0, 120), maxTokens));
        tokens.ShouldBeInRange(maxTokens * 75 / 100, maxTokens);
    }

    [Fact]
    public void Summarize_Meeting_SaysWhatItCameBackToInWholeSentences()
    {
        string[] speakers = ["Chair", "Design", "Sales"];
        var messages = Enumerable.Range(0, 60).Select(i => new ChatMessage(ChatRole.User, (i % 10) switch
        {
            0 => $"Um the the rubber case of the remote control is for the younger buyers of group {i}.",
            1 => "Yeah .",
            2 => $"I was at place{i} with friend{i}, you know, and it took me hours{i}.",
            3 => "Is it?",
            4 => $"So we agreed on the voice recognition of the remote control for the price of {i} euros.",
            _ => $"Somebody {i} went home, I guess.",
        })
        { AuthorName = speakers[i % 3] });

        var said = Said(Summarize(messages, 90));
        said.ShouldNotBeEmpty();
        string.Join(' ', said).ShouldContain("oice recognition of the remote control");
        string.Join(' ', said).ShouldContain("The rubber case of the remote control");
        said.ShouldAllBe(line => !line.Contains("Yeah", StringComparison.Ordinal)
            && !line.Contains(" um ", StringComparison.OrdinalIgnoreCase) && !line.Contains("place", StringComparison.Ordinal));
    }

    [Fact]
    public void Summarize_TalkWithoutNames_KeepsFirstRequestAndRules()
    {
        var messages = Enumerable.Range(0, 30).Select(i => i % 2 == 0
            ? new ChatMessage(
                ChatRole.User,
                i == 0 ? "Help me plan my trip to Tartu. Never book anything without asking me."
                    : $"And what about the train at {i} o'clock to platform {i}?")
            : new ChatMessage(ChatRole.Assistant, $"The train {i} leaves Riga at {i}:15 and costs {i + 20} euros."));
        var text = Summarize(messages, 260);
        text.ShouldContain("- Never book anything without asking me.");
        text.ShouldContain($"{SummaryFormat.FirstRequest}\n- Help me plan my trip to Tartu.");
        Said(text).ShouldContain(line => line.StartsWith("- Assistant: Train", StringComparison.Ordinal));
    }

    [Fact]
    public void Summarize_OwnSummaryAndCourtesy_SaysTheSameAgain()
    {
        var first = Summarize(TalkBuilder.Friends(0, 40), 500);
        var thanks = TalkBuilder.Say(
            "Ann", "Thanks, thank you so much! Great, that sounds really awesome, you are so kind! Have a great day, take good care!",
            "2024-02-10");
        Dated(Summarize([new ChatMessage(ChatRole.User, first), thanks], 500)).ShouldBe(Dated(first));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(50)]
    public void Summarize_RoundAfterRound_CarriesEntriesWordForWord(int rounds)
    {
        const int daysARound = 6;
        var summary = Summarize(TalkBuilder.Friends(0, daysARound), 400);
        for (var round = 1; round < rounds; round++)
        {
            var known = Dated(summary).ToHashSet(StringComparer.Ordinal);
            summary = Summarize(TalkBuilder.Friends(round * daysARound, daysARound).Prepend(new ChatMessage(ChatRole.User, summary)), 400);
            var days = Enumerable.Range(round * daysARound, daysARound)
                .Select(day => new DateOnly(2024, 1, 1).AddDays(day)
                    .ToString("[d MMMM yyyy]", System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            var said = Dated(summary);
            said.Where(line => !days.Any(day => line.StartsWith(day, StringComparison.Ordinal))).ShouldAllBe(line => known.Contains(line));
            said.ShouldContain(line => days.Any(day => line.StartsWith(day, StringComparison.Ordinal)));
            new CharCounter(4).Count(summary).ShouldBeLessThanOrEqualTo(400);
        }

        SummaryHeaderCount(summary).ShouldBe(rounds * daysARound * 4);
    }

    [Fact]
    public void Summarize_WorkAfterATalk_StillCarriesWhatWasSaid()
    {
        var talk = Summarize(TalkBuilder.Friends(0, 40), 500);
        var text = Summarize(SessionBuilder.Typical(20).Messages.Prepend(new ChatMessage(ChatRole.User, talk)), 1000);
        Dated(text).ShouldNotBeEmpty();
        Dated(text).ShouldBeSubsetOf(Dated(talk));
        text.ShouldContain(SummaryFormat.Files[..5]);
    }

    [Fact]
    public void Summarize_TalkInChinese_NeedsNoBlanks()
    {
        var messages = Enumerable.Range(0, 40)
            .Select(i =>
                TalkBuilder.Say(i % 2 == 0 ? "Ann" : "Bob", i % 2 == 0 ? "你好吗？" : $"我在第{i}号商店买了一辆红色的自行车，花了{i * 10}元。", "2024-03-01"));
        var said = Said(Summarize(messages, 150));
        said.Length.ShouldBeGreaterThan(2);
        said.ShouldAllBe(line => line.Contains("Bob: 我在第", StringComparison.Ordinal));
    }

    private static int SummaryHeaderCount(string summary) =>
        int.Parse(summary[(Strata.Transcripts.SummaryHeader.Prefix.Length + 1)..].Split(' ')[0],
            System.Globalization.CultureInfo.InvariantCulture);
}
