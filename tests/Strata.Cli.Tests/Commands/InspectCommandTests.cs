using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class InspectCommandTests
{
    [Fact]
    public async Task Inspect_OnATerminal_FitsEightyColumns()
    {
        using var cli = new Support.Cli { Width = 80 };

        var result = (await cli.RunAsync("inspect", cli.Session(), "--model", "gpt-4o")).ShouldExitWith(0);

        result.Output.ShouldLookLike("inspect.80");
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Inspect_FileReadAgain_CountsWhatWasWasted()
    {
        using var cli = new Support.Cli();

        var json =
            JsonDocument.Parse((await cli.RunAsync("inspect", cli.Session(turns: 4), "--json")).ShouldExitWith(0).Output).RootElement;

        var read = json.GetProperty("repeatedReads").EnumerateArray().ShouldHaveSingleItem();
        read.GetProperty("path").GetString().ShouldBe("/home/ada/weather/forecast.py");
        read.GetProperty("reads").GetInt32().ShouldBe(4);
        read.GetProperty("wastedTokens").GetInt32()
            .ShouldBeInRange(read.GetProperty("tokens").GetInt32() * 2 / 3, read.GetProperty("tokens").GetInt32());
    }

    [Fact]
    public async Task Inspect_PagesOfOneFile_AreNotWasted()
    {
        using var cli = new Support.Cli();
        var session = new SampleSession();
        session.User("Read it all.");
        session.Tool("Read", new() { ["file_path"] = "a.py", ["offset"] = 1 }, SampleSession.SourceCode(1));
        session.Tool("Read", new() { ["file_path"] = "a.py", ["offset"] = 41 }, SampleSession.SourceCode(2));

        var json =
            JsonDocument.Parse((await cli.RunAsync("inspect", cli.Write("s.jsonl", session.ToString()), "--json")).Output).RootElement;

        json.GetProperty("repeatedReads")[0].GetProperty("wastedTokens").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Inspect_WritingTools_AreNoReads()
    {
        using var cli = new Support.Cli();
        var session = new SampleSession();
        session.User("Write it.");
        for (var i = 0; i < 3; i++)
            session.Tool("Write", new() { ["file_path"] = "README.md", ["content"] = "text" }, "written");

        var json =
            JsonDocument.Parse((await cli.RunAsync("inspect", cli.Write("s.jsonl", session.ToString()), "--json")).Output).RootElement;

        json.GetProperty("repeatedReads").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Inspect_BrokenLine_IsNamed()
    {
        using var cli = new Support.Cli();
        var lines = SampleSession.OfTurns(2);

        var result = (await cli.RunAsync("inspect", cli.Write("s.jsonl", lines + "{\"type\":\"user\",\"mess"))).ShouldExitWith(0);

        result.Error.ShouldContain("Problem: line 13 ");
    }
}
