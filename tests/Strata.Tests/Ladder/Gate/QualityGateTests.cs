using Strata.Ladder.Gate;

namespace Strata.Tests.Ladder.Gate;

public sealed partial class QualityGateTests
{
    private const string Good =
        "The date parser in src/Dates/DateParser.cs reads leap days now. The tests pass, commit 4f3a2b1c holds the change.";

    [Theory]
    [InlineData("Here is a summary of the conversation:\n\n" + Good)]
    [InlineData("Sure! Here's a concise summary:\n" + Good)]
    [InlineData("[Previous conversation summary] 3 messages\nSure! Here's a concise summary:\n" + Good)]
    [InlineData("``` **Open:**\nSure! " + Good)]
    [InlineData("```\n" + Good + "\n```")]
    [InlineData("```markdown\n" + Good + "\n```")]
    [InlineData("\"" + Good + "\"")]
    [InlineData("<summary>" + Good + "</summary>")]
    [InlineData("<think>\nI should be short.\n</think>\n\n" + Good)]
    [InlineData("I should be short.\n</think>\n" + Good)]
    [InlineData("Hier ist die Zusammenfassung des Gesprächs:\n" + Good)]
    [InlineData("Voici le résumé :\n" + Good)]
    [InlineData("Claro. Aquí tienes el resumen:\n" + Good)]
    [InlineData("好的，以下是对话摘要：\n" + Good)]
    [InlineData(Good + "\n\nLet me know if you need anything else!")]
    public void Check_HarmlessDressing_IsTakenOff(string answer) => Gated.Check(answer).Text.ShouldBe(Good);

    [Theory]
    [InlineData("en", "Der Parser liest jetzt Schalttage, und die Tests laufen durch. Die Notiz ist noch nicht geschrieben, und auf main "
        + "wird nichts ohne Rückfrage geschoben.", "de")]
    [InlineData("de", "The parser reads leap days now and the tests pass. The release note is still to be written, and nothing is pushed "
        + "to main without asking.", "en")]
    [InlineData("es", "The parser reads leap days now and the tests pass. The release note is still to be written, and nothing is pushed "
        + "to main without asking.", "en")]
    [InlineData("zh-Hans", "The parser reads leap days now and the tests pass. The release note is still to be written, and nothing is "
        + "pushed to main without asking.", "en")]
    [InlineData("en", "日期解析器现在可以读取闰日，测试全部通过。发布说明还没有写，没有询问用户之前不能推送到主分支。", "zh")]
    [InlineData("ja", "日期解析器现在可以读取闰日，测试全部通过。发布说明还没有写，没有询问用户之前不能推送到主分支。", "zh")]
    [InlineData("zh-Hans", "日付パーサーはうるう日を読み取れるようになり、テストはすべて通りました。リリースノートはまだ書かれていません。", "ja")]
    [InlineData("en", "Парсер дат теперь читает високосные дни, и все тесты проходят. Заметка о выпуске ещё не написана, и без вопроса "
        + "ничего не отправляется.", "ru")]
    [InlineData("ru", "The parser reads leap days now and the tests pass. The release note is still to be written, and nothing is pushed "
        + "to main without asking.", "en")]
    [InlineData("ko", "The parser reads leap days now and the tests pass. The release note is still to be written, and nothing is pushed "
        + "to main without asking.", "en")]
    public void Check_AnotherLanguage_IsRefused(string conversation, string answer, string named) =>
        Gated.Check(answer, Gated.Request(language: conversation)).Refusal.ShouldNotBeNull().ShouldContain($"\"{named}\"");

    [Theory]
    [InlineData("de", "Tests grün, `DateParser.cs` fertig.")]
    [InlineData("de", "Der Parser liest jetzt Schalttage, und die Tests laufen durch. Offen ist „write the release note“; der Build "
        + "scheiterte vorher mit „the type or namespace could not be found“.")]
    [InlineData("zh-Hans", "修改 src/Dates/DateParser.cs，LeapRules 增加世纪规则，commit 4f3a2b1c，dotnet test 通过。发布说明待写。")]
    [InlineData("zh-Hant", "日期解析器現在可以讀取閏日，測試全部通過。發布說明還沒有寫。")]
    [InlineData("ja", "`DateParser.cs` を修正し、テストは通りました。リリースノートはまだです。")]
    [InlineData("de", "src/Dates/DateParser.cs, LeapRules.cs, 4f3a2b1c, CS0246")]
    [InlineData("und", "El analizador lee los años bisiestos y las pruebas pasan. La nota de versión todavía no está escrita.")]
    [InlineData("pt", "O analisador lê os anos bissextos e os testes passam. A nota de lançamento ainda não foi escrita.")]
    [InlineData("nl", "De parser leest nu schrikkeldagen en de tests slagen. De releasenotitie is nog niet geschreven.")]
    public void Check_TheConversationsLanguageOrTooLittleToTell_IsAccepted(string conversation, string answer) =>
        Gated.Check(answer, Gated.Request(language: conversation)).Refusal.ShouldBeNull();

