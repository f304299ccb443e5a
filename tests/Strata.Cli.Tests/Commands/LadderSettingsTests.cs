using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>Where the models are named, and names that are no good.</summary>
public sealed class LadderSettingsTests
{
    private const int Turns = 30;

    [Theory]
    [InlineData(false, false, "of-the-file")]
    [InlineData(true, false, "of-the-environment")]
    [InlineData(true, true, "typed")]
    public async Task Compact_SameSettingInSeveralPlaces_TakesTheNearest(bool environment, bool typed, string expected)
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        cli.Write("strata.yml", $"profile: offload\nproviders:\n  ollama: {server.Url}\nlevels:\n  - level: 1\n    models: "
            + "ollama/of-the-file\n    max_tokens: 150\n");
        if (environment)
            cli.Variables["STRATA_L1"] = "ollama/of-the-environment";

        (await cli.RunAsync(["compact", cli.Session(Turns), "--target", "20%", .. typed ? new[] { "--l1", "ollama/typed" } : []]))
            .ShouldExitWith(0);

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
        (await cli.RunAsync("compact", cli.Session(Turns), "--target", "20%")).ShouldExitWith(2).Error
            .ShouldContain("the conversation would be sent");
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
    public async Task Compact_TargetOfTheFile_IsNoReasonToCompactNow()
    {
        using var cli = new Support.Cli();
        cli.Write("other.yml", "target: 5k\n");

        (await cli.RunAsync("compact", cli.Session(), "--config", cli.PathOf("other.yml"))).ShouldExitWith(0).Output
            .ShouldContain("Nothing needed doing");
        (await cli.RunAsync("compact", cli.Session(), "--config", cli.PathOf("other.yml"), "--force")).ShouldExitWith(0).Output
            .ShouldContain("target 5,000");
    }

    [Fact]
    public async Task Compact_OffloadWithoutModels_SaysHowToNameThem()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--profile", "offload")).ShouldExitWith(0);

        result.Output.ShouldContain(
            "Note: No model is named, so level 0 writes. Name models with --l1 ollama/qwen2.5:7b, STRATA_L1 or strata.yml.");
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

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--ollama", server.Url)).ShouldExitWith(2).Error
            .ShouldContain(expected);
        server.Asked.ShouldBeEmpty();
    }
}
