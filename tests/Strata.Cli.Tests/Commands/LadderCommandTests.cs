using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class LadderCommandTests
{
    private const int Turns = 30;

    [Fact]
    public async Task Compact_WithModels_SaysWhatEachLevelTook()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync(
            "compact", cli.Session(Turns), "--target", "20%", "--profile", "offload", "--l1", "ollama/small", "--l2", "ollama/large", "--ollama", server.Url, "--agent-id", "damon"))
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

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2", "ollama/large", "--ollama", server.Url, "--max-cost", "1")).ShouldExitWith(0);

        result.Output.ShouldLookLike("compact.models.80");
    }

    [Fact]
    public async Task Compact_Json_SaysWhichRungWroteEachPartAndWhy()
    {
        await using var server = await FakeOllama.StartAsync();
        server.Before = call => Task.FromResult(call % 2 == 0 ? 500 : 200);
        using var cli = new Support.Cli { Variables = { ["STRATA_RETRIES"] = "0" } };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url, "--max-cost", "2.50", "--json")).ShouldExitWith(0);

        result.Error.ShouldBeEmpty();
        var ladder = JsonDocument.Parse(result.Output).RootElement.GetProperty("ladder");
        ladder.GetProperty("maxCost").GetDecimal().ShouldBe(2.50m);
        ladder.GetProperty("stopped").GetBoolean().ShouldBeFalse();
        var row = ladder.GetProperty("levels").EnumerateArray().Single(row => row.GetProperty("level").GetInt32() == 1);
        row.GetProperty("calls").GetInt32().ShouldBe(server.Asked.Count);
        row.GetProperty("faults").GetProperty("server_error").GetInt32().ShouldBe(server.Asked.Count / 2);
        var nodes = ladder.GetProperty("nodes").EnumerateArray().ToList();
        nodes.ShouldContain(node => node.GetProperty("level").GetInt32() == 1 && node.GetProperty("writtenBy").GetString() == "ollama/small");
        var instead = nodes.First(node => node.GetProperty("level").GetInt32() == 0);
        instead.GetProperty("failures")[0].GetProperty("model").GetString().ShouldBe("ollama/small");
        instead.GetProperty("failures")[0].GetProperty("reason").GetString().ShouldNotBeEmpty();
        var parts = ladder.GetProperty("parts").EnumerateArray().ToList();
        parts.ShouldContain(part => part.GetProperty("plannedLevel").GetInt32() == 1 && part.GetProperty("level").GetInt32() == 0);
        File.ReadAllText(cli.PathOf("session.compacted.jsonl")).ShouldNotContain("CUDA error");
    }

    [Fact]
    public async Task Compact_AllModelsDown_Level0WritesAndTheReasonIsSaid()
    {
        using var cli = new Support.Cli { Variables = { ["STRATA_RETRIES"] = "0" } };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2", "ollama/large", "--ollama", FakeOllama.Nowhere)).ShouldExitWith(0);

        result.Output.ShouldContain("Summary: level 0, ");
        result.Output.ShouldMatch(@"Level 0 wrote (\d+) of \1 parts instead of a model\.");
        result.Output.ShouldContain("ollama/small: unreachable");
        result.Output.ShouldContain($"Note: ollama at {FakeOllama.Nowhere} refuses the connection");
        cli.Files().ShouldContain("session.compacted.jsonl");
    }

    [Fact]
    public async Task Compact_ModelMissing_ShowsThePullCommandAndTakesTheNext()
    {
        await using var server = await FakeOllama.StartAsync();
        server.Missing = "small";
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small,ollama/other", "--ollama", server.Url)).ShouldExitWith(0);

        result.Output.ShouldContain("Run: ollama pull small.");
        result.Output.ShouldContain("Summary: level 0, 1");
        server.Asked.ShouldAllBe(model => model == "other");
    }

    [Fact]
    public async Task Compact_FirstCtrlC_KeepsWhatIsPaidForAndWritesTheFile()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        server.Before = async call =>
        {
            // Four calls are under way at a time: when the ninth is asked, five answers were read.
            if (call <= 8)
                return 200;
            if (call == 9)
                cli.Interrupts.Raise();
            await Task.Delay(Timeout.Infinite, cli.Interrupts.Calls).ContinueWith(_ => { }, TaskScheduler.Default);
            return 500;
        };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url)).ShouldExitWith(3);

        result.Error.ShouldContain("strata: stopping: what is written stays");
        result.Output.ShouldContain("Stopped by Ctrl-C");
        result.Output.ShouldContain("Summary: level 0, 1");
        result.Output.ShouldContain("Wrote session.compacted.jsonl");
        File.ReadAllText(cli.PathOf("session.compacted.jsonl")).ShouldContain("Level 1 [recall ");
    }

    [Fact]
    public async Task Compact_SecondCtrlC_EndsWithoutAFile()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        server.Before = _ =>
        {
            cli.Interrupts.Raise();
            cli.Interrupts.Raise();
            return Task.FromResult(200);
        };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url)).ShouldExitWith(130);

        result.Error.ShouldContain("stopped; no file was written");
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Theory]
    [InlineData(false, false, "of-the-file")]
    [InlineData(true, false, "of-the-environment")]
    [InlineData(true, true, "typed")]
    public async Task Compact_SameSettingInSeveralPlaces_TakesTheNearest(bool environment, bool typed, string expected)
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        cli.Write("strata.yml", $"profile: offload\nproviders:\n  ollama: {server.Url}\nlevels:\n  - level: 1\n    models: ollama/of-the-file\n    max_tokens: 150\n");
        if (environment)
            cli.Variables["STRATA_L1"] = "ollama/of-the-environment";

        (await cli.RunAsync(["compact", cli.Session(Turns), "--target", "20%", .. typed ? new[] { "--l1", "ollama/typed" } : []])).ShouldExitWith(0);

        server.Asked.Distinct().ShouldBe([expected]);
        File.Exists(cli.PathOf("session.compacted.jsonl")).ShouldBeTrue();
    }

    [Fact]
    public async Task Compact_FileThatNobodyNamed_GetsNoKeys()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli { Variables = { ["OLLAMA_API_KEY"] = "sk-ada" } };
        var file = cli.Write("strata.yml", $"levels: [{{level: 1, models: ollama/small}}]\nproviders: {{ollama: '{server.Url}'}}\n");

        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%")).ShouldExitWith(2).Error.ShouldContain("--config strata.yml");

        server.Asked.ShouldBeEmpty();
        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--config", file)).ShouldExitWith(0);
        server.Asked.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Compact_FileThatNobodyNamed_SendsNothingToAnotherMachine()
    {
        using var cli = new Support.Cli();
        cli.Write("strata.yml", "levels: [{level: 1, models: ollama/small}]\nproviders: {ollama: 'http://ada.example:11434'}\n");
        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%")).ShouldExitWith(2).Error.ShouldContain("the conversation would be sent");
    }

    [Fact]
    public async Task Compact_AddressInTheEnvironment_IsNearerThanTheFiles()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli { Variables = { ["OLLAMA_HOST"] = server.Url } };
        cli.Write("strata.yml", "levels: [{level: 1, models: ollama/small}]\nproviders: {ollama: 'http://127.0.0.1:1'}\n");
        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%")).ShouldExitWith(0);
        server.Asked.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Compact_StrategyWithoutSummaries_SaysThatNoModelWasAsked()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--strategy", "truncate", "--l1", "ollama/small", "--ollama", server.Url)).ShouldExitWith(0);
        result.Output.ShouldContain("No model was asked");
        result.Output.ShouldNotContain("level  model");
    }

    [Fact]
    public async Task Compact_WindowSmallerThanTheTemplate_IsSaidBeforeAnyCall()
    {
        await using var server = await FakeOllama.StartAsync();
        server.Window = 600;
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url)).ShouldExitWith(2);

        result.Error.ShouldContain("Level 1: the window of ollama/small has 600 tokens");
        server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compact_TargetOfTheFile_IsNoReasonToCompactNow()
    {
        using var cli = new Support.Cli();
        cli.Write("other.yml", "target: 5k\n");

        (await cli.RunAsync("compact", cli.Session(), "--config", cli.PathOf("other.yml"))).ShouldExitWith(0).Output.ShouldContain("Nothing needed doing");
        (await cli.RunAsync("compact", cli.Session(), "--config", cli.PathOf("other.yml"), "--force")).ShouldExitWith(0).Output.ShouldContain("target 5,000");
    }

    [Fact]
    public async Task Compact_OffloadWithoutModels_SaysHowToNameThem()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--profile", "offload")).ShouldExitWith(0);

        result.Output.ShouldContain("Note: No model is named, so level 0 writes. Name models with --l1 ollama/qwen2.5:7b, STRATA_L1 or strata.yml.");
    }

    [Fact]
    public async Task Compact_Quiet_ShowsNoProgress()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url, "--quiet")).ShouldExitWith(0).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compact_OnATerminal_DrawsProgressAndTakesItAway()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli { Width = 80, CanRedraw = true };

        var result = (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url)).ShouldExitWith(0);

        result.Error.ShouldContain("level 1");
        result.Error.ShouldContain("Ctrl-C ends the calls and keeps what is written.");
        result.Output.Split('\n').ShouldAllBe(line => line.Length <= 80);
    }

    [Fact]
    public async Task Plan_WithLevels_ShowsThePartsAndAsksNobody()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("plan", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2", "anthropic/claude-sonnet-4-5", "--ollama", FakeOllama.Nowhere)).ShouldExitWith(0);

        result.Output.ShouldMatch(@"part +groups +from +at most +asks models\n");
        result.Output.ShouldMatch(@"level 2 +1–\d+ +[\d,]+ +500 +\d+\n");
        var json = JsonDocument.Parse((await cli.RunAsync("plan", cli.Session(Turns), "--target", "20%", "--l1", "ollama/small", "--l2", "ollama/large", "--json")).ShouldExitWith(0).Output);
        json.RootElement.GetProperty("summaries")[0].GetProperty("parts")[0].GetProperty("children").GetArrayLength().ShouldBeGreaterThan(1);
    }

    [Theory]
    [InlineData("there is no provider 'olama'", "--l1", "olama/small")]
    [InlineData("--l1 small: 'small' is not a model reference: the provider is missing", "--l1", "small")]
    [InlineData("set the environment variable ANTHROPIC_API_KEY", "--l3", "anthropic/claude-sonnet-4-5")]
    [InlineData("--max-cost -1: give an amount in USD of 0 or more", "--max-cost", "-1")]
    [InlineData("--max-wait soon: give a time", "--max-wait", "soon")]
    [InlineData("--base-url: give PROVIDER=URL", "--base-url", "nowhere")]
    [InlineData("Did you mean 'vllm'?", "--base-url", "vlm=http://localhost:8000/v1")]
    [InlineData("--ollama: the address of ollama holds a user or a password", "--ollama", "http://ada:secret@gpu:11434")]
    [InlineData("no such file", "--config", "missing.yml")]
    public async Task BadModelSetting_IsNamedWithTheWayOut(string expected, params string[] args)
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync(["compact", cli.Session(), "--target", "20%", .. args])).ShouldExitWith(2);

        result.Error.ShouldContain(expected, Case.Insensitive);
        result.Output.ShouldBeEmpty();
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Theory]
    [InlineData("levels:\n  - level: 1\n    models: ollama/a\n    template: Say {wat} now\n", "strata.yml, line 4, column 15: template: ")]
    [InlineData("levels:\n  - {level: 1, models: ollama/a}\n  - {level: 2, models: ollama/a, max_tokens: 2000}\n", "Level 2 would expand")]
    [InlineData("profile: [offload\n", "strata.yml, line 2, column 1: this is not YAML")]
    public async Task BadFile_IsNamedWithTheWayOut(string yaml, string expected)
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        cli.Write("strata.yml", yaml);

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--ollama", server.Url)).ShouldExitWith(2).Error.ShouldContain(expected);
        server.Asked.ShouldBeEmpty();
    }
}
