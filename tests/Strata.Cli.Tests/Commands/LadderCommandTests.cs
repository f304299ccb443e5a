using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>What models that are named do, and what is said of them.</summary>
public sealed class LadderCommandTests
{
    private const int Turns = 30;

    [Fact]
    public async Task Compact_WithModels_SaysWhatEachLevelTook()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync(
            "compact", cli.Session(Turns), "--target", "20%", "--profile", "offload", "--l1", "ollama/small", "--l2", "ollama/large",
            "--ollama", server.Url, "--agent-id", "damon"))
            .ShouldExitWith(0);

        result.Output.ShouldContain("strategy hierarchical");
        result.Output.ShouldContain("agent damon");
        result.Output.ShouldContain("Summary: level 0, 1");
        result.Output.ShouldContain("level  model");
        result.Output.ShouldContain("1      ollama/small");
        result.Output.ShouldContain("2      ollama/large");
        result.Output.ShouldContain("0      extractive");
        result.Error.ShouldStartWith("0 of ");
        result.Error.ShouldContain("tokens in, ");
        cli.Files().ShouldContain("session.compacted.jsonl");
        server.Asked.Count(model => model == "small").ShouldBeGreaterThan(10);
        File.ReadAllText(cli.PathOf("session.compacted.jsonl")).ShouldContain("Level 2 [recall ");
    }

    [Fact]
    public async Task Compact_WithModelsOnATerminal_LooksAsExpected()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli { Width = 80 };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2", "ollama/large",
            "--ollama", server.Url, "--max-cost", "1")).ShouldExitWith(0);

        result.Output.ShouldLookLike("compact.models.80");
    }

    [Fact]
    public async Task Compact_Json_SaysWhichRungWroteEachPartAndWhy()
    {
        await using var server = await FakeOllama.StartAsync();
        server.Before = call => Task.FromResult(call % 2 == 0 ? 500 : 200);
        using var cli = new Support.Cli { Variables = { ["STRATA_RETRIES"] = "0" } };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url,
            "--max-cost", "2.50", "--json")).ShouldExitWith(0);

        result.Error.ShouldBeEmpty();
        var ladder = JsonDocument.Parse(result.Output).RootElement.GetProperty("ladder");
        ladder.GetProperty("maxCost").GetDecimal().ShouldBe(2.50m);
        ladder.GetProperty("stopped").GetBoolean().ShouldBeFalse();
        var row = ladder.GetProperty("levels").EnumerateArray().Single(row => row.GetProperty("level").GetInt32() == 1);
        row.GetProperty("calls").GetInt32().ShouldBe(server.Asked.Count);
        row.GetProperty("faults").GetProperty("server_error").GetInt32().ShouldBe(server.Asked.Count / 2);
        var nodes = ladder.GetProperty("nodes").EnumerateArray().ToList();
        nodes.ShouldContain(node =>
            node.GetProperty("level").GetInt32() == 1 && node.GetProperty("writtenBy").GetString() == "ollama/small");
        var instead = nodes.First(node => node.GetProperty("level").GetInt32() == 0);
        instead.GetProperty("failures")[0].GetProperty("model").GetString().ShouldBe("ollama/small");
        instead.GetProperty("failures")[0].GetProperty("reason").GetString().ShouldNotBeEmpty();
        var parts = ladder.GetProperty("parts").EnumerateArray().ToList();
        parts.ShouldContain(part => part.GetProperty("plannedLevel").GetInt32() == 1 && part.GetProperty("level").GetInt32() == 0);
        File.ReadAllText(cli.PathOf("session.compacted.jsonl")).ShouldNotContain("CUDA error");
    }

    [Fact]
    public async Task Compact_StrategyWithoutSummaries_SaysThatNoModelWasAsked()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--strategy", "truncate", "--l1", "ollama/small",
            "--ollama", server.Url)).ShouldExitWith(0);
        result.Output.ShouldContain("No model was asked");
        result.Output.ShouldNotContain("level  model");
    }

    [Fact]
    public async Task Compact_Quiet_ShowsNoProgress()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url, "--quiet"))
            .ShouldExitWith(0).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compact_OnATerminal_DrawsProgressAndTakesItAway()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli { Width = 80, CanRedraw = true };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url))
            .ShouldExitWith(0);

        result.Error.ShouldContain("level 1");
        result.Error.ShouldContain("Ctrl-C ends the calls and keeps what is written.");
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Plan_WithLevels_ShowsThePartsAndAsksNobody()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("plan", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2",
            "anthropic/claude-sonnet-4-5", "--ollama", FakeOllama.Nowhere)).ShouldExitWith(0);

        result.Output.ShouldMatch(@"part +groups +from +at most +asks models\n");
        result.Output.ShouldMatch(@"level 2 +1–\d+ +[\d,]+ +500 +\d+\n");
        var json = JsonDocument.Parse((await cli.RunAsync("plan", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2",
            "ollama/large", "--json")).ShouldExitWith(0).Output);
        json.RootElement.GetProperty("summaries")[0].GetProperty("parts")[0].GetProperty("children").GetArrayLength()
            .ShouldBeGreaterThan(1);
    }
}
