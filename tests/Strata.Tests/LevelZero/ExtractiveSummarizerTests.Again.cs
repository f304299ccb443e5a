using Microsoft.Extensions.AI;
using Strata.LevelZero;
using Strata.Summaries;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.LevelZero;

public partial class ExtractiveSummarizerTests
{
    [Fact]
    public void Summarize_OwnEarlierSummary_IsCarriedOnAndNotSummarizedAgain()
    {
        var first = SessionBuilder.Typical(8).Summarize(1500).Text;
        var session = new SessionBuilder().User(first);
        session.Messages.AddRange(new SessionBuilder().User("Now write the changelog entry for the date parser, please.")
            .Tool("Write",
                new { file_path = "/home/me/app/docs/CHANGELOG.md", content = "## Date parser\nLeapYearCalendar handles centuries." },
                "created")
            .Assistant("The changelog entry is written.").Messages);

        var text = session.Summarize(1500).Text;

        text.Split(SummaryHeader.Prefix).Length.ShouldBe(2);
        Block(text, SummaryFormat.FirstRequest)[0].ShouldStartWith("- Fix the date parser in src/Dates/DateParser.cs");
        Block(text, SummaryFormat.Rules).ShouldBe(["- Never push to main without asking me."]);
        Block(text, SummaryFormat.Tasks).ShouldBe(["- [x] Fix leap days in the parser (done)", "- [ ] Write the release note (open)"]);
        Block(text, SummaryFormat.Requests)[^1].ShouldBe("- Now write the changelog entry for the date parser, please.");
        text.ShouldContain("Part7.cs (Read, Edit; edited)");
        text.ShouldContain("docs/CHANGELOG.md (Write; created)");
    }

    [Fact]
    public void Summarize_OwnEarlierSummary_HeaderStandsForAllMessages()
    {
        var before = SessionBuilder.Typical(8);
        var session = new SessionBuilder().User(before.Summarize(1500).Text);
        session.Messages.AddRange(SessionBuilder.Typical(8).Messages);

        var header = session.Summarize(1500).Text.Split('\n')[0];

        var groups = Transcript.Create(session.Messages).Groups;
        var earlier = SummaryHeader.RangesOf(before.Summarize(1500).Text).ShouldHaveSingleItem();
        header.ShouldBe($"{SummaryHeader.Prefix} {before.Messages.Count * 2} messages; recall {groups[0].Handle}..{groups[^1].Handle}; "
            + $"earlier {earlier}");
    }

    [Fact]
    public void Summarize_SummaryOfAnotherAgent_KeepsItsSentencesUnderTheirOwnLabel()
    {
        var session = new SessionBuilder()
            .User("This session is being continued from a previous conversation that ran out of context.\n- The user asked for a parser in "
                + "src/Dates/DateParser.cs.\n- The root cause was `LeapRules.Century` in the calendar module.")
            .Assistant(
                "I continue with the parser tests in tests/DateParserTests.cs and will report on LeapRules.Century after they passed.")
            .User("Please add a test for the year 1900 to the date parser tests and tell me whether it passes.");
        session.Messages.AddRange(SessionBuilder.Typical(6).Messages);

        var text = session.Summarize(1500).Text;

        Block(text, SummaryFormat.Earlier).ShouldContain(line => line.Contains("LeapRules.Century", StringComparison.Ordinal));
        Block(text, SummaryFormat.FirstRequest)[0].ShouldContain("year 1900");
    }

    [Fact]
    public void Summarize_FiveRounds_KeepTheLedgerByteForByte()
    {
        var session =
            SessionBuilder.Typical(10).User("From now on, write commit messages in German. Always run the linter before you commit.");
        string[]? rules = null;
        for (var round = 0; round < 5; round++)
        {
            var text = session.Summarize(1200).Text;
            var now = Block(text, SummaryFormat.Rules);
            now.Length.ShouldBe(3);
            rules ??= now;
            now.ShouldBe(rules);
            session = new SessionBuilder().User(text);
            session.Messages.AddRange(SessionBuilder.Typical(5).Messages.Skip(1));
        }
    }
}
