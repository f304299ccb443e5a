using Strata.Summaries.Ledgers;
using Strata.Transcripts;

namespace Strata.Tests.Summaries.Ledgers;

public class LedgerBuilderTests
{
    private static string[] Rules(params string[] messages)
    {
        var builder = new LedgerBuilder();
        for (var i = 0; i < messages.Length; i++)
            builder.Read(messages[i], i, default);
        return [.. builder.Build().Entries.Select(entry => entry.Text)];
    }

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

    [Fact]
    public void Read_ChangedValue_StandsBelowTheOlderRule() =>
        Rules("Always answer in at most 100 words.", "Always answer in at most 50 words.").ShouldBe(
            ["Always answer in at most 100 words.", "Always answer in at most 50 words."]);

    [Fact]
    public void Carry_OldRules_StandFirstAndKeepTheirWords()
    {
        var builder = new LedgerBuilder();
        builder.Carry("Never use tabs.", null);
        builder.Read("Always run the linter.", 3, default);

        builder.Build().Entries.Select(entry => (entry.Text, entry.Group)).ShouldBe([("Never use tabs.", -1), ("Always run the linter.", 3)]);
    }
}