    [Fact]
    public void Check_LargerThanItsInput_IsRefused() =>
        Gated.Check(Good, Gated.Request(inputTokens: 20)).Refusal.ShouldBe("it has 29 tokens and stands for 20");

    [Fact]
    public void Check_OverTheTarget_IsShortenedFromItsEnd()
    {
        var answer = "# Done\nThe parser reads leap days now. The tests pass now. The century rule was added.\n# Open\nThe release note is "
            + "still to be written. The build failed before. The tests pass now.";

        var verdict = Gated.Check(answer, Gated.Request(maxTokens: 36));

        verdict.Text.ShouldBe("# Done\nThe parser reads leap days now. The tests pass now. The century rule was added.\n# Open\nThe "
            + "release note is still to be written.");
    }

    [Fact]
    public void Check_MoreThanThreeTimesTheTarget_IsRefused() =>
        Gated.Check(string.Concat(Enumerable.Repeat("The parser reads leap days now. ", 20)), Gated.Request(maxTokens: 50)).Refusal
            .ShouldBe("it has 160 tokens, 50 were allowed");

    [Fact]
    public void Check_CutOff_LosesItsUnfinishedSentence() =>
        Gated.Check("The parser reads leap days now. The tests pass. The release no", Gated.Request(maxTokens: 60), wasCut: true).Text
            .ShouldBe("The parser reads leap days now. The tests pass.");

    [Fact]
    public void Check_CutOffAtOnce_IsRefused() =>
        Gated.Check("The parser reads.\nThe tests", Gated.Request(maxTokens: 200), wasCut: true).Refusal
            .ShouldBe("it was cut off after 5 tokens");

    [Theory]
    [InlineData("## Goal\nRead leap days.\n## **Next steps:**\nWrite the release note.")]
    [InlineData("**Goal**\nRead leap days.\n\n**Next Steps**\nWrite the release note.")]
    [InlineData("Goal: read leap days.\nNext steps: write the release note.")]
    [InlineData("1. Goal:\nRead leap days.\n2. Next steps:\nWrite the release note.")]
    public void Check_SectionsHoweverMarked_AreFound(string answer) =>
        Gated.Check(answer, Gated.Request(sections: ["## Goal", "Next steps"])).Refusal.ShouldBeNull();

    [Fact]
    public void Check_AMissingSection_IsRefused() =>
        Gated.Check("## Goal\nRead leap days.", Gated.Request(sections: ["Goal", "Next steps"])).Refusal
            .ShouldBe("the section \"Next steps\" is missing");

    [Fact]
    public void Check_TranslatedSections_AreCounted()
    {
        var request = Gated.Request(language: "de", sections: ["Goal", "Next steps"]);
        Gated.Check("## Ziel\nDer Parser soll Schalttage lesen.\n## Nächste Schritte\nDie Notiz schreiben.", request).Refusal
            .ShouldBeNull();
        Gated.Check("## Ziel\nDer Parser soll Schalttage lesen.", request).Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void Check_TheInstructionOrTheInput_IsRefused()
    {
        const string instruction =
            "Summarize the conversation below. Keep file names, decisions and open tasks. Answer in at most 200 tokens.";
        Gated.Check("Summarize the conversation below. Keep file names, decisions and open tasks.",
            Gated.Request(instruction: instruction)).Refusal.ShouldBe("it repeats the instruction");
        Gated.Check(Gated.Source, Gated.Request(inputTokens: 200)).Refusal.ShouldBe("it repeats its input");
    }

    [Fact]
    public void Check_InventedNames_AreRefused()
    {
        Gated.Check(
            "The parser in src/Clock/TimeReader.cs was changed, 1234 tests pass, commit 99ffee77 holds it, and LeapRules.cs is "
                + "gone.").Refusal
            .ShouldBe("3 of its 4 names and numbers are not in the conversation");
        Gated.Check("The parser in Dates/DateParser.cs was changed, LeapRules.cs as well, commit 4f3a2b1c holds it; the limit is 500, 1234 "
            + "tests pass.").Refusal.ShouldBeNull();
    }

    [Fact]
    public void Check_SomethingElse_IsRefused() =>
        Gated.Check("Preheat your oven, whisk two eggs into the flour, fold in melted chocolate, pour the batter into a greased pan, bake "
            + "until golden, cool on a rack, dust with sugar, slice generously and serve warm with vanilla cream.")
            .Refusal.ShouldBe("it speaks of something else");

    [Fact]
    public void Check_AnyAnswer_MeasuresCompressionAndCoherence()
    {
        var good = Gated.Check(Good).Quality!.Value;
        var loose = Gated.Check("The parser reads leap days now. Everybody was happy afterwards, somehow. Lunch was great.").Quality!.Value;

        good.CompressionRatio.ShouldBe(29 / 4000.0);
        good.Coherence.ShouldBeGreaterThan(.9);
        loose.Coherence.ShouldBeLessThan(.6);
        good.KeptShare.ShouldBe(1);
    }
}
