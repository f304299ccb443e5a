using Strata.Facts.Ledgers;
using Strata.Transcripts;

namespace Strata.Tests.Facts.Ledgers;

public class LedgerBuilderTests
{
    private static Ledger Read(params string[] messages)
    {
        var builder = new LedgerBuilder();
        for (var i = 0; i < messages.Length; i++)
            builder.Read(messages[i], i, default);
        return builder.Build();
    }

    private static string[] Rules(params string[] messages) => Texts(Read(messages), StatementKind.Rule);

    private static string[] Texts(Ledger ledger, StatementKind kind) =>
        [.. ledger.Entries.Where(entry => entry.Kind == kind).Select(entry => entry.Text)];

    [Theory]
    [InlineData("Never push to main without asking.")]
    [InlineData("From now on answer in German.")]
    [InlineData("Don't add comments to the code.")]
    [InlineData("Only use the standard library.")]
    [InlineData("I prefer tabs over spaces.")]
    [InlineData("Keep answers under 100 words.")]
    [InlineData("The report must be valid JSON.")]
    [InlineData("Bitte immer auf Deutsch antworten.")]
    [InlineData("No uses emojis en los mensajes.")]
    [InlineData("Ne modifie jamais le fichier de configuration.")]
    [InlineData("不要修改配置文件。")]
    [InlineData("今後は日本語で答えてください。")]
    [InlineData("ログを削除しないでください。")]
    [InlineData("Rispondi sempre in italiano.")]
    [InlineData("Non usare mai emoji nei messaggi.")]
    [InlineData("Não apague arquivos sem perguntar.")]
    [InlineData("Никогда не удаляй файлы без разрешения.")]
    [InlineData("항상 한국어로 답해 주세요.")]
    [InlineData("You may push to feature branches without asking.")]
    [InlineData("I'd rather have short answers.")]
    [InlineData("Höchstens 100 Wörter pro Antwort.")]
    [InlineData("Les résumés doivent tenir en 50 mots au maximum.")]
    [InlineData("The deadline for the report is 12 May 2027.")]
    [InlineData("回答不要超过200字。")]
    public void Read_StandingRule_IsKeptWordForWord(string rule) => Rules($"Please fix the login page. {rule}").ShouldContain(rule);

    [Theory]
    [InlineData("Fix the login page and run the tests.")]
    [InlineData("Never mind, it works now.")]
    [InlineData("It always fails on my machine.")]
    [InlineData("Don't you think this is odd?")]
    [InlineData("Don't worry about it.")]
    [InlineData("There must be some way to do this.")]
    [InlineData("I think the tests should have passed.")]
    [InlineData("Can you check whether the cache is never cleared?")]
    [InlineData("2026-01-19 12:00:01 WARN never reached the server")]
    [InlineData("return never; // must be unreachable")]
    public void Read_TalkOrOneOffRequest_IsNoRule(string sentence) => Rules(sentence).ShouldBeEmpty();

    [Fact]
    public void Read_FencedCodeAndPastedLogs_MakeNoRule()
    {
        Rules("Look:\n```\nNever call this twice.\n```\nwhat is it?").ShouldBeEmpty();
        Rules(string.Concat(Enumerable.Repeat("Always check the input.\n", 30))).ShouldBeEmpty();
    }

    [Fact]
    public void Read_RepeatedRule_StandsOnceAtItsNewestPlace() =>
        Rules("Never use tabs.", "Always run the linter.", "never use tabs.").ShouldBe(["Always run the linter.", "never use tabs."]);

    [Theory]
    [InlineData("Always answer in at most 100 words.", "Always answer in at most 50 words.")]
    [InlineData("The release date is 12 May.", "The release date moved to 26 May.")]
    [InlineData("Use tabs for indentation.", "From now on use four spaces for indentation.")]
    public void Read_ChangedValue_TakesTheOlderOnesPlace(string older, string newer) =>
        Read(older, newer).Entries.ShouldHaveSingleItem().Text.ShouldBe(newer);

    [Theory]
    [InlineData("Never push to main.", "Never push to release branches.")]
    [InlineData("Always run the linter.", "Always run the tests.")]
    [InlineData("The travel budget is $3,000.", "The hardware budget is now $8,000.")]
    [InlineData("Case KL-201 is failing.", "Case KL-305 is failing now.")]
    public void Read_AnotherThing_StandsBeside(string older, string newer) =>
        Read(older, newer).Entries.Select(entry => entry.Text).ShouldBe([older, newer]);

    [Fact]
    public void Read_StaleSentenceOfAnEntry_LeavesTheRest()
    {
        var left = Read("The staging server is qa-03.intern. The deadline is 2027-03-01.", "The deadline moved to 2027-04-15.");

        string.Join('\n', left.Entries.Select(entry => entry.Text))
            .ShouldBe("The staging server is qa-03.intern.\nThe deadline moved to 2027-04-15.");
    }

    [Fact]
    public void Read_FactThatChangesARule_IsARule() =>
        Rules("Never quote a price below 450 euros.", "The price below which nothing is quoted was raised to 500 euros.")
            .ShouldNotBeEmpty();

    [Fact]
    public void Read_StatementOfTheProject_IsAFactAndNoRule()
    {
        var ledger = Read("The production database is Postgres 15 in eu-north-5.");

        Texts(ledger, StatementKind.Fact).ShouldHaveSingleItem();
        Texts(ledger, StatementKind.Rule).ShouldBeEmpty();
    }

    [Fact]
    public void Read_CarriedRule_GivesWayToANewOneButNotToAnotherCarriedOne()
    {
        var builder = new LedgerBuilder();
        builder.Carry("Answer in English.", null, StatementKind.Rule);
        builder.Carry("Answer in French from now on.", null, StatementKind.Rule);
        builder.Build().Entries.Count.ShouldBe(2);

        builder.Read("From now on answer in Spanish.", 5, default);

        builder.Build().Entries.Select(entry => entry.Text).ShouldBe(["Answer in English.", "From now on answer in Spanish."]);
    }

    [Fact]
    public void Carry_OldRules_StandFirstAndKeepTheirWords()
    {
        var builder = new LedgerBuilder();
        builder.Carry("Never use tabs.", null, StatementKind.Rule);
        builder.Read("Always run the linter.", 3, default);

        builder.Build().Entries.Select(entry => (entry.Text, entry.Group))
            .ShouldBe([("Never use tabs.", -1), ("Always run the linter.", 3)]);
    }
}
