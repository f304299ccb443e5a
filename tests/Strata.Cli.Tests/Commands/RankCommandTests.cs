using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class RankCommandTests
{
    [Fact]
    public async Task Rank_Terminal_PrintsTheBestFirstWithItsPassage()
    {
        using var cli = new Support.Cli
        {
            Width = 80,
            Input = """
                The budget is the window less what is reserved. It is counted in tokens.
                Calls have a timeout. A breaker opens after five failures of one model. It is half open after a minute.
                The cat sleeps on the sofa.
                Opening hours of the office: nine to five.
                """u8.ToArray(),
        };

        var result = (await cli.RunAsync("rank", "when does the breaker open", "-")).ShouldExitWith(0);

        result.Output.ShouldLookLike("rank");
    }

    [Fact]
    public async Task Rank_Json_HasRankScoreAndPassage()
    {
        using var cli = new Support.Cli();

        var json =
            JsonDocument.Parse((await cli.RunAsync(["rank", "budgets", .. Documents(cli), "--json"])).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("documents").GetInt32().ShouldBe(3);
        var best = json.GetProperty("ranked")[0];
        best.GetProperty("document").GetString().ShouldBe("budget.md");
        best.GetProperty("passage").GetString()!.ShouldContain("window");
        best.GetProperty("score").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Rank_StandardInput_TakesEachLineForADocument()
    {
        using var cli = new Support.Cli { Input = Encoding.UTF8.GetBytes("the oven is hot\n\nthe cat sleeps\r\n") };

        var json = JsonDocument.Parse((await cli.RunAsync("rank", "sleeping cat", "-", "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("documents").GetInt32().ShouldBe(2);
        json.GetProperty("ranked")[0].GetProperty("document").GetString().ShouldBe("line 3");
    }

    [Fact]
    public async Task Rank_Folder_ReadsTheTextFilesOfThePattern()
    {
        using var cli = new Support.Cli();
        Documents(cli);
        cli.Write("breaker.bin", [0, 1, 2]);
        cli.Write("breaker.txt", "The breaker opens.");

        var json = JsonDocument.Parse((await cli.RunAsync("rank", "breaker", cli.PathOf("."), "--glob", "*.md", "--json"))
            .ShouldExitWith(0).Output).RootElement;
        var all =
            JsonDocument.Parse((await cli.RunAsync("rank", "breaker", cli.PathOf("."), "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("documents").GetInt32().ShouldBe(3);
        all.GetProperty("documents").GetInt32().ShouldBe(4);
    }

    [Fact]
    public async Task Rank_NothingMatches_SaysSo()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync(["rank", "chromodynamics", .. Documents(cli)])).ShouldExitWith(0);

        result.Output.ShouldBeEmpty();
        result.Error.ShouldContain("nothing matches: 3 documents");
    }

    [Theory]
    [InlineData("the query is empty", " ", "a.md")]
    [InlineData("missing.md: no such file", "x", "missing.md")]
    [InlineData("--top 0: give a number of documents", "x", "a.md", "--top", "0")]
    [InlineData("--top many: give a number of documents", "x", "a.md", "--top", "many")]
    [InlineData("Required argument 'FILES' missing", "x")]
    public async Task Rank_BadUsage_IsNamed(string message, params string[] args)
    {
        using var cli = new Support.Cli();
        cli.Write("a.md", "text");

        var result = (await cli.RunAsync(["rank",
            .. args.Select(arg => arg.EndsWith(".md", StringComparison.Ordinal) ? cli.PathOf(arg) : arg)])).ShouldExitWith(2);

        result.Error.ShouldContain(message);
    }

    [Fact]
    public async Task Rank_WhatIsNoText_IsNamed()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("rank", "x", cli.Write("a.bin", [65, 0, 66]))).ShouldExitWith(2).Error.ShouldContain("a.bin is not text");
        (await cli.RunAsync("rank", "x", cli.PathOf("."), "--glob", "*.md")).ShouldExitWith(2).Error
            .ShouldContain("no text file that matches *.md");
    }

    private static string[] Documents(Support.Cli cli) =>
    [
        cli.Write("budget.md", "The budget is the window less what is reserved. It is counted in tokens."),
        cli.Write("calls.md", "Calls have a timeout. A breaker opens after five failures of one model. It is half open after a minute."),
        cli.Write("cat.md", "The cat sleeps on the sofa."),
    ];
}
