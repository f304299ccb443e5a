using Strata.Ladder;
using Strata.Planning.Hierarchy;
using Strata.Providers.Tests.Support;
using Strata.Settings;

namespace Strata.Providers.Tests;

public sealed class ModelLadderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CreateAsync_Settings_BecomeLevels()
    {
        await using var server = await LoopbackServer.StartAsync();
        server.Then(200, """{"model_info":{"qwen2.context_length":16384}}""");
        using var providers = new ModelProviders(new ProviderOptions
        {
            Environment = _ => null,
            BaseUrls = new Dictionary<string, string> { ["ollama"] = server.Url }
        });
        var settings = SettingsFile.Parse("max_wait: 2m\nfan_out: 5\nlevels:\n  - {level: 1, models: ollama/a, timeout: 9s, temperature: "
            + "0.1}\n  - {level: 2, models: ollama/a, max_tokens: 300}\n");

        var ladder = (await ModelLadder.CreateAsync(settings, providers, cancellationToken: Token)).ShouldNotBeNull();

        ladder.Problems.ShouldBeEmpty();
        (ladder.Options.MaxWait, ladder.Options.Shape.FanOut).ShouldBe((TimeSpan.FromMinutes(2), 5));
        var (first, second) = (ladder.Options.Levels[0], ladder.Options.Levels[1]);
        (first.Level, first.MaxTokens, first.Timeout, first.Temperature).ShouldBe((1, 200, TimeSpan.FromSeconds(9), .1f));
        (second.Level, second.MaxTokens, second.Timeout).ShouldBe((2, 300, TimeSpan.FromSeconds(45)));
        first.Models.ShouldHaveSingleItem().Window.ShouldBe(16_384);
        new LadderSummarizer(ladder.Options).Hierarchy.Levels.ShouldBe([new LevelSize(1, 200), new LevelSize(2, 300)]);
    }

    [Fact]
    public void From_EveryOptionThatATextCanSay_IsSet()
    {
        var settings = SettingsFile.Parse("keep_alive: 1h\nprovider_timeout: 5m\nproviders: {vllm: 'http://gpu:8000/v1'}\n");

        var options = ProviderOptions.From(settings);

        (options.KeepAlive, options.Timeout, options.BaseUrls["vllm"])
            .ShouldBe((TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), "http://gpu:8000/v1"));
        string[] objects = ["Environment", "Handler", "Catalogue", "TimeProvider"];
        typeof(ProviderOptions).GetProperties().Select(property => property.Name).Except(objects)
            .ShouldBe(["BaseUrls", "KeepAlive", "Timeout"], ignoreOrder: true);
    }

    [Fact]
    public void LevelOptions_EachOfThem_IsASettingOfALevel() => typeof(LevelOptions).GetProperties().Select(property => property.Name)
        .ShouldBe(typeof(LevelSettings).GetProperties().Select(property => property.Name).Append("Level"), ignoreOrder: true);

    [Fact]
    public async Task CreateAsync_ServerDown_IsAProblemAndNoError()
    {
        using var providers = new ModelProviders(new ProviderOptions
        {
            Environment = _ => null,
            BaseUrls = new Dictionary<string, string> { ["ollama"] = "http://127.0.0.1:1" }
        });

        var ladder = await ModelLadder.CreateAsync(
            SettingsFile.Parse("levels: [{level: 1, models: [ollama/a, ollama/b]}]"), providers, cancellationToken: Token);

        ladder!.Problems.ShouldHaveSingleItem().ShouldContain("http://127.0.0.1:1");
        ladder.Options.Levels[0].Models.Select(model => model.Name).ShouldBe(["ollama/a", "ollama/b"]);
    }

    [Fact]
    public async Task CreateAsync_NoModels_IsNull()
    {
        using var providers = new ModelProviders();

        (await ModelLadder.CreateAsync(new StrataSettings(), providers, cancellationToken: Token)).ShouldBeNull();
    }
}
