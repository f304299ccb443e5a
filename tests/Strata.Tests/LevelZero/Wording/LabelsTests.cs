using Strata.LevelZero;
using Strata.LevelZero.Wording;
using Strata.Tests.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Tests.LevelZero.Wording;

public class LabelsTests
{
    public static TheoryData<string> Languages => [.. Labels.Languages];

    private static readonly string[] All =
        [.. SummaryFormat.Sections.SelectMany(section => section.Labels), SummaryFormat.FilesUnder + "/home/me/app/:"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void Write_EveryLabel_IsTranslatedAndReadBack(string language)
    {
        var labels = Labels.In(language);
        foreach (var label in All)
        {
            var written = labels.Write(label);
            (written != label || label == SummaryFormat.Commits).ShouldBeTrue($"{language} has no '{label}'");
            written.ShouldEndWith(":");
            Labels.Read(written).ShouldBe(label);
        }
    }

    [Fact]
    public void Read_LabelsOfAllLanguages_AreOneLabelEach()
    {
        foreach (var label in All)
        {
            foreach (var text in Labels.Languages.Select(language => Labels.In(language).Write(label)))
                Labels.Read(text).ShouldBe(label);
        }
    }

    [Theory]
    [InlineData("Anything else:")]
    [InlineData("- Aufgaben (To-do-Liste):")]
    [InlineData("Aufgaben (To-do-Liste)")]
    [InlineData("")]
    public void Read_OtherLine_ComesBackAsItIs(string line) => Labels.Read(line).ShouldBe(line);

    [Theory]
    [InlineData("en")]
    [InlineData("und")]
    [InlineData("xx")]
    public void In_LanguageWithoutLabels_IsEnglish(string language) =>
        Labels.In(language).Write(SummaryFormat.Requests).ShouldBe(SummaryFormat.Requests);

    [Fact]
    public void Of_Conversation_IsTheUsersLanguageAndNotTheToolsOrTheAssistants()
    {
        var session = new SessionBuilder()
            .User("Bitte behebe den Fehler im Parser, danke.")
            .Assistant("I will fix it. The bug is in the parser and this is what I am going to do.")
            .Tool("Bash", new { command = "npm test" }, "The test is not in the list of the tests that have been run.")
            .User("ok")
            .User("Weiter, und lass die Konfiguration so wie sie ist.");
        ConversationLanguage.Of(Transcript.Create(session.Messages)).ShouldBe("de");
        ConversationLanguage.Of(Transcript.Create(new SessionBuilder().User("ok").Messages)).ShouldBe("und");
        ConversationLanguage.Of(Transcript.Create(new SessionBuilder().User("請幫我檢查這個檔案的錯誤").Messages)).ShouldBe("zh-Hant");
    }
}
